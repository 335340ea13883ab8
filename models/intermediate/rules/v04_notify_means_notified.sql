{# Records are written up at different times, so within ten working days it is a query and only later an error. #}
with

referrals as (

    {{ current_rows('referrals') }}

),

notifications as (

    {{ current_rows('notifications') }}

),

calendar as (

    select * from {{ ref('int_calendar') }}

),

notified_incidents as (

    select
        submission_ref,
        incident_ref,
        min(sin_ref) as sin_ref,
        min(date_notified) as date_notified

    from notifications

    group by submission_ref, incident_ref

),

compared as (

    select
        referrals.*,
        notified_incidents.sin_ref,
        as_at.working_day_number - decided.working_day_number as working_days_since_decision,
        as_at.working_day_number - notified.working_day_number as working_days_since_notification

    from referrals

    left join notified_incidents
        on
            referrals.submission_ref = notified_incidents.submission_ref
            and referrals.incident_ref = notified_incidents.incident_ref

    left join calendar as as_at
        on referrals.as_at_date = as_at.calendar_date

    left join calendar as decided
        on referrals.date_triage_decision = decided.calendar_date

    left join calendar as notified
        on notified_incidents.date_notified = notified.calendar_date

),

findings as (

    select
        {{ finding_about(
            'referrals', 'V04', "case when compared.working_days_since_decision > 10 then 'error' else 'query' end",
            'triage_outcome', rows='compared'
        ) }},
        'The triage outcome is NOTIFY, and the notifications return holds no notification of this incident.' as message,
        'Add the notification, or correct the triage outcome.' as fix

    from compared

    where compared.triage_outcome = 'NOTIFY' and compared.sin_ref is null

    union all

    select
        {{ finding_about(
            'referrals', 'V04', "case when compared.working_days_since_notification > 10 then 'error' else 'query' end",
            'triage_outcome', rows='compared'
        ) }},
        'The triage outcome is ' || compared.triage_outcome || ', and the incident was notified ('
        || compared.sin_ref || ').' as message,
        'Correct the triage outcome, or the reference of the incident in notifications.' as fix

    from compared

    where compared.triage_outcome <> 'NOTIFY' and compared.sin_ref is not null

)

select * from findings
