{# TM11. On or before the day: two dates that are the same do not say which came first. #}
with

rapid_reviews as (

    select * from {{ ref('int_rapid_reviews_followed') }}

    where is_submitted

),

notifications as (

    select * from {{ ref('int_notifications_followed') }}

),

local_reviews as (

    select * from {{ ref('int_local_reviews_timed') }}

    where date_published is not null and not is_not_published

),

reviewed as (

    select
        rapid_reviews.*,
        notifications.new_la_code,
        notifications.is_reviewable

    from rapid_reviews

    inner join notifications
        on
            rapid_reviews.submission_ref = notifications.submission_ref
            and rapid_reviews.sin_ref = notifications.sin_ref

),

{% set rapid_review_measures = {
    'family_told': (
        "coalesce(family_informed = 'NOT_APPROPRIATE', false)",
        'coalesce(family_informed_date <= date_rr_submitted, false)',
    ),
    'practitioners_told': ('false', "coalesce(practitioners_involved in ('INFORMED', 'CONTRIBUTED'), false)"),
} %}
told_at_rapid_review as (

    {% for measure, (left_out, success) in rapid_review_measures.items() %}
    select
        'rapid_review:{{ measure }}' as breakdown,
        submission_ref,
        'rapid_reviews' as return_name,
        rr_ref as record_ref,
        new_la_code,
        not is_reviewable or {{ left_out }} as is_excluded,
        {{ success }} as is_success,
        date_rr_submitted as cohort_date

    from reviewed

    {{ 'union all' if not loop.last }}
    {% endfor %}
),

{% set told_dates = {
    'family_told': 'family_told_outcome_date',
    'practitioners_told': 'practitioners_told_outcome_date',
} %}
told_before_publication as (

    {% for measure, told in told_dates.items() %}
    select
        'local_review:{{ measure }}' as breakdown,
        submission_ref,
        'lcsprs' as return_name,
        lcspr_ref as record_ref,
        new_la_code,
        is_discontinued as is_excluded,
        coalesce({{ told }} <= date_published, false) as is_success,
        date_published as cohort_date

    from local_reviews

    {{ 'union all' if not loop.last }}
    {% endfor %}
),

told as (

    select * from told_at_rapid_review

    union all

    select * from told_before_publication

),

cases as (

    select
        'TM11' as indicator,
        breakdown,
        submission_ref,
        return_name,
        record_ref,
        new_la_code,
        is_excluded,
        true as is_mature,
        is_success,
        cohort_date

    from told

)

select * from cases
