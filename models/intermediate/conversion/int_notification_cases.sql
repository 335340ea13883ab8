{# CV2 (rapid review submitted), CV4 (local review) and CV8 (found later not to meet the criteria). #}
with

notifications as (

    select * from {{ ref('int_notifications_followed') }}

    where not is_care_leaver_death

),

rapid_review_submitted as (

    select
        'CV2' as indicator,
        'total' as breakdown,
        submission_ref,
        sin_ref as record_ref,
        new_la_code,
        working_days_followed,
        not is_reviewable as is_excluded,
        has_submitted_rapid_review as is_success,
        date_notified as cohort_date

    from notifications

),

local_review as (

    select
        'CV4' as indicator,
        'total' as breakdown,
        submission_ref,
        sin_ref as record_ref,
        new_la_code,
        working_days_followed,
        not is_reviewable as is_excluded,
        has_lcspr as is_success,
        date_notified as cohort_date

    from notifications

),

criteria_reversed as (

    select
        'CV8' as indicator,
        'total' as breakdown,
        submission_ref,
        sin_ref as record_ref,
        new_la_code,
        working_days_followed,
        criteria_status = 'DUPLICATE' as is_excluded,
        criteria_status = 'SUBSEQUENTLY_NOT_MET' as is_success,
        date_notified as cohort_date

    from notifications

),

cases as (

    select * from rapid_review_submitted

    union all

    select * from local_review

    union all

    select * from criteria_reversed

)

select * from cases
