{# One local review over three rapid reviews is found three times here: conversion counts incidents, not reports. #}
with

rapid_reviews as (

    select * from {{ ref('stg_returns__rapid_reviews') }}

),

lcsprs as (

    select * from {{ ref('stg_returns__lcsprs') }}

),

submissions as (

    select * from {{ ref('int_submissions_current') }}

),

reviewed_further as (

    select distinct
        rapid_reviews.submission_ref,
        rapid_reviews.rr_ref

    from rapid_reviews

    inner join lcsprs
        on
            rapid_reviews.submission_ref = lcsprs.submission_ref
            and position(';' || rapid_reviews.rr_ref || ';' in ';' || replace(lcsprs.rr_refs, ' ', '') || ';') > 0

),

followed as (

    select
        rapid_reviews.submission_ref,
        rapid_reviews.rr_ref,
        rapid_reviews.sin_ref,

        rapid_reviews.status,
        rapid_reviews.partners_decision,
        rapid_reviews.decision_reasons,
        rapid_reviews.panel_view,
        rapid_reviews.final_decision,

        rapid_reviews.status = 'SUBMITTED' and rapid_reviews.date_rr_submitted is not null as is_submitted,
        reviewed_further.rr_ref is not null
        or coalesce(rapid_reviews.final_decision = 'LCSPR', false) as has_lcspr,

        rapid_reviews.late_reason,
        rapid_reviews.practitioners_involved,
        rapid_reviews.family_informed,

        rapid_reviews.date_rr_agreed,
        rapid_reviews.date_rr_submitted,
        rapid_reviews.family_informed_date,
        rapid_reviews.date_lcspr_decision,
        rapid_reviews.date_panel_received,
        rapid_reviews.date_panel_response,
        rapid_reviews.date_decision_confirmed

    from rapid_reviews

    inner join submissions
        on rapid_reviews.submission_ref = submissions.submission_ref

    left join reviewed_further
        on
            rapid_reviews.submission_ref = reviewed_further.submission_ref
            and rapid_reviews.rr_ref = reviewed_further.rr_ref

)

select * from followed
