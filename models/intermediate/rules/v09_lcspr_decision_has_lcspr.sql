{# Twenty working days are allowed for the other record to be written up. #}
with

rapid_reviews as (

    {{ current_rows('rapid_reviews') }}

),

lcsprs as (

    {{ current_rows('lcsprs') }}

),

named_rapid_reviews as (

    select * from {{ ref('int_lcspr_rapid_reviews') }}

),

calendar as (

    select * from {{ ref('int_calendar') }}

),

decided as (

    select
        rapid_reviews.*,
        as_at.working_day_number - decision.working_day_number as working_days_since_decision

    from rapid_reviews

    left join calendar as decision
        on coalesce(rapid_reviews.date_decision_confirmed, rapid_reviews.date_lcspr_decision) = decision.calendar_date

    left join calendar as as_at
        on rapid_reviews.as_at_date = as_at.calendar_date

),

findings as (

    select
        {{ finding_about('rapid_reviews', 'V09', 'query', 'final_decision', rows='decided') }},
        'The final decision is a local review, and the lcsprs return holds none for this rapid review.' as message,
        'Add the local review, or correct the final decision.' as fix

    from decided

    left join named_rapid_reviews
        on
            decided.submission_ref = named_rapid_reviews.submission_ref
            and decided.rr_ref = named_rapid_reviews.rr_ref

    where
        decided.final_decision = 'LCSPR'
        and named_rapid_reviews.lcspr_ref is null
        and coalesce(decided.working_days_since_decision > 20, true)

    union all

    select
        {{ finding_about('lcsprs', 'V09', 'query', 'rr_refs') }},
        'The final decision of the rapid review ' || rapid_reviews.rr_ref || ' is '
        || coalesce(rapid_reviews.final_decision, 'blank') || ', not a local review.' as message,
        'Correct the final decision in rapid_reviews, or explain.' as fix

    from lcsprs

    inner join named_rapid_reviews
        on
            lcsprs.submission_ref = named_rapid_reviews.submission_ref
            and lcsprs.lcspr_ref = named_rapid_reviews.lcspr_ref

    inner join rapid_reviews
        on
            named_rapid_reviews.submission_ref = rapid_reviews.submission_ref
            and named_rapid_reviews.rr_ref = rapid_reviews.rr_ref

    left join calendar as decision
        on lcsprs.date_lcspr_decision = decision.calendar_date

    left join calendar as as_at
        on lcsprs.as_at_date = as_at.calendar_date

    where
        coalesce(rapid_reviews.final_decision, '') <> 'LCSPR'
        and (
            rapid_reviews.final_decision is not null
            or as_at.working_day_number - decision.working_day_number > 20
        )

)

select * from findings
