{# A later return supersedes an earlier one because returns are cumulative; the earlier stays in staging. #}
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

newest_first as (

    select
        known.*,
        row_number() over (
            partition by partnership_code
            order by as_at_date desc, received_at desc, submission_ref desc
        ) as recency

    from known

),

current_submissions as (

    select
        submission_ref,
        partnership_code,
        specification_version,
        is_synthetic,
        rows_accepted,
        rows_quarantined,
        period_start,
        as_at_date,
        received_at

    from newest_first

    where recency = 1

)

select * from current_submissions
