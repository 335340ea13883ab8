{# RC1: recommendations by the day they were made, over reviews by the day they were complete. #}
with

recommendations as (

    select * from {{ ref('int_recommendations_followed') }}

),

sources as (

    select * from {{ ref('int_recommendation_sources') }}

),

calendar as (

    select * from {{ ref('int_calendar') }}

),

footprints as (

    select * from {{ ref('int_footprints') }}

    where area_type = 'partnership'

),

-- Local learning and national work are no rows of a return, so there is nothing to divide by: they are not in RC1.
counted as (

    select
        source_type,
        new_la_code,
        date_made as cohort_date,
        case when is_source_complete then 1 else 0 end as recommendations,
        0 as reviews,
        case when not is_source_complete and not is_source_stopped then 1 else 0 end as immature,
        case when not is_source_complete and is_source_stopped then 1 else 0 end as excluded

    from recommendations

    where source_type in ('RR', 'LCSPR')

    union all

    select
        source_type,
        new_la_code,
        date_complete as cohort_date,
        0 as recommendations,
        1 as reviews,
        0 as immature,
        0 as excluded

    from sources

    where date_complete is not null

),

components as (

    select
        'RC1' as indicator,
        case counted.source_type when 'RR' then 'rapid_review' else 'lcspr' end as breakdown,
        counted.new_la_code,
        footprints.area_code as partnership_code,
        calendar.reporting_year,

        sum(counted.recommendations) as numerator,
        sum(counted.reviews) as denominator,
        sum(counted.immature) as immature,
        sum(counted.excluded) as excluded

    from counted

    inner join calendar
        on counted.cohort_date = calendar.calendar_date

    inner join footprints
        on
            counted.new_la_code = footprints.new_la_code
            and counted.cohort_date between footprints.valid_from and footprints.valid_to

    where calendar.reporting_year >= {{ var('first_reporting_year') }}

    group by
        counted.source_type,
        counted.new_la_code,
        footprints.area_code,
        calendar.reporting_year

)

select * from components
