{# Before a county was split only the whole has figures. Each part takes its share of children in its own first year. #}
with

splits as (

    select * from {{ ref('local_authority_changes') }}

    where change_type = 'split'

),

populations as (

    select * from {{ ref('population_0_17') }}

),

first_years as (

    select
        splits.predecessor_la_code,
        splits.successor_la_code,
        min(populations.mid_year) as mid_year

    from splits

    inner join populations
        on splits.successor_la_code = populations.new_la_code

    group by splits.predecessor_la_code, splits.successor_la_code

),

shares as (

    select
        first_years.predecessor_la_code,
        first_years.successor_la_code as new_la_code,
        first_years.mid_year as first_mid_year,
        cast(populations.population_0_17 as double)
        / sum(populations.population_0_17) over (partition by first_years.predecessor_la_code) as share

    from first_years

    inner join populations
        on
            first_years.successor_la_code = populations.new_la_code
            and first_years.mid_year = populations.mid_year

)

select * from shares
