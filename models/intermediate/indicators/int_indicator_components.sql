with

conversion as (

    select * from {{ ref('int_conversion_components') }}

),

notifications as (

    select * from {{ ref('int_notification_components') }}

),

components as (

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

    from conversion

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

)

select * from components
