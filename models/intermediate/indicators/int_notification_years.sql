{# Expected: what each authority would have notified at the national rate of its deprivation quintile (NT5). #}
with

authority_years as (

    select * from {{ ref('int_authority_years') }}

    where is_returned

),

counts as (

    select * from {{ ref('int_notification_counts') }}

),

yearly_counts as (

    select
        new_la_code,
        partnership_code,
        reporting_year,
        sum(notifications) as notifications

    from counts

    group by new_la_code, partnership_code, reporting_year

),

observed as (

    select
        authority_years.*,
        coalesce(yearly_counts.notifications, 0) as notifications

    from authority_years

    left join yearly_counts
        on
            authority_years.new_la_code = yearly_counts.new_la_code
            and authority_years.partnership_code = yearly_counts.partnership_code
            and authority_years.reporting_year = yearly_counts.reporting_year

),

quintile_rates as (

    select
        reporting_year,
        idaci_quintile,
        cast(sum(notifications) as double) / cast(sum(child_years) as double) as notifications_per_child_year

    from observed

    where idaci_quintile is not null and child_years is not null

    group by reporting_year, idaci_quintile

),

notification_years as (

    select
        observed.new_la_code,
        observed.partnership_code,
        observed.reporting_year,

        observed.notifications,
        observed.child_years,
        observed.child_in_need_years,
        cast(
            cast(observed.child_years as double) * quintile_rates.notifications_per_child_year as decimal(28, 9)
        ) as expected_notifications

    from observed

    left join quintile_rates
        on
            observed.reporting_year = quintile_rates.reporting_year
            and observed.idaci_quintile = quintile_rates.idaci_quintile

)

select * from notification_years
