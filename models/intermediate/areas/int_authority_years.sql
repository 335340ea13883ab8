{# Person-years: an authority that changed partnership in mid-year, or a year still running, weighs by its days. #}
with

calendar as (

    select * from {{ ref('int_calendar') }}

),

footprints as (

    select * from {{ ref('int_footprints') }}

    where area_type = 'partnership'

),

contexts as (

    select * from {{ ref('int_authority_contexts') }}

),

submissions as (

    select * from {{ ref('int_submissions_current') }}

),

last_day as (

    select max(as_at_date) as as_at_date from submissions

),

years as (

    select
        calendar.reporting_year,
        min(calendar.calendar_date) as first_day,
        least(max(calendar.calendar_date), max(last_day.as_at_date)) as last_day,
        count(*) as days_in_year

    from calendar

    cross join last_day

    where calendar.reporting_year >= {{ var('first_reporting_year') }}

    group by calendar.reporting_year

    having min(calendar.calendar_date) <= max(last_day.as_at_date)

),

-- Whoever is responsible for an authority now sends its earlier years too.
returned as (

    select distinct footprints.new_la_code

    from footprints

    inner join submissions
        on
            footprints.area_code = submissions.partnership_code
            and submissions.as_at_date between footprints.valid_from and footprints.valid_to

),

authority_years as (

    select
        footprints.new_la_code,
        footprints.area_code as partnership_code,
        years.reporting_year,
        {{ dbt.datediff(
            'greatest(years.first_day, footprints.valid_from)', 'least(years.last_day, footprints.valid_to)', 'day'
        ) }} + 1 as days_observed,
        years.days_in_year

    from years

    inner join footprints
        on
            years.last_day >= footprints.valid_from
            and years.first_day <= footprints.valid_to

),

weighted as (

    select
        authority_years.new_la_code,
        authority_years.partnership_code,
        authority_years.reporting_year,

        contexts.idaci_quintile,

        returned.new_la_code is not null as is_returned,

        authority_years.days_observed,
        -- Decimals add up to the same sum in any order; doubles would not, and a rebuild must give the same bytes.
        cast(
            contexts.population_0_17 * authority_years.days_observed / authority_years.days_in_year as decimal(28, 9)
        ) as child_years,
        cast(
            contexts.cin_31march * authority_years.days_observed / authority_years.days_in_year as decimal(28, 9)
        ) as child_in_need_years

    from authority_years

    left join contexts
        on
            authority_years.new_la_code = contexts.new_la_code
            and authority_years.reporting_year = contexts.reporting_year

    left join returned
        on authority_years.new_la_code = returned.new_la_code

)

select * from weighted
