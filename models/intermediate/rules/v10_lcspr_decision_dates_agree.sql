{# A thematic review is decided with the last of the rapid reviews that it covers. #}
with

lcsprs as (

    {{ current_rows('lcsprs') }}

),

named_rapid_reviews as (

    select * from {{ ref('int_lcspr_rapid_reviews') }}

),

rapid_reviews as (

    {{ current_rows('rapid_reviews') }}

),

decided as (

    select
        named_rapid_reviews.submission_ref,
        named_rapid_reviews.lcspr_ref,
        max(rapid_reviews.date_lcspr_decision) as date_lcspr_decision

    from named_rapid_reviews

    inner join rapid_reviews
        on
            named_rapid_reviews.submission_ref = rapid_reviews.submission_ref
            and named_rapid_reviews.rr_ref = rapid_reviews.rr_ref

    group by named_rapid_reviews.submission_ref, named_rapid_reviews.lcspr_ref

),

findings as (

    select
        {{ finding_about('lcsprs', 'V10', 'query', 'date_lcspr_decision') }},
        'The decision date (' || lcsprs.date_lcspr_decision || ') is not the one in rapid_reviews ('
        || coalesce(cast(decided.date_lcspr_decision as varchar), 'blank') || ').' as message,
        'Give the same date in both, or explain.' as fix

    from lcsprs

    inner join decided
        on
            lcsprs.submission_ref = decided.submission_ref
            and lcsprs.lcspr_ref = decided.lcspr_ref

    where
        lcsprs.date_lcspr_decision <> decided.date_lcspr_decision
        or decided.date_lcspr_decision is null

)

select * from findings
