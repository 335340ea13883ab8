{# TM2 and TM2b look at the same notifications; only the day on which the clock starts differs. #}
with

rapid_reviews as (

    select * from {{ ref('int_rapid_reviews_timed') }}

),

{% set measures = {
    ('TM2', 'total'): ('not is_timed', 'is_on_time'),
    ('TM2', 'late'): ('not is_timed', 'date_ended is not null and not is_on_time'),
    ('TM2', 'overdue'): ('not is_timed', 'date_ended is null'),
    ('TM2b', 'total'): ('not is_timed or date_la_aware is null', 'is_on_time_from_aware'),
} %}
cases as (

    {% for (indicator, breakdown), (untimed, success) in measures.items() %}
    select
        '{{ indicator }}' as indicator,
        '{{ breakdown }}' as breakdown,
        submission_ref,
        sin_ref as record_ref,
        new_la_code,
        not is_reviewable or {{ untimed }} as is_excluded,
        is_due as is_mature,
        {{ success }} as is_success,
        date_notified as cohort_date

    from rapid_reviews

    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from cases
