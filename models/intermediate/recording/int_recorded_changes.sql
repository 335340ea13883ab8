{# Recorded at one stage and not at another: only for children whom both stages speak of. #}
{%- set pairs = [('notification', 'rapid_review'), ('rapid_review', 'lcspr')] %}
with

states as (

    select * from {{ ref('int_recording_states') }}

),

{% for earlier, later in pairs %}
{{ earlier }}_to_{{ later }} as (

    select
        later.submission_ref,
        later.record_ref,
        later.characteristic,
        '{{ earlier }}_to_{{ later }}' as stages,
        later.new_la_code,
        later.partnership_code,
        case
            when earlier.state = 'recorded' and later.state = 'recorded' then 'kept'
            when later.state = 'recorded' then 'gained'
            when earlier.state = 'recorded' then 'lost'
            else 'never'
        end as change,
        -- What a report leaves out to protect a child was known, so it was not lost.
        earlier.is_excluded
        or later.is_excluded
        or earlier.state in ('not_applicable', 'withheld')
        or later.state in ('not_applicable', 'withheld') as is_excluded,
        later.reporting_year,
        later.date_notified

    from states as later

    inner join states as earlier
        on
            later.submission_ref = earlier.submission_ref
            and later.incident_ref = earlier.incident_ref
            and later.child_seq = earlier.child_seq
            and later.characteristic = earlier.characteristic

    where later.stage = '{{ later }}' and earlier.stage = '{{ earlier }}'

),

{% endfor %}
changes as (

    {% for earlier, later in pairs %}
    select * from {{ earlier }}_to_{{ later }}

    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from changes
