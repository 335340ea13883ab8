with

chained as (

    select * from {{ ref('int_recommendation_chains') }}

),

recommendations as (

    select * from {{ ref('int_recommendation_texts') }}

),

recommendation_chain_members as (

    select
        chained.chain_id,
        chained.rec_id,
        chained.repeated_rec_id,
        recommendations.partnership_code,
        cast(
            row_number() over (
                partition by chained.chain_id
                order by recommendations.date_made, chained.rec_id
            ) as integer
        ) as place_in_chain,

        recommendations.date_made

    from chained

    inner join recommendations
        on chained.rec_id = recommendations.rec_id

)

select * from recommendation_chain_members
