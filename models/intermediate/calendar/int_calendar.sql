with

bank_holidays as (

    select * from {{ ref('bank_holidays') }}

),

days as (

    {{ dbt.date_spine('day', "cast('2017-01-01' as date)", "cast('2031-01-01' as date)") }}

),

marked as (

    select
        cast(days.date_day as date) as calendar_date,

        extract(isodow from days.date_day) <= 5 and bank_holidays.date is null as is_working_day,

        -- A reporting year ends on 31 March and is named by the year in which it ends.
        cast(extract(year from days.date_day) + floor((extract(month from days.date_day) + 8) / 12) as integer)
            as reporting_year,
        cast(mod(extract(month from days.date_day) + 8, 12) as integer) as months_into_year

    from days

    left join bank_holidays
        on cast(days.date_day as date) = bank_holidays.date

),

numbered as (

    select
        calendar_date,
        is_working_day,
        reporting_year,

        cast(floor(months_into_year / 3) as integer) + 1 as reporting_quarter,
        sum(case when is_working_day then 1 else 0 end) over (
            order by calendar_date
            rows between unbounded preceding and current row
        ) as working_day_number

    from marked

)

select * from numbered
