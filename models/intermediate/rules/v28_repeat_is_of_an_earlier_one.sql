{# No return holds repeat_of: we derive it, so a finding here is a fault of ours. #}
with

recommendations as (

    {{ current_rows('recommendations') }}

),

repeated as (

    select * from {{ ref('int_recommendations_repeated') }}

),

findings as (

    select
        {{ finding_about('recommendations', 'V28', 'error', 'rec_ref') }},
        case
            when repeated.repeat_of = repeated.rec_ref then 'The recommendation is said to repeat itself.'
            else 'The recommendation is said to repeat ' || repeated.repeat_of || ', which is not an earlier one.'
        end as message,
        'Nothing to correct in the return: tell those who run Throughline.' as fix

    from repeated

    inner join recommendations
        on
            repeated.submission_ref = recommendations.submission_ref
            and repeated.rec_ref = recommendations.rec_ref

    left join recommendations as earlier
        on
            repeated.submission_ref = earlier.submission_ref
            and repeated.repeat_of = earlier.rec_ref

    where
        repeated.repeat_of = repeated.rec_ref
        or earlier.rec_ref is null
        or earlier.date_made > recommendations.date_made

)

select * from findings
