{# TM10. Only a finished action can have had an effect, and the check is missed only once its time is over. #}
with

actions as (

    select * from {{ ref('int_actions_completed') }}

),

cases as (

    select
        'TM10' as indicator,
        'total' as breakdown,
        submission_ref,
        rec_ref as record_ref,
        new_la_code,
        false as is_excluded,
        date_due <= as_at_date as is_mature,
        coalesce(date_impact_checked between date_completed and date_due, false) as is_success,
        date_completed as cohort_date

    from actions

)

select * from cases
