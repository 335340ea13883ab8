{# TM4 and TM4b. A review held back for a trial is late for a recorded reason, and stays in the denominator. #}
with

local_reviews as (

    select * from {{ ref('int_local_reviews_timed') }}

),

{% set publishable = 'is_discontinued or is_not_published or coalesce(date_published < date_started, false)' %}
{% set signable = 'is_discontinued or coalesce(date_signed_off < date_started, false)' %}
{% set measures = {
    ('TM4', 'total'): (publishable, 'coalesce(date_published <= date_due, false)'),
    ('TM4', 'late'): (publishable, 'coalesce(date_published > date_due, false)'),
    ('TM4', 'overdue'): (publishable, 'date_published is null'),
    ('TM4b', 'total'): (signable, 'coalesce(date_signed_off <= date_due, false)'),
    ('TM4b', 'late'): (signable, 'coalesce(date_signed_off > date_due, false)'),
    ('TM4b', 'overdue'): (signable, 'date_signed_off is null'),
} %}
cases as (

    {% for (indicator, breakdown), (excluded, success) in measures.items() %}
    select
        '{{ indicator }}' as indicator,
        '{{ breakdown }}' as breakdown,
        submission_ref,
        lcspr_ref as record_ref,
        new_la_code,
        {{ excluded }} as is_excluded,
        date_due <= as_at_date as is_mature,
        {{ success }} as is_success,
        date_started as cohort_date

    from local_reviews

    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from cases
