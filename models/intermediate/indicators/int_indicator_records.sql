{# From a count back to the rows it was made of: the other way round from every other model, and never published. #}
with

conversion_cases as (

    select * from {{ ref('int_conversion_cases') }}

),

notifications as (

    select * from {{ ref('int_notifications_followed') }}

),

calendar as (

    select * from {{ ref('int_calendar') }}

),

catalogue as (

    select * from {{ ref('indicators') }}

),

footprints as (

    select * from {{ ref('int_footprints') }}

    where area_type = 'partnership'

),

placed_records as (

    select
        submission_ref,
        'referrals' as return_name,
        incident_ref as record_ref,
        source_file,
        source_sheet,
        source_row

    from {{ ref('stg_returns__referrals') }}

    union all

    select
        submission_ref,
        'notifications' as return_name,
        sin_ref as record_ref,
        source_file,
        source_sheet,
        source_row

    from {{ ref('stg_returns__notifications') }}

    union all

    select
        submission_ref,
        'rapid_reviews' as return_name,
        rr_ref as record_ref,
        source_file,
        source_sheet,
        source_row

    from {{ ref('stg_returns__rapid_reviews') }}

),

conversion_records as (

    select
        indicator,
        breakdown,
        submission_ref,
        case
            when indicator in ('CV1', 'CV5', 'CV9') then 'referrals'
            when indicator in ('CV3', 'CV6', 'CV7') then 'rapid_reviews'
            else 'notifications'
        end as return_name,
        record_ref,
        new_la_code,
        cohort_date,
        case
            when is_excluded then 'excluded'
            when not is_mature then 'immature'
            when is_success then 'numerator'
            else 'denominator only'
        end as counted_as

    from conversion_cases

),

notification_records as (

    select
        catalogue.indicator,
        'total' as breakdown,
        notifications.submission_ref,
        'notifications' as return_name,
        notifications.sin_ref as record_ref,
        notifications.new_la_code,
        notifications.date_notified as cohort_date,
        case
            when not notifications.is_in_trend then 'excluded'
            when catalogue.indicator <> 'NT4' or notifications.nature = 'SERIOUS_HARM' then 'numerator'
            when notifications.nature like 'CHILD_DEATH%' then 'denominator only'
            else 'excluded'
        end as counted_as

    from notifications

    cross join catalogue

    where catalogue.family = 'notifications'

),

records as (

    select * from conversion_records

    union all

    select * from notification_records

),

indicator_records as (

    select
        records.indicator,
        records.breakdown,
        records.submission_ref,
        records.return_name,
        records.record_ref,

        records.new_la_code,
        footprints.area_code as partnership_code,
        records.counted_as,

        calendar.reporting_year,
        placed_records.source_row,

        placed_records.source_file,
        placed_records.source_sheet,

        records.cohort_date

    from records

    inner join calendar
        on records.cohort_date = calendar.calendar_date

    inner join footprints
        on
            records.new_la_code = footprints.new_la_code
            and records.cohort_date between footprints.valid_from and footprints.valid_to

    inner join placed_records
        on
            records.submission_ref = placed_records.submission_ref
            and records.return_name = placed_records.return_name
            and records.record_ref = placed_records.record_ref

    where calendar.reporting_year >= {{ var('first_reporting_year') }}

)

select * from indicator_records
