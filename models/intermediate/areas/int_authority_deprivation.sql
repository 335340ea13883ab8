{# The index of 2019 knows no authority made since: each part of a split one takes the score of the whole. #}
with

authorities as (

    select * from {{ ref('local_authorities') }}

),

scores as (

    select * from {{ ref('idaci_2019') }}

),

splits as (

    select * from {{ ref('local_authority_changes') }}

    where change_type = 'split'

),

scored as (

    select
        authorities.new_la_code,
        coalesce(own_scores.idaci_average_score, whole_scores.idaci_average_score) as idaci_average_score

    from authorities

    left join scores as own_scores
        on authorities.new_la_code = own_scores.new_la_code

    left join splits
        on authorities.new_la_code = splits.successor_la_code

    left join scores as whole_scores
        on splits.predecessor_la_code = whole_scores.new_la_code_2019

),

ranked as (

    select
        new_la_code,
        idaci_average_score,
        rank() over (order by idaci_average_score) as authority_rank,
        count(*) over () as authorities

    from scored

),

-- By rank rather than ntile, so that authorities with the same score never part.
quintiles as (

    select
        new_la_code,
        idaci_average_score,
        cast(floor((authority_rank - 1) * 5.0 / authorities) as integer) + 1 as idaci_quintile

    from ranked

)

select * from quintiles
