-- A failure means that authorities do not sum to their region, or to England, in a year when they must.
{{ config(tags=['reference']) }}

with

authority_regions as (

    select new_la_code, region_code from {{ ref('local_authorities') }}

    union

    select
        changes.predecessor_la_code,
        authorities.region_code

    from {{ ref('local_authority_changes') }} as changes

    inner join {{ ref('local_authorities') }} as authorities
        on changes.successor_la_code = authorities.new_la_code

),

-- Before mid-2019 the estimates lack Bournemouth, Poole and Dorset.
authorities as (

    select
        authority_regions.region_code,
        population.mid_year,
        population.population_0_17

    from {{ ref('population_0_17') }} as population

    left join authority_regions
        on population.new_la_code = authority_regions.new_la_code

    where population.mid_year >= 2019

),

summed as (

    select region_code as area_code, mid_year, sum(population_0_17) as from_authorities
    from authorities
    group by region_code, mid_year

    union all

    select 'E92000001', mid_year, sum(population_0_17)
    from authorities
    group by mid_year

),

published as (

    select * from {{ ref('population_0_17_region') }}

    where mid_year >= 2019 and area_code not in ('E13000001', 'E13000002')

)

select
    published.area_code,
    published.mid_year,
    published.population_0_17,
    summed.from_authorities

from published

full outer join summed
    on
        published.area_code = summed.area_code
        and published.mid_year = summed.mid_year

where
    published.population_0_17 is null
    or summed.from_authorities is null
    or published.population_0_17 <> summed.from_authorities
