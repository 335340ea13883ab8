{# Such a death is notified only because the child was looked after, and the Panel does not consider it. #}
with

notifications as (

    {{ current_rows('notifications') }}

),

children as (

    {{ current_rows('children') }}

),

social_care as (

    select
        submission_ref,
        incident_ref,
        bool_or(cs_status = 'LAC') as has_looked_after_child

    from children

    where stage = 'SIN' and cs_status is not null

    group by submission_ref, incident_ref

),

findings as (

    select
        {{ finding_about('notifications', 'V15', 'error', 'panel_in_scope') }},
        'The nature is ' || notifications.nature || ', which is outside the scope of the Panel, and the field says Y.'
            as message,
        'Write N, or correct the nature.' as fix

    from notifications

    where
        notifications.nature in ('CHILD_DEATH_NO_ABUSE_NEGLECT', 'CARE_LEAVER_DEATH')
        and notifications.panel_in_scope = 'Y'

    union all

    select
        {{ finding_about('notifications', 'V15', 'error', 'nature') }},
        'A death without abuse or neglect was notified, and no child of the incident was looked after.' as message,
        'Correct the nature, or the social care status of the child at the stage SIN.' as fix

    from notifications

    inner join social_care
        on
            notifications.submission_ref = social_care.submission_ref
            and notifications.incident_ref = social_care.incident_ref

    where
        notifications.nature = 'CHILD_DEATH_NO_ABUSE_NEGLECT'
        and not social_care.has_looked_after_child

)

select * from findings
