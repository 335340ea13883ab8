with

notifications as (

    {{ current_rows('notifications') }}

),

rapid_reviews as (

    {{ current_rows('rapid_reviews') }}

),

findings as (

    select
        {{ finding_about('rapid_reviews', 'V07', 'query', 'status') }},
        'The rapid review was submitted, and its notification ' || case
            when notifications.panel_in_scope = 'N' then 'is outside the scope of the Panel.'
            else 'no longer stands (' || notifications.criteria_status || ').'
        end as message,
        'Use STOPPED_NOT_MET if the rapid review was stopped, correct the notification, or explain.' as fix

    from rapid_reviews

    inner join notifications
        on
            rapid_reviews.submission_ref = notifications.submission_ref
            and rapid_reviews.sin_ref = notifications.sin_ref

    where
        rapid_reviews.status = 'SUBMITTED'
        and (notifications.panel_in_scope = 'N' or notifications.criteria_status <> 'MET')

)

select * from findings
