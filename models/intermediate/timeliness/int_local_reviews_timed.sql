{# Six calendar months from the decision: the end of a shorter month where the day does not exist in it. #}
with

lcsprs as (

    select * from {{ ref('int_lcsprs_followed') }}

),

clocked as (

    select
        *,

        case {{ setting('local_review_clock_start') }}
            when 'first_decision' then date_lcspr_decision
            when 'confirmed_decision' then coalesce(date_decision_confirmed, date_lcspr_decision)
        end as date_started,

        status = 'DISCONTINUED' as is_discontinued,
        status = 'NOT_PUBLISHED' or coalesce(publication_form = 'NOT_PUBLISHED', false) as is_not_published,

        greatest(
            date_lcspr_decision,
            date_commission_started,
            date_reviewer_appointed,
            date_tor_agreed,
            date_first_panel,
            date_practitioner_event,
            date_first_draft,
            date_signed_off,
            date_sent_panel
        ) as date_of_last_stage

    from lcsprs

),

timed as (

    select
        submission_ref,
        lcspr_ref,
        partnership_code,
        new_la_code,

        status,
        delay_reasons,
        pause_intervals,

        is_discontinued,
        is_not_published,
        not is_discontinued and not is_not_published and date_published is null as is_open,
        delay_notified_to_panel is not null as is_delay_told,

        date_rr_submitted,
        date_started,
        cast(
            {{ dbt.dateadd('month', setting('local_review_limit_months', 'integer'), 'date_started') }} as date
        ) as date_due,
        date_reviewer_appointed,
        date_first_draft,
        date_signed_off,
        date_published,
        -- The last day on which a review that has not reached its end was still known to be under way.
        case
            when is_discontinued then coalesce(date_withdrawn, date_of_last_stage)
            else as_at_date
        end as date_followed_to_sign_off,
        case
            when is_discontinued then coalesce(date_withdrawn, date_of_last_stage)
            when is_not_published then date_of_last_stage
            else as_at_date
        end as date_followed_to_publication,
        family_told_outcome_date,
        practitioners_told_outcome_date,
        as_at_date

    from clocked

    -- A review without its decision date cannot be placed in any year; the door does not let one in.
    where date_started is not null

)

select * from timed
