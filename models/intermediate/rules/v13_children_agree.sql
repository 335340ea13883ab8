{# The first two parts are errors; a child who appears late may well be right, so that part is a query. #}
with

referrals as (

    {{ current_rows('referrals') }}

),

notifications as (

    {{ current_rows('notifications') }}

),

children as (

    {{ current_rows('children') }}

),

children_by_stage as (

    select
        submission_ref,
        incident_ref,
        stage,
        count(distinct child_seq) as children

    from children

    group by submission_ref, incident_ref, stage

),

at_notification as (

    select
        submission_ref,
        incident_ref,
        child_seq

    from children

    where stage = 'SIN'

),

findings as (

    select
        {{ finding_about('referrals', 'V13', 'error', 'children_count') }},
        'The number of children is ' || referrals.children_count || ', and the children return holds '
        || coalesce(children_by_stage.children, 0) || ' at the stage TRIAGE.' as message,
        'Correct the number, or add or take out rows of the children return.' as fix

    from referrals

    left join children_by_stage
        on
            referrals.submission_ref = children_by_stage.submission_ref
            and referrals.incident_ref = children_by_stage.incident_ref
            and children_by_stage.stage = 'TRIAGE'

    where referrals.children_count <> coalesce(children_by_stage.children, 0)

    union all

    select
        {{ finding_about('notifications', 'V13', 'error', 'children_count') }},
        'The number of children is ' || notifications.children_count || ', and the children return holds '
        || coalesce(children_by_stage.children, 0) || ' at the stage SIN.' as message,
        'Correct the number, or add or take out rows of the children return.' as fix

    from notifications

    left join children_by_stage
        on
            notifications.submission_ref = children_by_stage.submission_ref
            and notifications.incident_ref = children_by_stage.incident_ref
            and children_by_stage.stage = 'SIN'

    where notifications.children_count <> coalesce(children_by_stage.children, 0)

    union all

    select
        {{ finding_about('notifications', 'V13', 'error', 'children_on_form') }},
        'The form describes ' || notifications.children_on_form || ' children, and the incident affected '
        || notifications.children_count || '.' as message,
        'Correct whichever number is wrong; the form describes four at most.' as fix

    from notifications

    where notifications.children_on_form > least(notifications.children_count, 4)

    union all

    select
        {{ finding_about('children', 'V13', 'query', 'child_seq') }},
        'Child ' || children.child_seq || ' of this incident is at the stage ' || children.stage
        || ' and was not at the stage SIN.' as message,
        'Correct the number of the child, add the row for the stage SIN, or explain.' as fix

    from children

    left join at_notification
        on
            children.submission_ref = at_notification.submission_ref
            and children.incident_ref = at_notification.incident_ref
            and children.child_seq = at_notification.child_seq

    where children.stage in ('RR', 'LCSPR') and at_notification.child_seq is null

)

select * from findings
