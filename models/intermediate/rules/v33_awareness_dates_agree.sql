with

referrals as (

    {{ current_rows('referrals') }}

),

notifications as (

    {{ current_rows('notifications') }}

),

findings as (

    select
        {{ finding_about('notifications', 'V33', 'query', 'date_la_aware') }},
        'The day the local authority became aware is ' || notifications.date_la_aware || ' here and '
        || referrals.date_la_aware || ' in referrals.' as message,
        'Give the same date in both, or explain.' as fix

    from notifications

    inner join referrals
        on
            notifications.submission_ref = referrals.submission_ref
            and notifications.incident_ref = referrals.incident_ref

    where notifications.date_la_aware <> referrals.date_la_aware

)

select * from findings
