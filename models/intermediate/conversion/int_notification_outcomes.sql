{# What a notification came to, and when. Whoever has no outcome yet was followed to the day of the return. #}
with

notifications as (

    select * from {{ ref('int_notifications_followed') }}

    where is_panel_in_scope and not is_care_leaver_death and criteria_status <> 'DUPLICATE'

),

rapid_reviews as (

    select * from {{ ref('int_rapid_reviews_followed') }}

),

named as (

    select * from {{ ref('int_lcspr_rapid_reviews') }}

),

lcsprs as (

    select * from {{ ref('int_lcsprs_followed') }}

),

local_review_decisions as (

    select
        named.submission_ref,
        named.rr_ref,
        min(lcsprs.date_lcspr_decision) as date_lcspr_decision

    from named

    inner join lcsprs
        on
            named.submission_ref = lcsprs.submission_ref
            and named.lcspr_ref = lcsprs.lcspr_ref

    group by named.submission_ref, named.rr_ref

),

decided as (

    select
        rapid_reviews.submission_ref,
        rapid_reviews.sin_ref,
        case
            when rapid_reviews.has_lcspr then 'lcspr'
            when rapid_reviews.final_decision = 'NATIONAL_SUGGESTED' then 'national_review_suggested'
            when rapid_reviews.final_decision = 'OTHER_LOCAL_REVIEW' then 'other_local_review'
            else 'no_further_review'
        end as outcome,
        case
            when rapid_reviews.has_lcspr
                then coalesce(
                    rapid_reviews.date_lcspr_decision,
                    local_review_decisions.date_lcspr_decision,
                    rapid_reviews.date_decision_confirmed,
                    rapid_reviews.date_rr_submitted
                )
            else coalesce(
                rapid_reviews.date_decision_confirmed,
                rapid_reviews.date_lcspr_decision,
                rapid_reviews.date_rr_submitted
            )
        end as date_decided

    from rapid_reviews

    left join local_review_decisions
        on
            rapid_reviews.submission_ref = local_review_decisions.submission_ref
            and rapid_reviews.rr_ref = local_review_decisions.rr_ref

    where rapid_reviews.has_lcspr or rapid_reviews.final_decision is not null

),

-- Of two rapid reviews of one notification, a local review says more than none.
outcome_of_notification as (

    select
        submission_ref,
        sin_ref,
        arg_min(outcome, (outcome <> 'lcspr', date_decided, outcome)) as outcome,
        arg_min(date_decided, (outcome <> 'lcspr', date_decided, outcome)) as date_decided

    from decided

    group by submission_ref, sin_ref

),

ended as (

    select
        notifications.submission_ref,
        notifications.sin_ref,
        notifications.new_la_code,
        case
            when notifications.criteria_status <> 'MET' then 'not_met_or_withdrawn'
            else outcome_of_notification.outcome
        end as outcome,
        notifications.date_notified,
        case
            when notifications.criteria_status <> 'MET'
                then coalesce(notifications.criteria_status_date, notifications.as_at_date)
            else coalesce(outcome_of_notification.date_decided, notifications.as_at_date)
        end as date_ended

    from notifications

    left join outcome_of_notification
        on
            notifications.submission_ref = outcome_of_notification.submission_ref
            and notifications.sin_ref = outcome_of_notification.sin_ref

),

outcomes as (

    select
        submission_ref,
        sin_ref,
        new_la_code,
        outcome,
        -- A notification joined to a local review already decided had its outcome on its first day.
        greatest({{ dbt.datediff('date_notified', 'date_ended', 'day') }}, 0) as days,
        date_notified

    from ended

)

select * from outcomes
