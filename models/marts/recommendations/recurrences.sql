{# The radar: which themes and which asks came up lately, counted by partnership and not by document. #}
with

recommendations as (

    select * from {{ ref('recommendations') }}

),

members as (

    select * from {{ ref('recommendation_chain_members') }}

),

area_partnerships as (

    select * from {{ ref('area_partnerships') }}

    where group_type in ('police_force', 'icb', 'region', 'england')

),

submissions as (

    select * from {{ ref('int_submissions_current') }}

),

window_start as (

    select
        max(as_at_date) as as_at_date,
        cast(
            {{ dbt.dateadd('month', "-" ~ setting('radar_months', 'integer'), 'max(as_at_date)') }} as date
        ) as made_after

    from submissions

),

recent as (

    select recommendations.*

    from recommendations

    inner join window_start
        on
            recommendations.date_made > window_start.made_after
            and recommendations.date_made <= window_start.as_at_date

),

what_recurs as (

    select
        'theme' as recurring,
        recent.theme_primary as subject,
        recent.theme_primary,
        recent.partnership_code,
        recent.action_status,
        recent.date_made

    from recent

    where recent.theme_primary is not null

    union all

    select
        'ask' as recurring,
        members.chain_id as subject,
        origins.theme_primary,
        recent.partnership_code,
        recent.action_status,
        recent.date_made

    from recent

    inner join members
        on recent.rec_id = members.rec_id

    inner join recommendations as origins
        on members.chain_id = origins.rec_id

),

recurrences as (

    select
        area_partnerships.group_type as area_type,
        area_partnerships.group_code as area_code,
        what_recurs.recurring,
        what_recurs.subject,
        what_recurs.theme_primary,
        cast(count(distinct what_recurs.partnership_code) as integer) as partnerships,
        cast(count(*) as integer) as recommendations,
        cast(count(*) filter (where what_recurs.action_status = 'DONE') as integer) as marked_done,
        min(what_recurs.date_made) as first_made,
        max(what_recurs.date_made) as last_made

    from what_recurs

    inner join area_partnerships
        on what_recurs.partnership_code = area_partnerships.partnership_code

    group by
        area_partnerships.group_type,
        area_partnerships.group_code,
        what_recurs.recurring,
        what_recurs.subject,
        what_recurs.theme_primary

    having
        count(distinct what_recurs.partnership_code) >= {{ setting('radar_least_partnerships', 'integer') }}

)

select * from recurrences
