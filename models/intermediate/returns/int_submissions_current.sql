with

ranked as (

    select * from {{ ref('int_submissions_ranked') }}

),

current_submissions as (

    select
        submission_ref,
        partnership_code,
        specification_version,
        is_synthetic,
        rows_accepted,
        rows_quarantined,
        period_start,
        as_at_date,
        received_at

    from ranked

    where recency = 1

)

select * from current_submissions
