{# Census residents of all ages: no count by ethnic group and age is held. Weighed by the days an area held them. #}
with

populations as (

    select * from {{ ref('population_ethnicity_all_ages') }}

),

ethnic_groups as (

    select * from {{ ref('int_ethnic_groups') }}

),

authority_years as (

    select * from {{ ref('int_authority_years') }}

    where is_returned

),

members as (

    select * from {{ ref('int_area_members') }}

    where area_type in ('partnership', 'region', 'england')

),

periods as (

    select * from {{ ref('int_periods') }}

),

grouped as (

    select
        populations.new_la_code,
        ethnic_groups.group_level,
        ethnic_groups.group_name,
        sum(populations.population_all_ages) as population_all_ages

    from populations

    inner join ethnic_groups
        on populations.ethnicity_code = ethnic_groups.ethnicity_code

    group by populations.new_la_code, ethnic_groups.group_level, ethnic_groups.group_name

),

-- Eighteen groups of one area's few children would say nothing of any of them.
person_days as (

    select
        members.area_type,
        members.area_code,
        periods.period_type,
        periods.period,
        grouped.group_level,
        grouped.group_name,
        sum(grouped.population_all_ages * authority_years.days_observed) as person_days

    from authority_years

    inner join members
        on
            authority_years.new_la_code = members.new_la_code
            and authority_years.partnership_code = members.partnership_code
            and authority_years.reporting_year = members.reporting_year

    inner join periods
        on authority_years.reporting_year = periods.reporting_year

    inner join grouped
        on authority_years.new_la_code = grouped.new_la_code

    where grouped.group_level = 'major' or members.area_type = 'england'

    group by all

),

group_populations as (

    select
        area_type,
        area_code,
        period_type,
        period,
        group_level,
        group_name,
        cast(person_days as double) as group_person_days,
        cast(
            sum(person_days) over (partition by area_type, area_code, period_type, period, group_level) - person_days
            as double
        ) as other_person_days

    from person_days

)

select * from group_populations
