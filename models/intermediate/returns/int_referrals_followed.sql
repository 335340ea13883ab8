{# From referral to notification. Every date of a record is read as at the day its partnership drew up the return. #}
with

referrals as (

    select * from {{ ref('stg_returns__referrals') }}

),

notifications as (

    select * from {{ ref('stg_returns__notifications') }}

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

notified_incidents as (

    select
        submission_ref,
        incident_ref,
        bool_and(nature = 'CARE_LEAVER_DEATH') as is_care_leaver_death

    from notifications

    group by submission_ref, incident_ref

),

followed as (

    select
        referrals.submission_ref,
        referrals.incident_ref,

        authority_codes.new_la_code,
        referrals.harm_outcome,
        referrals.triage_outcome,
        referrals.not_met_reason,
        referrals.agreement,
        referrals.dissenting_agencies,
        referrals.local_learning_route,
        referrals.theme_codes,

        notified_incidents.incident_ref is not null as has_notification,
        coalesce(notified_incidents.is_care_leaver_death, false) as is_care_leaver_death,

        as_at.working_day_number - referred.working_day_number as working_days_followed,

        referrals.date_referred,
        referrals.date_triage_decision,
        submissions.as_at_date

    from referrals

    inner join submissions
        on referrals.submission_ref = submissions.submission_ref

    left join authority_codes
        on referrals.new_la_code = authority_codes.any_la_code

    left join notified_incidents
        on
            referrals.submission_ref = notified_incidents.submission_ref
            and referrals.incident_ref = notified_incidents.incident_ref

    left join calendar as referred
        on referrals.date_referred = referred.calendar_date

    left join calendar as as_at
        on submissions.as_at_date = as_at.calendar_date

)

select * from followed
