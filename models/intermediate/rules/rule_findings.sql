{# One line a rule: a model that is not listed here is found by the test of the same promise. #}
{% set rules = [
    'v01_references_resolve',
    'v02_dates_follow_the_incident',
    'v03_triage_between_awareness_and_notification',
    'v04_notify_means_notified',
    'v05_one_rapid_review_a_notification',
    'v06_notification_has_rapid_review',
    'v07_no_rapid_review_out_of_scope',
    'v08_lcspr_follows_its_origin',
    'v09_lcspr_decision_has_lcspr',
    'v10_lcspr_decision_dates_agree',
    'v13_children_agree',
    'v14_child_death_has_a_child_who_died',
    'v15_death_without_abuse_is_looked_after',
    'v20_prompted_and_not_asked',
    'v21_impact_needs_a_recorded_child',
    'v23_duplicate_of_an_earlier_original',
    'v28_repeat_is_of_an_earlier_one',
    'v29_nothing_vanished_since_last_return',
    'v31_notifications_reconcile',
    'v33_awareness_dates_agree',
    'cast_failures',
] %}
with

{% for rule in rules %}
{{ rule }} as (

    select * from {{ ref(rule) }}

),

{% endfor %}
answers as (

    select * from {{ ref('stg_returns__query_answers') }}

),

findings as (

    {% for rule in rules %}
    select
        rule,
        severity,
        return_name,
        record_key,
        submission_ref,
        source_file,
        source_sheet,
        cast(source_row as integer) as source_row,
        field,
        message,
        fix

    from {{ rule }}

    {{ 'union all' if not loop.last }}

    {% endfor %}
),

explained as (

    select
        findings.*,
        answers.explained_on,
        answers.explained_on is not null as is_explained

    from findings

    left join answers
        on
            findings.submission_ref = answers.submission_ref
            and findings.rule = answers.rule
            and findings.return_name = answers.return_name
            and findings.record_key = answers.record_key

)

select * from explained
