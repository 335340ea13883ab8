{# TM5 open or ended; TM5c, TM6 and TM9 ended only; TM8 how far past their due day the open ones are. #}
with

durations as (

    select * from {{ ref('int_local_review_durations') }}

),

stages as (

    select * from {{ ref('int_local_review_stages') }}

),

local_reviews as (

    select * from {{ ref('int_local_reviews_timed') }}

),

{% set clocks = {'': 'days', '_less_pauses': 'greatest(days - days_paused, 0)'} %}
review_lengths as (

    {% for ending, days in clocks.items() %}
    select
        'TM5' as indicator,
        clock || '{{ ending }}' as breakdown,
        submission_ref,
        lcspr_ref,
        new_la_code,
        is_excluded,
        is_closed,
        {{ days }} as days,
        date_started as cohort_date

    from durations

    {{ 'union all' if not loop.last }}
    {% endfor %}
),

{% set indicators = {
    'TM5c': "stage = 'rapid_review_to_sign_off'",
    'TM6': "stage <> 'rapid_review_to_sign_off'",
    'TM9': "stage = 'sign_off_to_publication'",
} %}
stage_lengths as (

    {% for indicator, chosen in indicators.items() %}
    select
        '{{ indicator }}' as indicator,
        {{ 'stage' if indicator == 'TM6' else "'total'" }} as breakdown,
        submission_ref,
        lcspr_ref,
        new_la_code,
        is_excluded,
        true as is_closed,
        days,
        date_ended as cohort_date

    from stages

    where {{ chosen }}

    {{ 'union all' if not loop.last }}
    {% endfor %}
),

-- Counted on the day of the return: it says what is overdue now, of whatever year.
days_overdue as (

    select
        'TM8' as indicator,
        'total' as breakdown,
        submission_ref,
        lcspr_ref,
        new_la_code,
        false as is_excluded,
        true as is_closed,
        {{ dbt.datediff('date_due', 'as_at_date', 'day') }} as days,
        as_at_date as cohort_date

    from local_reviews

    where is_open and date_due < as_at_date

),

all_lengths as (

    select * from review_lengths

    union all

    select * from stage_lengths

    union all

    select * from days_overdue

),

timeliness_durations as (

    select
        indicator,
        breakdown,
        submission_ref,
        'lcsprs' as return_name,
        lcspr_ref as record_ref,
        new_la_code,
        is_excluded,
        is_closed,
        days,
        cohort_date

    from all_lengths

)

select * from timeliness_durations
