{# The days behind the curves: as in TM5, and for rapid reviews from notification to submission in calendar days. #}
with

rapid_reviews as (

    select * from {{ ref('int_rapid_reviews_timed') }}

    where is_reviewable and is_timed

),

local_reviews as (

    select * from {{ ref('int_local_review_durations') }}

    where not is_excluded

),

durations as (

    select
        'rapid_review' as clock,
        submission_ref,
        sin_ref as record_ref,
        new_la_code,
        date_ended is not null as is_closed,
        days,
        date_notified as cohort_date

    from rapid_reviews

    union all

    select
        'local_review_' || clock as clock,
        submission_ref,
        lcspr_ref as record_ref,
        new_la_code,
        is_closed,
        days,
        date_started as cohort_date

    from local_reviews

)

select * from durations
