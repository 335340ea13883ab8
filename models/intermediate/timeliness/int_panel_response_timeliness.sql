{# TM3. No limit is published for the Panel's answer: the one in the settings is an assumption. #}
with

rapid_reviews as (

    select * from {{ ref('int_rapid_reviews_followed') }}

    where is_submitted

),

notifications as (

    select * from {{ ref('int_notifications_followed') }}

),

calendar as (

    select * from {{ ref('int_calendar') }}

),

answered as (

    select
        rapid_reviews.submission_ref,
        rapid_reviews.rr_ref,
        notifications.new_la_code,

        notifications.is_reviewable,
        rapid_reviews.date_panel_received is not null
        and coalesce(rapid_reviews.date_panel_response >= rapid_reviews.date_panel_received, true) as is_timed,

        answered.working_day_number - received.working_day_number as working_days_to_respond,
        as_at.working_day_number - received.working_day_number as working_days_followed,

        -- Without the day of receipt a review is still counted, as left out, in the year it was submitted.
        coalesce(rapid_reviews.date_panel_received, rapid_reviews.date_rr_submitted) as cohort_date

    from rapid_reviews

    inner join notifications
        on
            rapid_reviews.submission_ref = notifications.submission_ref
            and rapid_reviews.sin_ref = notifications.sin_ref

    left join calendar as received
        on rapid_reviews.date_panel_received = received.calendar_date

    left join calendar as answered
        on rapid_reviews.date_panel_response = answered.calendar_date

    left join calendar as as_at
        on notifications.as_at_date = as_at.calendar_date

),

cases as (

    select
        'TM3' as indicator,
        'total' as breakdown,
        submission_ref,
        rr_ref as record_ref,
        new_la_code,
        not is_reviewable or not is_timed as is_excluded,
        coalesce(working_days_followed >= {{ setting('panel_response_limit_working_days', 'integer') }}, false)
            as is_mature,
        coalesce(working_days_to_respond <= {{ setting('panel_response_limit_working_days', 'integer') }}, false)
            as is_success,
        cohort_date

    from answered

)

select * from cases
