with

changes as (

    select * from {{ ref('int_recorded_changes') }}

    where not is_excluded

),

members as (

    select * from {{ ref('int_area_members') }}

    where area_type in ('partnership', 'region', 'england')

),

periods as (

    select * from {{ ref('int_periods') }}

),

yearly as (

    select
        new_la_code,
        partnership_code,
        reporting_year,
        characteristic,
        stages,
        change,
        count(*) as children

    from changes

    group by all

),

counted as (

    select
        members.area_type,
        members.area_code,
        periods.period_type,
        periods.period,
        yearly.characteristic,
        yearly.stages,
        yearly.change,
        cast(sum(yearly.children) as integer) as children

    from yearly

    inner join members
        on
            yearly.new_la_code = members.new_la_code
            and yearly.partnership_code = members.partnership_code
            and yearly.reporting_year = members.reporting_year

    inner join periods
        on yearly.reporting_year = periods.reporting_year

    group by all

),

totals as (

    select
        area_type,
        area_code,
        period_type,
        period,
        characteristic,
        stages,
        'total' as change,
        cast(sum(children) as integer) as children

    from counted

    group by all

),

recorded_changes as (

    select * from counted

    union all

    select * from totals

)

select * from recorded_changes
