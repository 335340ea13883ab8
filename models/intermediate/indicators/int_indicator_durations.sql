{# The same shape as int_indicator_cases, for what is timed: an open case has lasted at least so many days. #}
{%- set families = [
    'int_timeliness_durations',
] %}
with

calendar as (

    select * from {{ ref('int_calendar') }}

),

footprints as (

    select * from {{ ref('int_footprints') }}

    where area_type = 'partnership'

),

family_durations as (

    {% for family in families %}
    select
        indicator,
        breakdown,
        submission_ref,
        return_name,
        record_ref,
        new_la_code,
        is_excluded,
        is_closed,
        days,
        cohort_date

    from {{ ref(family) }}

    {{ 'union all' if not loop.last }}
    {% endfor %}
),

durations as (

    select
        family_durations.*,
        footprints.area_code as partnership_code,
        calendar.reporting_year

    from family_durations

    inner join calendar
        on family_durations.cohort_date = calendar.calendar_date

    inner join footprints
        on
            family_durations.new_la_code = footprints.new_la_code
            and family_durations.cohort_date between footprints.valid_from and footprints.valid_to

    where calendar.reporting_year >= {{ var('first_reporting_year') }}

)

select * from durations
