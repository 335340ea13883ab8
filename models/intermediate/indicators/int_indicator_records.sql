{# From a count back to the rows it was made of: the other way round from every other model, and never published. #}
with

cases as (

    select * from {{ ref('int_indicator_cases') }}

),

durations as (

    select * from {{ ref('int_indicator_durations') }}

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

recommendations as (

    select * from {{ ref('int_recommendations_followed') }}

),

recommendation_sources as (

    select * from {{ ref('int_recommendation_sources') }}

),

places as (

    select * from {{ ref('int_record_places') }}

),

case_records as (

    select
        indicator,
        breakdown,
        submission_ref,
        return_name,
        record_ref,
        new_la_code,
        cohort_date,
        case
            when is_excluded then 'excluded'
            when not is_mature then 'immature'
            when is_success then 'numerator'
            else 'denominator only'
        end as counted_as

    from cases

),

timed_records as (

    select
        indicator,
        breakdown,
        submission_ref,
        return_name,
        record_ref,
        new_la_code,
        cohort_date,
        case
            when is_excluded then 'excluded'
            when is_closed then 'closed'
            else 'open'
        end as counted_as

    from durations

),

-- RC1 sets recommendations over the reviews that they came of.
recommendation_records as (

    select
        'RC1' as indicator,
        case when source_type = 'RR' then 'rapid_review' else 'lcspr' end as breakdown,
        submission_ref,
        'recommendations' as return_name,
        rec_ref as record_ref,
        new_la_code,
        date_made as cohort_date,
        case
            when is_source_complete then 'numerator'
            when is_source_stopped then 'excluded'
            else 'immature'
        end as counted_as

    from recommendations

    where source_type in ('RR', 'LCSPR')

),

recommendation_source_records as (

    select
        'RC1' as indicator,
        case when source_type = 'RR' then 'rapid_review' else 'lcspr' end as breakdown,
        submission_ref,
        case when source_type = 'RR' then 'rapid_reviews' else 'lcsprs' end as return_name,
        source_ref as record_ref,
        new_la_code,
        date_complete as cohort_date,
        'denominator only' as counted_as

    from recommendation_sources

    where date_complete is not null

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

    where catalogue.indicator in ('NT1', 'NT2', 'NT3', 'NT4', 'NT5')

    union all

    select
        'NT1' as indicator,
        case
            when nature like 'CHILD_DEATH%' then 'child_death'
            when nature = 'SERIOUS_HARM' then 'serious_harm'
            else 'other'
        end as breakdown,
        submission_ref,
        'notifications' as return_name,
        sin_ref as record_ref,
        new_la_code,
        date_notified as cohort_date,
        'numerator' as counted_as

    from notifications

    where is_in_trend

),

records as (

    select * from case_records

    union all

    select * from timed_records

    union all

    select * from notification_records

    union all

    select * from recommendation_records

    union all

    select * from recommendation_source_records

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
        places.source_row,

        places.source_file,
        places.source_sheet,

        records.cohort_date

    from records

    inner join calendar
        on records.cohort_date = calendar.calendar_date

    inner join footprints
        on
            records.new_la_code = footprints.new_la_code
            and records.cohort_date between footprints.valid_from and footprints.valid_to

    inner join places
        on
            records.submission_ref = places.submission_ref
            and records.return_name = places.return_name
            and records.record_ref = places.record_key

    where calendar.reporting_year >= {{ var('first_reporting_year') }}

)

select * from indicator_records
