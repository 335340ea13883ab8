{# CV3 (local review decided), CV6 (Panel agreed) and CV7 (changed after the Panel disagreed). #}
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

reviewed as (

    select
        rapid_reviews.*,
        notifications.new_la_code,
        notifications.is_reviewable,
        as_at.working_day_number - submitted.working_day_number as working_days_since_submitted,
        as_at.working_day_number - answered.working_day_number as working_days_since_response

    from rapid_reviews

    inner join notifications
        on
            rapid_reviews.submission_ref = notifications.submission_ref
            and rapid_reviews.sin_ref = notifications.sin_ref

    left join calendar as submitted
        on rapid_reviews.date_rr_submitted = submitted.calendar_date

    left join calendar as answered
        on rapid_reviews.date_panel_response = answered.calendar_date

    left join calendar as as_at
        on notifications.as_at_date = as_at.calendar_date

),

local_review_decided as (

    select
        'CV3' as indicator,
        'total' as breakdown,
        submission_ref,
        rr_ref as record_ref,
        new_la_code,
        working_days_since_submitted as working_days_followed,
        not is_reviewable or final_decision is null as is_excluded,
        coalesce(final_decision = 'LCSPR', false) as is_success,
        date_rr_submitted as cohort_date

    from reviewed

),

-- Shown on a line of its own: a national review chosen instead is not 'no review'.
national_review_suggested as (

    select
        'CV3' as indicator,
        'national_review_suggested' as breakdown,
        submission_ref,
        rr_ref as record_ref,
        new_la_code,
        working_days_since_submitted as working_days_followed,
        not is_reviewable or final_decision is null as is_excluded,
        coalesce(final_decision = 'NATIONAL_SUGGESTED', false) as is_success,
        date_rr_submitted as cohort_date

    from reviewed

),

panel_agreed as (

    select
        'CV6' as indicator,
        'total' as breakdown,
        submission_ref,
        rr_ref as record_ref,
        new_la_code,
        working_days_since_response as working_days_followed,
        not is_reviewable as is_excluded,
        panel_view = 'AGREE' as is_success,
        date_panel_response as cohort_date

    from reviewed

    where panel_view = 'AGREE' or panel_view like 'DISAGREE%'

),

changed_after_panel as (

    select
        'CV7' as indicator,
        'total' as breakdown,
        submission_ref,
        rr_ref as record_ref,
        new_la_code,
        working_days_since_response as working_days_followed,
        not is_reviewable as is_excluded,
        coalesce(final_decision <> partners_decision, false) as is_success,
        date_panel_response as cohort_date

    from reviewed

    where panel_view like 'DISAGREE%'

),

cases as (

    select * from local_review_decided

    union all

    select * from national_review_suggested

    union all

    select * from panel_agreed

    union all

    select * from changed_after_panel

)

select * from cases
