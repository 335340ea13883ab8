with

cases as (

    select * from {{ ref('int_case_components') }}

),

durations as (

    select * from {{ ref('int_duration_components') }}

),

notifications as (

    select * from {{ ref('int_notification_components') }}

),

recommendations as (

    select * from {{ ref('int_recommendation_components') }}

),

components as (

    select
        indicator,
        breakdown,
        new_la_code,
        partnership_code,
        reporting_year,
        reporting_quarter,
        numerator,
        cast(denominator as decimal(28, 9)) as denominator,
        immature,
        excluded

    from cases

    union all

    -- Closed of all: what the median says is worked out later, from the days themselves.
    select
        indicator,
        breakdown,
        new_la_code,
        partnership_code,
        reporting_year,
        cast(null as integer) as reporting_quarter,
        closed as numerator,
        cast(cases as decimal(28, 9)) as denominator,
        0 as immature,
        excluded

    from durations

    union all

    select
        indicator,
        breakdown,
        new_la_code,
        partnership_code,
        reporting_year,
        reporting_quarter,
        numerator,
        denominator,
        0 as immature,
        excluded

    from notifications

    union all

    select
        indicator,
        breakdown,
        new_la_code,
        partnership_code,
        reporting_year,
        cast(null as integer) as reporting_quarter,
        numerator,
        cast(denominator as decimal(28, 9)) as denominator,
        immature,
        excluded

    from recommendations

)

select * from components
