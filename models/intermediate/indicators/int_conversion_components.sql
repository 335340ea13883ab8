with

cases as (

    select * from {{ ref('int_conversion_cases') }}

),

footprints as (

    select * from {{ ref('int_footprints') }}

    where area_type = 'partnership'

),

components as (

    select
        cases.indicator,
        cases.breakdown,
        cases.new_la_code,
        footprints.area_code as partnership_code,
        cases.reporting_year,

        count(*) filter (where cases.is_success and cases.is_mature and not cases.is_excluded) as numerator,
        count(*) filter (where cases.is_mature and not cases.is_excluded) as denominator,
        count(*) filter (where not cases.is_mature and not cases.is_excluded) as immature,
        count(*) filter (where cases.is_excluded) as excluded

    from cases

    inner join footprints
        on
            cases.new_la_code = footprints.new_la_code
            and cases.cohort_date between footprints.valid_from and footprints.valid_to

    group by
        cases.indicator,
        cases.breakdown,
        cases.new_la_code,
        footprints.area_code,
        cases.reporting_year

)

select * from components
