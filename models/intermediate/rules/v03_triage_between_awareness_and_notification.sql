{# A query, because areas hold triage before or after the local authority is formally told. #}
with

referrals as (

    {{ current_rows('referrals') }}

),

notifications as (

    {{ current_rows('notifications') }}

),

originals as (

    select
        submission_ref,
        incident_ref,
        min(date_notified) as date_notified

    from notifications

    group by submission_ref, incident_ref

),

findings as (

    select
        {{ finding_about('referrals', 'V03', 'query', 'date_triage_decision') }},
        'The triage decision (' || referrals.date_triage_decision
        || ') is before the day the local authority became aware (' || referrals.date_la_aware || ').' as message,
        'Correct whichever date is wrong, or explain.' as fix

    from referrals

    where referrals.date_triage_decision < referrals.date_la_aware

    union all

    select
        {{ finding_about('referrals', 'V03', 'query', 'date_triage_decision') }},
        'The triage decision (' || referrals.date_triage_decision || ') is before the referral ('
        || referrals.date_referred || ').' as message,
        'Correct whichever date is wrong, or explain.' as fix

    from referrals

    where referrals.date_triage_decision < referrals.date_referred

    union all

    select
        {{ finding_about('referrals', 'V03', 'query', 'date_triage_decision') }},
        'The triage decision (' || referrals.date_triage_decision || ') is after the notification ('
        || originals.date_notified || ').' as message,
        'Correct whichever date is wrong, or explain.' as fix

    from referrals

    inner join originals
        on
            referrals.submission_ref = originals.submission_ref
            and referrals.incident_ref = originals.incident_ref

    where referrals.date_triage_decision > originals.date_notified

)

select * from findings
