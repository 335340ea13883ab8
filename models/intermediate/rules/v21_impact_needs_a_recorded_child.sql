{# A value recorded at any stage will do, and so will one that is known and withheld from the published report. #}
{% set characteristics = ['ethnicity', 'disability', 'sex', 'sexual_orientation'] %}
with

children as (

    {{ current_rows('children') }}

),

notifications as (

    {{ current_rows('notifications') }}

),

rapid_reviews as (

    {{ current_rows('rapid_reviews') }}

),

lcsprs as (

    {{ current_rows('lcsprs') }}

),

named_rapid_reviews as (

    select * from {{ ref('int_lcspr_rapid_reviews') }}

),

recorded as (

    select
        submission_ref,
        incident_ref,
    {% for characteristic in characteristics %}
    coalesce(bool_or({{ characteristic }}_status in ('RECORDED', 'WITHHELD')), false) as has_{{ characteristic }}
    {{- ',' if not loop.last }}
    {% endfor %}

    from children

    group by submission_ref, incident_ref

),

recorded_by_rapid_review as (

    select
        rapid_reviews.submission_ref,
        rapid_reviews.rr_ref,
    {% for characteristic in characteristics %}
    bool_or(recorded.has_{{ characteristic }}) as has_{{ characteristic }}{{ ',' if not loop.last }}
    {% endfor %}

    from rapid_reviews

    inner join notifications
        on
            rapid_reviews.submission_ref = notifications.submission_ref
            and rapid_reviews.sin_ref = notifications.sin_ref

    inner join recorded
        on
            notifications.submission_ref = recorded.submission_ref
            and notifications.incident_ref = recorded.incident_ref

    group by rapid_reviews.submission_ref, rapid_reviews.rr_ref

),

recorded_by_lcspr as (

    select
        named_rapid_reviews.submission_ref,
        named_rapid_reviews.lcspr_ref,
    {% for characteristic in characteristics %}
    bool_or(recorded_by_rapid_review.has_{{ characteristic }}) as has_{{ characteristic }}
    {{- ',' if not loop.last }}
    {% endfor %}

    from named_rapid_reviews

    inner join recorded_by_rapid_review
        on
            named_rapid_reviews.submission_ref = recorded_by_rapid_review.submission_ref
            and named_rapid_reviews.rr_ref = recorded_by_rapid_review.rr_ref

    group by named_rapid_reviews.submission_ref, named_rapid_reviews.lcspr_ref

),

findings as (

    {% for return_name, key in [('rapid_reviews', 'rr_ref'), ('lcsprs', 'lcspr_ref')] %}
    {% set review_loop = loop %}
    {% set held = 'recorded_by_rapid_review' if return_name == 'rapid_reviews' else 'recorded_by_lcspr' %}
    {% for characteristic in characteristics %}
    select
        {{ finding_about(return_name, 'V21', 'query', characteristic ~ '_impact') }},
        'The review considers the effect (' || {{ return_name }}.{{ characteristic }}_impact
        || '), and no child of the incident has the characteristic recorded.' as message,
        'Record it in the children return, or correct the effect, or explain.' as fix

    from {{ return_name }}

    inner join {{ held }}
        on
            {{ return_name }}.submission_ref = {{ held }}.submission_ref
            and {{ return_name }}.{{ key }} = {{ held }}.{{ key }}

    where
        {{ return_name }}.{{ characteristic }}_impact in ('BOTH', 'CHILD_LIFE', 'PRACTICE')
        and not {{ held }}.has_{{ characteristic }}

    {{ 'union all' if not (loop.last and review_loop.last) }}

    {% endfor %}
    {% endfor %}
)

select * from findings
