{# CV1 (notified), CV5 (screened out, learning captured) and CV9 (partners dissented). #}
with

referrals as (

    select * from {{ ref('int_referrals_followed') }}

),

-- A care leaver's death is notified of free will and published apart. Left in, it would also be told by the difference
-- to NT6, which counts the same referrals without it.
notified as (

    select
        'CV1' as indicator,
        'total' as breakdown,
        submission_ref,
        incident_ref as record_ref,
        new_la_code,
        working_days_followed,
        triage_outcome in ('PENDING', 'TRANSFERRED') or is_care_leaver_death as is_excluded,
        has_notification as is_success,
        date_referred as cohort_date

    from referrals

),

learning_captured as (

    select
        'CV5' as indicator,
        'total' as breakdown,
        submission_ref,
        incident_ref as record_ref,
        new_la_code,
        working_days_followed,
        false as is_excluded,
        triage_outcome = 'NOT_MET_LOCAL_LEARNING' as is_success,
        date_triage_decision as cohort_date

    from referrals

    where triage_outcome like 'NOT_MET%'

),

dissented as (

    select
        'CV9' as indicator,
        'total' as breakdown,
        submission_ref,
        incident_ref as record_ref,
        new_la_code,
        working_days_followed,
        agreement = 'NOT_RECORDED' as is_excluded,
        agreement in ('MAJORITY', 'LA_DECIDED', 'ESCALATED') as is_success,
        date_triage_decision as cohort_date

    from referrals

    where triage_outcome not in ('PENDING', 'TRANSFERRED')

),

cases as (

    select * from notified

    union all

    select * from learning_captured

    union all

    select * from dissented

)

select * from cases
