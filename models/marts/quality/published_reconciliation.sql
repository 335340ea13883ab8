{# The two are printed side by side; a difference is a question to ask, never an error of either. #}
with

published as (

    select * from {{ ref('published_notifications') }}

    where period = 'full_year'

),

counts as (

    select * from {{ ref('indicator_counts') }}

    where indicator = 'NT1'

),

reconciled as (

    select
        published.geographic_level,
        published.area_code,
        published.area_name,
        published.reporting_year,
        published.nature,

        published.number_rounding,
        published.value_status,

        published.number_notifications as published_notifications,
        counts.numerator as returned_notifications,
        counts.authorities,
        counts.authorities_returned

    from published

    inner join counts
        on
            published.area_code = counts.area_code
            and cast(published.reporting_year as varchar) = counts.period
            and published.nature = counts.breakdown
            and counts.period_type = 'year'
            and counts.area_type in ('england', 'region')

    where not counts.is_part_period

)

select * from reconciled
