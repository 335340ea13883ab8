{# The register of what was asked of national bodies and what they said. Codes and dates only: its words stay inside. #}
with

recommendations as (

    select * from {{ ref('int_recommendations_followed') }}

    where level = 'NATIONAL'

),

registered as (

    select
        partnership_code,
        rec_ref,

        replace(targets, ' ', '') as targets,
        theme_primary,
        national_response_status,
        case
            when is_answered and national_response_date is null then 'answered_undated'
            when is_answered and national_response_date <= response_due_date then 'answered_in_time'
            when is_answered then 'answered_late'
            when response_due_date < as_at_date then 'overdue'
            else 'not_due'
        end as state,

        case
            when is_answered
                then nullif(greatest({{ dbt.datediff('response_due_date', 'national_response_date', 'day') }}, 0), 0)
            else nullif(greatest({{ dbt.datediff('response_due_date', 'as_at_date', 'day') }}, 0), 0)
        end as days_overdue,

        date_made,
        response_due_date,
        national_response_date,
        as_at_date

    from recommendations

)

select * from registered
