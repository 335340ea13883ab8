{# Missing, nil and zero are three different things: nobody sent it, somebody confirmed none, nobody said. #}
with

submissions as (

    select * from {{ ref('int_submissions_current') }}

),

nil_returns as (

    select * from {{ ref('stg_returns__nil_returns') }}

),

partnerships as (

    select * from {{ ref('partnerships') }}

    where is_current

),

periods as (

    select distinct reporting_year

    from {{ ref('int_periods') }}

),

rows_by_year as (

    select * from {{ ref('int_return_rows') }}

),

returns as (

    select distinct return_name from rows_by_year

),

expected as (

    select
        partnerships.partnership_code,
        periods.reporting_year,
        returns.return_name

    from partnerships

    cross join periods

    cross join returns

),

received as (

    select
        expected.partnership_code,
        expected.reporting_year,
        expected.return_name,

        submissions.submission_ref,
        case
            when submissions.submission_ref is null then 'missing'
            when rows_by_year.records is not null then 'returned'
            when nil_returns.submission_ref is not null then 'nil'
            else 'zero_unconfirmed'
        end as state,

        coalesce(rows_by_year.records, 0) as records,

        submissions.received_at

    from expected

    left join submissions
        on expected.partnership_code = submissions.partnership_code

    left join rows_by_year
        on
            submissions.submission_ref = rows_by_year.submission_ref
            and expected.reporting_year = rows_by_year.reporting_year
            and expected.return_name = rows_by_year.return_name

    left join nil_returns
        on
            submissions.submission_ref = nil_returns.submission_ref
            and expected.reporting_year = nil_returns.reporting_year
            and expected.return_name = nil_returns.return_name

)

select * from received
