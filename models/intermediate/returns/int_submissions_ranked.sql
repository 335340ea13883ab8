{# A later return supersedes an earlier one because returns are cumulative; the earlier stays. #}
with

submissions as (

    select * from {{ ref('stg_returns__submissions') }}

),

known as (

    select * from submissions

    {% if var('known_by') %}
    where cast(received_at as date) <= cast('{{ var("known_by") }}' as date)
    {% endif %}

),

ranked as (

    select
        *,
        row_number() over (
            partition by partnership_code
            order by as_at_date desc, received_at desc, submission_ref desc
        ) as recency

    from known

)

select * from ranked
