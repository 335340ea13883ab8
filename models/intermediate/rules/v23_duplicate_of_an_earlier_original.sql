{# Two notifications of one incident may be sent on one day, so earlier includes the same day. #}
with

notifications as (

    {{ current_rows('notifications') }}

),

compared as (

    select
        notifications.*,
        originals.criteria_status as original_status,
        originals.date_notified as original_date_notified

    from notifications

    inner join notifications as originals
        on
            notifications.submission_ref = originals.submission_ref
            and notifications.duplicate_of = originals.sin_ref

    where notifications.criteria_status = 'DUPLICATE'

),

findings as (

    select
        {{ finding_about('notifications', 'V23', 'error', 'duplicate_of', rows='compared') }},
        case
            when compared.duplicate_of = compared.sin_ref then 'The notification is said to repeat itself.'
            when compared.original_status = 'DUPLICATE'
                then 'The notification ' || compared.duplicate_of || ' is a duplicate itself.'
            else
                'The notification ' || compared.duplicate_of || ' (' || compared.original_date_notified
                || ') was sent later than this one (' || compared.date_notified || ').'
        end as message,
        'Name the first notification of the incident.' as fix

    from compared

    where
        compared.duplicate_of = compared.sin_ref
        or compared.original_status = 'DUPLICATE'
        or compared.original_date_notified > compared.date_notified

)

select * from findings
