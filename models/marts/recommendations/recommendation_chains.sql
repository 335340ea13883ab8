with

members as (

    select * from {{ ref('recommendation_chain_members') }}

),

recommendations as (

    select * from {{ ref('recommendations') }}

),

recommendation_chains as (

    select
        members.chain_id,
        arg_min(members.partnership_code, members.place_in_chain) as origin_partnership_code,
        arg_min(recommendations.theme_primary, members.place_in_chain) as origin_theme_primary,
        cast(count(*) as integer) as recommendations,
        cast(count(distinct members.partnership_code) as integer) as partnerships,
        cast(count(distinct recommendations.theme_primary) as integer) as themes,
        cast(count(*) filter (where recommendations.action_status = 'DONE') as integer) as marked_done,
        min(members.date_made) as first_made,
        max(members.date_made) as last_made,
        {{ dbt.datediff('min(members.date_made)', 'max(members.date_made)', 'day') }} as span_days

    from members

    inner join recommendations
        on members.rec_id = recommendations.rec_id

    group by members.chain_id

)

select * from recommendation_chains
