-- A failure means that a published change is not the difference of the two levels we hold.
{{ config(tags=['reference']) }}

with

changes as (

    select * from {{ ref('published_notification_changes') }}

),

-- The half years are their own topic among the changes, and periods of the total among the levels.
levels as (

    select
        reporting_year,
        case when period = 'full_year' then 'total' else 'half_year' end as breakdown_topic,
        case when period = 'full_year' then nature_of_notification else period end as breakdown,
        number_notifications

    from {{ ref('published_notifications_national') }}

    where breakdown_topic = 'total' and (period = 'full_year' or nature_of_notification = 'total')

),

-- Changes by age have no levels to agree with.
compared as (

    select
        changes.*,
        later.number_notifications - earlier.number_notifications as change_in_levels

    from changes

    left join levels as earlier
        on
            changes.from_reporting_year = earlier.reporting_year
            and changes.breakdown_topic = earlier.breakdown_topic
            and changes.breakdown = earlier.breakdown

    left join levels as later
        on
            changes.to_reporting_year = later.reporting_year
            and changes.breakdown_topic = later.breakdown_topic
            and changes.breakdown = later.breakdown

    where changes.breakdown_topic <> 'age_group'

)

select * from compared

where change_in_levels is null or change_in_levels <> change_in_notifications
