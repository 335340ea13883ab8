{# At least one, not exactly one: whether each death was notified apart has changed between editions of the form. #}
with

notifications as (

    {{ current_rows('notifications') }}

),

children as (

    {{ current_rows('children') }}

),

deaths as (

    select distinct
        submission_ref,
        incident_ref

    from children

    where stage = 'SIN' and child_role = 'DIED'

),

findings as (

    select
        {{ finding_about('notifications', 'V14', 'query', 'nature') }},
        'A child death was notified, and no child of the incident has the part DIED at the stage SIN.' as message,
        'Correct the nature, or the part of the child who died, or explain.' as fix

    from notifications

    left join deaths
        on
            notifications.submission_ref = deaths.submission_ref
            and notifications.incident_ref = deaths.incident_ref

    where
        notifications.nature in ('CHILD_DEATH_ABUSE_NEGLECT', 'CHILD_DEATH_NO_ABUSE_NEGLECT')
        and deaths.incident_ref is null

)

select * from findings
