{# Each measure in its own model; here they only get the name of the return that a case stands in. #}
{%- set parts = {
    'int_notification_timeliness': "'notifications'",
    'int_rapid_review_timeliness': "'notifications'",
    'int_panel_response_timeliness': "'rapid_reviews'",
    'int_local_review_timeliness': "'lcsprs'",
    'int_delay_reasons': 'return_name',
    'int_impact_checks': "'recommendations'",
    'int_people_told': 'return_name',
} %}
with

cases as (

    {% for part, return_name in parts.items() %}
    select
        indicator,
        breakdown,
        submission_ref,
        {{ return_name }} as return_name,
        record_ref,
        new_la_code,
        is_excluded,
        is_mature,
        is_success,
        cohort_date

    from {{ ref(part) }}

    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from cases
