{# One model a family says which cases it looks at; what is done with a case from here on is the same for all. #}
{%- set families = [
    'int_conversion_cases',
    'int_notification_trend_cases',
    'int_recommendation_cases',
    'int_recording_cases',
    'int_repetition_cases',
    'int_timeliness_cases',
] %}
with

calendar as (

    select * from {{ ref('int_calendar') }}

),

family_cases as (

    {% for family in families %}
    select
        indicator,
        breakdown,
        submission_ref,
        return_name,
        record_ref,
        new_la_code,
        is_excluded,
        is_mature,
        is_success,
        cohort_date

    from {{ ref(family) }}

    {{ 'union all' if not loop.last }}
    {% endfor %}
),

cases as (

    select
        family_cases.*,
        calendar.reporting_year,
        calendar.reporting_quarter

    from family_cases

    inner join calendar
        on family_cases.cohort_date = calendar.calendar_date

    where calendar.reporting_year >= {{ var('first_reporting_year') }}

)

select * from cases
