-- A failure means that pooled neighbours are wrong: an authority lacks one, is its own, or has one we do not know.
{{ config(tags=['reference']) }}

with

neighbours as (

    select * from {{ ref('statistical_neighbours') }}

),

known_codes as (

    select new_la_code from {{ ref('local_authorities') }}

    union

    select predecessor_la_code from {{ ref('local_authority_changes') }}

),

by_authority as (

    select
        neighbours.model_year,
        neighbours.new_la_code,
        count(distinct neighbours.neighbour_la_code) as different_neighbours,
        count(*) as listed,
        count(known_codes.new_la_code) as known,
        sum(case when neighbours.neighbour_la_code = neighbours.new_la_code then 1 else 0 end) as itself

    from neighbours

    left join known_codes
        on neighbours.neighbour_la_code = known_codes.new_la_code

    group by neighbours.model_year, neighbours.new_la_code

),

by_model as (

    -- In 2021 Cumbria was one authority.
    select
        model_year,
        count(*) as authorities,
        case model_year when 2021 then 152 when 2025 then 153 end as expected

    from by_authority

    group by model_year

)

select
    cast(model_year as varchar) || ' ' || new_la_code as failure

from by_authority

where listed <> 10 or different_neighbours <> 10 or known <> 10 or itself > 0

union all

select cast(model_year as varchar) || ' authorities' as failure

from by_model

where expected is null or authorities <> expected
