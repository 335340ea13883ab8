{# TM7. A case may give several reasons and then counts under each, so the shares add up to more than all. #}
with

rapid_review_cases as (

    select * from {{ ref('int_rapid_review_timeliness') }}

    where indicator = 'TM2' and breakdown = 'total'

),

local_review_cases as (

    select * from {{ ref('int_local_review_timeliness') }}

    where indicator = 'TM4' and breakdown = 'total'

),

rapid_reviews as (

    select * from {{ ref('int_rapid_reviews_timed') }}

),

local_reviews as (

    select * from {{ ref('int_local_reviews_timed') }}

),

code_lists as (

    select * from {{ ref('code_lists') }}

    where code_list = 'delay_reason' and code <> 'NONE'

),

-- Just the failures of TM2 and TM4: due, counted, and not done in time.
late_cases as (

    select
        'rapid_review' as review,
        'notifications' as return_name,
        rapid_review_cases.*,
        rapid_reviews.late_reason as reasons

    from rapid_review_cases

    inner join rapid_reviews
        on
            rapid_review_cases.submission_ref = rapid_reviews.submission_ref
            and rapid_review_cases.record_ref = rapid_reviews.sin_ref

    where
        rapid_review_cases.is_mature
        and not rapid_review_cases.is_excluded
        and not rapid_review_cases.is_success

    union all

    select
        'local_review' as review,
        'lcsprs' as return_name,
        local_review_cases.*,
        local_reviews.delay_reasons as reasons

    from local_review_cases

    inner join local_reviews
        on
            local_review_cases.submission_ref = local_reviews.submission_ref
            and local_review_cases.record_ref = local_reviews.lcspr_ref

    where
        local_review_cases.is_mature
        and not local_review_cases.is_excluded
        and not local_review_cases.is_success

),

-- 'No delay' is no reason for one: the rules of the returns count it as blank.
possible_reasons as (

    select code as reason from code_lists

    union all

    select 'NOT_RECORDED' as reason

),

cases as (

    select
        'TM7' as indicator,
        late_cases.review || ':' || lower(possible_reasons.reason) as breakdown,
        late_cases.submission_ref,
        late_cases.return_name,
        late_cases.record_ref,
        late_cases.new_la_code,
        false as is_excluded,
        true as is_mature,
        position(
            ';' || possible_reasons.reason || ';'
            in ';' || replace(coalesce(nullif(late_cases.reasons, 'NONE'), 'NOT_RECORDED'), ' ', '') || ';'
        ) > 0 as is_success,
        late_cases.cohort_date

    from late_cases

    cross join possible_reasons

)

select * from cases
