{# NT6 (incidents considered), NT7 (late notifications) and NT8 (deaths with neither notification nor decision). #}
with

referrals as (

    select * from {{ ref('int_referrals_followed') }}

),

notifications as (

    select * from {{ ref('int_notifications_followed') }}

    where is_in_trend

),

-- Another area's to count once transferred; care leavers have a series of their own.
considered as (

    select
        'NT6' as indicator,
        'total' as breakdown,
        submission_ref,
        'referrals' as return_name,
        incident_ref as record_ref,
        new_la_code,
        coalesce(triage_outcome = 'TRANSFERRED', false) or is_care_leaver_death as is_excluded,
        true as is_mature,
        true as is_success,
        date_referred as cohort_date

    from referrals

    where date_referred is not null

),

{%- set distances = {
    'over_5_working_days': 'working_days_to_notify > ' ~ setting('notification_limit_working_days', 'integer'),
    'over_30_days': dbt.datediff('date_la_aware', 'date_notified', 'day') ~ ' > ' ~ setting('late_notification_days', 'integer'),
} %}

late as (

    {% for breakdown, is_late in distances.items() %}
    select
        'NT7' as indicator,
        '{{ breakdown }}' as breakdown,
        submission_ref,
        'notifications' as return_name,
        sin_ref as record_ref,
        new_la_code,
        -- Sent before anybody was aware is a mistake in the dates, not early.
        date_la_aware is null or date_la_aware > date_notified as is_excluded,
        true as is_mature,
        coalesce({{ is_late }}, false) as is_success,
        date_notified as cohort_date

    from notifications

    where date_notified is not null

    {{ 'union all' if not loop.last }}
    {% endfor %}
),

unnotified as (

    select
        'NT8' as indicator,
        'total' as breakdown,
        submission_ref,
        'referrals' as return_name,
        incident_ref as record_ref,
        new_la_code,
        coalesce(triage_outcome = 'TRANSFERRED', false) or is_care_leaver_death as is_excluded,
        working_days_followed >= {{ setting('unnotified_screen_working_days', 'integer') }} as is_mature,
        not has_notification and coalesce(triage_outcome, 'PENDING') = 'PENDING' as is_success,
        date_referred as cohort_date

    from referrals

    where harm_outcome = 'DEATH' and date_referred is not null

),

cases as (

    select * from considered

    union all

    select * from late

    union all

    select * from unnotified

)

select * from cases
