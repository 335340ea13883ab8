{# TM5: decision to sign-off and to publication. What has not ended lasted at least to the day it was followed to. #}
with

local_reviews as (

    select * from {{ ref('int_local_reviews_timed') }}

),

pauses as (

    select * from {{ ref('int_local_review_pauses') }}

),

{% set ends = {
    'signed_off': ('date_signed_off', 'date_followed_to_sign_off'),
    'published': ('date_published', 'date_followed_to_publication'),
} %}
clocks as (

    {% for clock, (end, followed_to) in ends.items() %}
    select
        '{{ clock }}' as clock,
        submission_ref,
        lcspr_ref,
        new_la_code,
        {{ end }} is not null as is_closed,
        date_started,
        coalesce({{ end }}, {{ followed_to }}) as date_ended

    from local_reviews

    {{ 'union all' if not loop.last }}
    {% endfor %}
),

paused as (

    select
        clocks.clock,
        clocks.submission_ref,
        clocks.lcspr_ref,
        sum(
            greatest(
                {{ dbt.datediff(
                    'greatest(pauses.date_paused, clocks.date_started)',
                    'least(coalesce(pauses.date_resumed, clocks.date_ended), clocks.date_ended)',
                    'day'
                ) }},
                0
            )
        ) as days_paused

    from clocks

    inner join pauses
        on
            clocks.submission_ref = pauses.submission_ref
            and clocks.lcspr_ref = pauses.lcspr_ref

    group by clocks.clock, clocks.submission_ref, clocks.lcspr_ref

),

durations as (

    select
        clocks.clock,
        clocks.submission_ref,
        clocks.lcspr_ref,
        clocks.new_la_code,

        clocks.date_ended < clocks.date_started as is_excluded,
        clocks.is_closed,

        {{ dbt.datediff('clocks.date_started', 'clocks.date_ended', 'day') }} as days,
        cast(coalesce(paused.days_paused, 0) as integer) as days_paused,

        clocks.date_started

    from clocks

    left join paused
        on
            clocks.clock = paused.clock
            and clocks.submission_ref = paused.submission_ref
            and clocks.lcspr_ref = paused.lcspr_ref

)

select * from durations
