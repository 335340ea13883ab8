{# How long a case must have been followed before it counts is a fact of the catalogue, not of this query. #}
with

referral_cases as (

    select * from {{ ref('int_referral_cases') }}

),

notification_cases as (

    select * from {{ ref('int_notification_cases') }}

),

rapid_review_cases as (

    select * from {{ ref('int_rapid_review_cases') }}

),

catalogue as (

    select * from {{ ref('indicators') }}

),

all_cases as (

    select * from referral_cases

    union all

    select * from notification_cases

    union all

    select * from rapid_review_cases

),

cases as (

    select
        all_cases.indicator,
        all_cases.breakdown,
        all_cases.submission_ref,
        case
            when all_cases.indicator in ('CV1', 'CV5', 'CV9') then 'referrals'
            when all_cases.indicator in ('CV3', 'CV6', 'CV7') then 'rapid_reviews'
            else 'notifications'
        end as return_name,
        all_cases.record_ref,

        all_cases.new_la_code,

        all_cases.is_excluded,
        all_cases.working_days_followed >= catalogue.matures_after_working_days as is_mature,
        all_cases.is_success,

        all_cases.cohort_date

    from all_cases

    inner join catalogue
        on all_cases.indicator = catalogue.indicator

)

select * from cases
