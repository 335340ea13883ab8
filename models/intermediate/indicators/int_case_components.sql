{# Quarters are kept apart only where the catalogue shows an indicator by quarter. #}
with

cases as (

    select * from {{ ref('int_indicator_cases') }}

),

catalogue as (

    select * from {{ ref('indicators') }}

),

footprints as (

    select * from {{ ref('int_footprints') }}

    where area_type = 'partnership'

),

placed as (

    select
        cases.indicator,
        cases.breakdown,
        cases.new_la_code,
        footprints.area_code as partnership_code,
        cases.reporting_year,
        case when catalogue.by_quarter then cases.reporting_quarter end as reporting_quarter,

        cases.is_excluded,
        cases.is_mature and not cases.is_excluded as is_counted,
        cases.is_success

    from cases

    inner join catalogue
        on cases.indicator = catalogue.indicator

    inner join footprints
        on
            cases.new_la_code = footprints.new_la_code
            and cases.cohort_date between footprints.valid_from and footprints.valid_to

),

components as (

    select
        indicator,
        breakdown,
        new_la_code,
        partnership_code,
        reporting_year,
        reporting_quarter,

        count(*) filter (where is_success and is_counted) as numerator,
        count(*) filter (where is_counted) as denominator,
        count(*) filter (where not is_counted and not is_excluded) as immature,
        count(*) filter (where is_excluded) as excluded

    from placed

    group by
        indicator,
        breakdown,
        new_la_code,
        partnership_code,
        reporting_year,
        reporting_quarter

)

select * from components
