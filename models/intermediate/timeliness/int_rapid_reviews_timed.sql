{# The rapid review's clock runs from notification to submission unless the settings name other events. #}
with

notifications as (

    select * from {{ ref('int_notifications_followed') }}

    where not is_care_leaver_death

),

rapid_reviews as (

    select * from {{ ref('int_rapid_reviews_followed') }}

),

calendar as (

    select * from {{ ref('int_calendar') }}

),

-- Two rapid reviews of one notification are an error found elsewhere; the first submitted stops the clock.
ranked as (

    select
        *,
        row_number() over (
            partition by submission_ref, sin_ref
            order by is_submitted desc, date_rr_submitted, rr_ref
        ) as place

    from rapid_reviews

),

clocked as (

    select
        notifications.submission_ref,
        notifications.sin_ref,
        ranked.rr_ref,

        notifications.new_la_code,
        ranked.status,
        ranked.late_reason,
        notifications.is_reviewable,

        notifications.date_la_aware,
        notifications.date_notified,
        case {{ setting('rapid_review_clock_start') }}
            when 'notified' then notifications.date_notified
            when 'la_aware' then notifications.date_la_aware
        end as date_started,
        case {{ setting('rapid_review_clock_end') }}
            when 'submitted' then case when ranked.is_submitted then ranked.date_rr_submitted end
            when 'agreed' then case when ranked.status <> 'STOPPED_NOT_MET' then ranked.date_rr_agreed end
        end as date_ended,
        notifications.as_at_date

    from notifications

    left join ranked
        on
            notifications.submission_ref = ranked.submission_ref
            and notifications.sin_ref = ranked.sin_ref
            and ranked.place = 1

),

timed as (

    select
        clocked.*,

        -- Without a start, or with an end before it, nothing can be timed.
        clocked.date_started is not null
        and coalesce(clocked.date_ended >= clocked.date_started, true) as is_timed,
        coalesce(due.calendar_date <= clocked.as_at_date, false) as is_due,
        coalesce(
            ended.working_day_number - started.working_day_number
            <= {{ setting('rapid_review_limit_working_days', 'integer') }},
            false
        ) as is_on_time,
        coalesce(
            ended.working_day_number - aware.working_day_number
            <= {{ setting('rapid_review_limit_working_days', 'integer') }},
            false
        ) as is_on_time_from_aware,

        ended.working_day_number - started.working_day_number as working_days_taken,
        {{ dbt.datediff('clocked.date_started', 'coalesce(clocked.date_ended, clocked.as_at_date)', 'day') }} as days,

        due.calendar_date as date_due

    from clocked

    left join calendar as started
        on clocked.date_started = started.calendar_date

    left join calendar as aware
        on clocked.date_la_aware = aware.calendar_date

    left join calendar as ended
        on clocked.date_ended = ended.calendar_date

    left join calendar as due
        on
            started.working_day_number + {{ setting('rapid_review_limit_working_days', 'integer') }}
            = due.working_day_number
            and due.is_working_day

)

select * from timed
