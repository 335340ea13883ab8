{# Beside the notifications of year Y, DfE sets the mid Y-2 population and the children in need of 31 March Y-1. #}
with

authorities as (

    select * from {{ ref('local_authorities') }}

),

codes as (

    select * from {{ ref('int_authority_codes') }}

),

deprivation as (

    select * from {{ ref('int_authority_deprivation') }}

),

-- Returns run a year ahead of the newest children in need statistics.
years as (

    select distinct reporting_year from {{ ref('children_in_need') }}

    union

    select max(reporting_year) + 1 as reporting_year from {{ ref('children_in_need') }}

),

predecessor_shares as (

    select * from {{ ref('int_predecessor_shares') }}

),

populations as (

    select
        codes.new_la_code,
        population.mid_year,
        cast(population.population_0_17 as double) as population_0_17,
        false as is_estimated_from_predecessor

    from {{ ref('population_0_17') }} as population

    inner join codes
        on population.new_la_code = codes.any_la_code

    union all

    select
        predecessor_shares.new_la_code,
        population.mid_year,
        population.population_0_17 * predecessor_shares.share as population_0_17,
        true as is_estimated_from_predecessor

    from {{ ref('population_0_17') }} as population

    inner join predecessor_shares
        on
            population.new_la_code = predecessor_shares.predecessor_la_code
            and population.mid_year < predecessor_shares.first_mid_year

),

newest_mid_year as (

    select max(mid_year) as mid_year from populations

),

own_held as (

    select
        codes.new_la_code,
        children_in_need.reporting_year,
        cast(children_in_need.cin_31march as double) as cin_31march,
        children_in_need.cin_31march_year

    from {{ ref('children_in_need') }} as children_in_need

    inner join codes
        on children_in_need.new_la_code = codes.any_la_code

    where children_in_need.cin_31march is not null

),

predecessors_held as (

    select
        predecessor_shares.new_la_code,
        children_in_need.reporting_year,
        children_in_need.cin_31march * predecessor_shares.share as cin_31march,
        children_in_need.cin_31march_year

    from {{ ref('children_in_need') }} as children_in_need

    inner join predecessor_shares
        on children_in_need.new_la_code = predecessor_shares.predecessor_la_code

    left join own_held
        on
            predecessor_shares.new_la_code = own_held.new_la_code
            and children_in_need.reporting_year = own_held.reporting_year

    where
        children_in_need.cin_31march is not null
        and own_held.new_la_code is null

),

held as (

    select * from own_held

    union all

    select * from predecessors_held

),

authority_years as (

    select
        authorities.new_la_code,
        years.reporting_year,
        least(years.reporting_year - 2, newest_mid_year.mid_year) as mid_year

    from authorities

    cross join years

    cross join newest_mid_year

),

-- A count that was withheld, or is not out yet, gives way to the newest one before it.
newest_held as (

    select
        authority_years.new_la_code,
        authority_years.reporting_year,
        max(held.reporting_year) as held_reporting_year

    from authority_years

    inner join held
        on
            authority_years.new_la_code = held.new_la_code
            and authority_years.reporting_year >= held.reporting_year

    group by authority_years.new_la_code, authority_years.reporting_year

),

contexts as (

    select
        authority_years.new_la_code,
        authority_years.reporting_year,

        populations.population_0_17,
        populations.mid_year as population_mid_year,
        populations.is_estimated_from_predecessor,

        held.cin_31march,
        held.cin_31march_year,

        deprivation.idaci_average_score,
        deprivation.idaci_quintile

    from authority_years

    left join populations
        on
            authority_years.new_la_code = populations.new_la_code
            and authority_years.mid_year = populations.mid_year

    left join newest_held
        on
            authority_years.new_la_code = newest_held.new_la_code
            and authority_years.reporting_year = newest_held.reporting_year

    left join held
        on
            newest_held.new_la_code = held.new_la_code
            and newest_held.held_reporting_year = held.reporting_year

    left join deprivation
        on authority_years.new_la_code = deprivation.new_la_code

)

select * from contexts
