{# Levels only: breakdowns other than nature, and care leavers, are other series. #}
with

national_figures as (

    select * from {{ ref('published_notifications_national') }}

),

area_figures as (

    select * from {{ ref('published_notifications_region') }}

),

national as (

    select
        reporting_year,
        'national' as geographic_level,
        'E92000001' as area_code,
        'England' as area_name,
        period,
        nature_of_notification as nature,
        number_notifications,
        'unrounded' as number_rounding,
        value_status,
        publisher,
        source_url,
        note

    from national_figures

    where breakdown_topic = 'total' and breakdown = 'total'

),

-- The area file repeats England's totals; those of the national file have the longer series.
regional as (

    select
        reporting_year,
        geographic_level,
        area_code,
        area_name,
        'full_year' as period,
        'total' as nature,
        number_notifications,
        number_rounding,
        value_status,
        'DfE' as publisher,
        source_url,
        note

    from area_figures

    where geographic_level = 'regional'

),

together as (

    select * from national

    union all

    select * from regional

)

select * from together
