{# A working list for the partnership: references and dates, so that each can be looked up where it is kept. #}
with

rapid_reviews as (

    select * from {{ ref('int_rapid_reviews_timed') }}

    where is_reviewable and date_started is not null and date_ended is null

),

local_reviews as (

    select * from {{ ref('int_local_reviews_timed') }}

    where is_open

),

homes as (

    select * from {{ ref('int_partnership_homes') }}

),

-- A notification whose rapid review has not begun has no other reference than its own.
open_rapid_reviews as (

    select
        homes.partnership_code,
        rapid_reviews.new_la_code,
        case when rapid_reviews.rr_ref is null then 'notifications' else 'rapid_reviews' end as return_name,
        coalesce(rapid_reviews.rr_ref, rapid_reviews.sin_ref) as record_ref,
        coalesce(rapid_reviews.status, 'NOT_BEGUN') as status,
        rapid_reviews.late_reason as delay_reasons,
        cast(null as boolean) as is_delay_told,
        rapid_reviews.date_started,
        rapid_reviews.date_due,
        rapid_reviews.as_at_date

    from rapid_reviews

    inner join homes
        on rapid_reviews.submission_ref = homes.submission_ref

),

open_local_reviews as (

    select
        partnership_code,
        new_la_code,
        'lcsprs' as return_name,
        lcspr_ref as record_ref,
        status,
        delay_reasons,
        is_delay_told,
        date_started,
        date_due,
        as_at_date

    from local_reviews

),

all_open as (

    select * from open_rapid_reviews

    union all

    select * from open_local_reviews

),

counted as (

    select
        *,
        {{ dbt.datediff('date_due', 'as_at_date', 'day') }} as days_past_due

    from all_open

),

open_reviews as (

    select
        partnership_code,
        new_la_code,
        return_name,
        record_ref,
        status,
        case
            when days_past_due > 0 then 'overdue'
            when days_past_due >= -{{ setting('due_soon_days', 'integer') }} then 'due_soon'
            else 'not_due'
        end as due_state,
        delay_reasons,
        is_delay_told,
        days_past_due,
        date_started,
        date_due,
        as_at_date

    from counted

)

select * from open_reviews
