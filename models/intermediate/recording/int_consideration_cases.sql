{# DM5 (impact considered), DM5b (fully), DM6 (recorded but not considered) and DM8 (intersectional coverage). #}
with

states as (

    select * from {{ ref('int_recording_states') }}

    where
        characteristic in ('ethnicity', 'disability', 'sex', 'sexual_orientation')
        and stage in ('rapid_review', 'lcspr')

),

{% set considered_in = {
    'DM5': "('partly_considered', 'considered')",
    'DM5b': "('considered')",
    'DM6': "('not_considered')",
} %}
by_characteristic as (

    {% for indicator, considerations in considered_in.items() %}
    select
        '{{ indicator }}' as indicator,
        characteristic || ':' || stage as breakdown,
        submission_ref,
        record_ref,
        new_la_code,
        is_excluded or state <> 'recorded' or consideration = 'not_assessed' as is_excluded,
        consideration in {{ considerations }} as is_success,
        date_notified

    from states

    {{ 'union all' if not loop.last }}
    {% endfor %}
),

-- A child of whom fewer than two can be said, or whose review was not assessed, could never be covered.
children as (

    select
        stage,
        submission_ref,
        record_ref,
        new_la_code,
        date_notified,
        bool_or(is_excluded) as is_excluded,
        count(*) filter (where state not in ('not_applicable', 'withheld')) as in_scope,
        count(*) filter (where state = 'recorded') as recorded,
        count(*) filter (where state = 'recorded' and consideration <> 'not_assessed') as assessed,
        count(*) filter (where consideration in ('partly_considered', 'considered')) as considered

    from states

    where characteristic <> 'sex'

    group by all

),

intersectional as (

    select
        'DM8' as indicator,
        stage as breakdown,
        submission_ref,
        record_ref,
        new_la_code,
        is_excluded or in_scope < 2 or (recorded >= 2 and assessed = 0) as is_excluded,
        recorded >= 2 and considered >= 1 as is_success,
        date_notified

    from children

),

cases as (

    select * from by_characteristic

    union all

    select * from intersectional

)

select * from cases
