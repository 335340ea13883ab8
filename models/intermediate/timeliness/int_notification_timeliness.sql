{# TM1. Awareness is the authority's own date; where it is blank nothing can be timed, which is a finding of its own. #}
with

notifications as (

    select * from {{ ref('int_notifications_followed') }}

),

in_time as (

    select
        'TM1' as indicator,
        'total' as breakdown,
        submission_ref,
        sin_ref as record_ref,
        new_la_code,
        not is_in_trend or date_la_aware is null or date_notified < date_la_aware as is_excluded,
        true as is_mature,
        coalesce(working_days_to_notify <= {{ setting('notification_limit_working_days', 'integer') }}, false)
            as is_success,
        date_notified as cohort_date

    from notifications

),

awareness_not_recorded as (

    select
        'TM1' as indicator,
        'awareness_not_recorded' as breakdown,
        submission_ref,
        sin_ref as record_ref,
        new_la_code,
        not is_in_trend as is_excluded,
        true as is_mature,
        date_la_aware is null as is_success,
        date_notified as cohort_date

    from notifications

),

cases as (

    select * from in_time

    union all

    select * from awareness_not_recorded

)

select * from cases
