{# From notification to rapid review and local review. The area is the one that notified. #}
with

notifications as (

    select * from {{ ref('stg_returns__notifications') }}

),

rapid_reviews as (

    select * from {{ ref('int_rapid_reviews_followed') }}

),

submissions as (

    select * from {{ ref('int_submissions_current') }}

),

authority_codes as (

    select * from {{ ref('int_authority_codes') }}

),

calendar as (

    select * from {{ ref('int_calendar') }}

),

reviews_by_notification as (

    select
        submission_ref,
        sin_ref,
        bool_or(is_submitted) as has_submitted_rapid_review,
        bool_or(has_lcspr) as has_lcspr,
        min(date_rr_submitted) as date_rr_submitted

    from rapid_reviews

    group by submission_ref, sin_ref

),

followed as (

    select
        notifications.submission_ref,
        notifications.sin_ref,
        notifications.incident_ref,

        authority_codes.new_la_code,
        notifications.nature,
        notifications.criteria_status,
        notifications.panel_in_scope = 'Y' as is_panel_in_scope,

        -- DfE publishes deaths of care leavers as a series of its own: notifying them is voluntary.
        notifications.nature = 'CARE_LEAVER_DEATH' as is_care_leaver_death,
        notifications.criteria_status not in ('DUPLICATE', 'WITHDRAWN')
        and notifications.nature <> 'CARE_LEAVER_DEATH' as is_in_trend,
        notifications.panel_in_scope = 'Y' and notifications.criteria_status = 'MET' as is_reviewable,
        coalesce(reviews_by_notification.has_submitted_rapid_review, false) as has_submitted_rapid_review,
        coalesce(reviews_by_notification.has_lcspr, false) as has_lcspr,

        notified.working_day_number - aware.working_day_number as working_days_to_notify,
        submitted.working_day_number - notified.working_day_number as working_days_to_submit,
        as_at.working_day_number - notified.working_day_number as working_days_followed,

        notifications.date_la_aware,
        notifications.date_notified,
        notifications.criteria_status_date,
        reviews_by_notification.date_rr_submitted,
        submissions.as_at_date

    from notifications

    inner join submissions
        on notifications.submission_ref = submissions.submission_ref

    left join authority_codes
        on notifications.new_la_code = authority_codes.any_la_code

    left join reviews_by_notification
        on
            notifications.submission_ref = reviews_by_notification.submission_ref
            and notifications.sin_ref = reviews_by_notification.sin_ref

    left join calendar as aware
        on notifications.date_la_aware = aware.calendar_date

    left join calendar as notified
        on notifications.date_notified = notified.calendar_date

    left join calendar as submitted
        on reviews_by_notification.date_rr_submitted = submitted.calendar_date

    left join calendar as as_at
        on submissions.as_at_date = as_at.calendar_date

)

select * from followed
