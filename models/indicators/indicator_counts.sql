{# An area with no case keeps its row: nothing to count, no return and zero must stay three different things. #}
with

components as (

    select * from {{ ref('int_indicator_components') }}

),

members as (

    select * from {{ ref('int_area_members') }}

),

periods as (

    select * from {{ ref('int_periods') }}

),

catalogue as (

    select * from {{ ref('indicators') }}

),

breakdowns as (

    select distinct
        catalogue.indicator,
        coalesce(components.breakdown, 'total') as breakdown

    from catalogue

    left join components
        on catalogue.indicator = components.indicator

),

area_years as (

    select
        area_type,
        area_code,
        reporting_year,
        count(distinct new_la_code) as authorities,
        count(distinct case when is_returned then new_la_code end) as authorities_returned

    from members

    group by area_type, area_code, reporting_year

),

yearly_components as (

    select
        indicator,
        breakdown,
        new_la_code,
        partnership_code,
        reporting_year,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        sum(immature) as immature,
        sum(excluded) as excluded

    from components

    group by indicator, breakdown, new_la_code, partnership_code, reporting_year

),

area_components as (

    select
        members.area_type,
        members.area_code,
        members.reporting_year,
        yearly_components.indicator,
        yearly_components.breakdown,
        sum(yearly_components.numerator) as numerator,
        sum(yearly_components.denominator) as denominator,
        sum(yearly_components.immature) as immature,
        sum(yearly_components.excluded) as excluded

    from members

    inner join yearly_components
        on
            members.new_la_code = yearly_components.new_la_code
            and members.partnership_code = yearly_components.partnership_code
            and members.reporting_year = yearly_components.reporting_year

    group by
        members.area_type,
        members.area_code,
        members.reporting_year,
        yearly_components.indicator,
        yearly_components.breakdown

),

counts as (

    select
        area_years.area_type,
        area_years.area_code,
        periods.period_type,
        periods.period,
        breakdowns.indicator,
        breakdowns.breakdown,

        bool_or(periods.is_part_period) as is_part_period,

        min(area_years.authorities) as authorities,
        min(area_years.authorities_returned) as authorities_returned,
        cast(coalesce(sum(area_components.numerator), 0) as integer) as numerator,
        cast(coalesce(sum(area_components.denominator), 0) as double) as denominator,
        cast(coalesce(sum(area_components.immature), 0) as integer) as immature,
        cast(coalesce(sum(area_components.excluded), 0) as integer) as excluded

    from area_years

    inner join periods
        on area_years.reporting_year = periods.reporting_year

    cross join breakdowns

    left join area_components
        on
            area_years.area_type = area_components.area_type
            and area_years.area_code = area_components.area_code
            and area_years.reporting_year = area_components.reporting_year
            and breakdowns.indicator = area_components.indicator
            and breakdowns.breakdown = area_components.breakdown

    group by
        area_years.area_type,
        area_years.area_code,
        periods.period_type,
        periods.period,
        breakdowns.indicator,
        breakdowns.breakdown

)

select * from counts
