{# Order is a query where a date is known only to its month, year or period: the rule then compares a first day.
   An action's due date and a planned withdrawal may lie ahead of the return; what has been done may not. #}
{% set dates_so_far = {
    'referrals': [
        'date_incident', 'date_referred', 'date_la_aware', 'date_triage_decision', 'practitioners_told_date',
        'family_told_date',
    ],
    'notifications': [
        'date_la_aware', 'date_notified', 'criteria_status_date', 'date_partners_told', 'date_police_review_unit_told',
    ],
    'rapid_reviews': [
        'date_rr_started', 'date_rr_meeting', 'date_rr_agreed', 'date_rr_submitted', 'family_informed_date',
        'date_lcspr_decision', 'date_panel_received', 'date_panel_response', 'date_decision_confirmed',
    ],
    'lcsprs': [
        'date_lcspr_decision', 'date_commission_started', 'date_reviewer_appointed', 'date_tor_agreed',
        'date_first_panel', 'date_practitioner_event', 'date_first_draft', 'date_signed_off', 'date_sent_panel',
        'date_sent_sos', 'date_sent_ofsted', 'date_published', 'delay_notified_to_panel',
        'family_invited_date', 'family_told_outcome_date', 'practitioners_told_outcome_date',
    ],
    'recommendations': ['date_made', 'date_impact_checked', 'national_response_date'],
} %}
{% set severity_by_precision = "case when referrals.date_incident_precision = 'DAY' then 'error' else 'query' end" %}
with

{% for return_name in dates_so_far %}
{{ return_name }} as (

    {{ current_rows(return_name) }}

),

{% endfor %}
findings as (

    select
        {{ finding_about('referrals', 'V02', severity_by_precision, 'date_incident') }},
        'The incident (' || referrals.date_incident || ') is after the day the local authority became aware ('
        || referrals.date_la_aware || ').' as message,
        'Correct whichever date is wrong.' as fix

    from referrals

    where referrals.date_incident > referrals.date_la_aware

    union all

    select
        {{ finding_about('notifications', 'V02', severity_by_precision, 'date_la_aware') }},
        'The local authority became aware (' || notifications.date_la_aware || ') before the incident ('
        || referrals.date_incident || ').' as message,
        'Correct whichever date is wrong, here or in referrals.' as fix

    from notifications

    inner join referrals
        on
            notifications.submission_ref = referrals.submission_ref
            and notifications.incident_ref = referrals.incident_ref

    where
        notifications.date_la_aware < referrals.date_incident
        -- The referral itself has been told already.
        and not coalesce(referrals.date_incident > referrals.date_la_aware, false)

    union all

    select
        {{ finding_about('notifications', 'V02', 'error', 'date_notified') }},
        'The notification (' || notifications.date_notified || ') is before the day the local authority became aware ('
        || notifications.date_la_aware || ').' as message,
        'Correct whichever date is wrong.' as fix

    from notifications

    where notifications.date_notified < notifications.date_la_aware

    union all

    select
        {{ finding_about('rapid_reviews', 'V02', 'error', 'date_rr_submitted') }},
        'The rapid review was submitted (' || rapid_reviews.date_rr_submitted || ') before its notification ('
        || notifications.date_notified || ').' as message,
        'Correct whichever date is wrong, here or in notifications.' as fix

    from rapid_reviews

    inner join notifications
        on
            rapid_reviews.submission_ref = notifications.submission_ref
            and rapid_reviews.sin_ref = notifications.sin_ref

    where rapid_reviews.date_rr_submitted < notifications.date_notified

    {% for return_name, fields in dates_so_far.items() %}
    {% for field in fields %}
    union all

    select
        {{ finding_about(return_name, 'V02', 'error', field) }},
        'The date ' || {{ return_name }}.{{ field }} || ' is after the day this return describes ('
        || {{ return_name }}.as_at_date || ').' as message,
        'Correct it, or leave it blank until it has happened.' as fix

    from {{ return_name }}

    where {{ return_name }}.{{ field }} > {{ return_name }}.as_at_date

    {% endfor %}
    {% endfor %}
)

select * from findings
