{# The date that puts a record into a reporting year is the first that its return always holds. #}
{% set dated_returns = {
    'referrals': 'date_referred',
    'notifications': 'date_notified',
    'rapid_reviews': 'date_rr_started',
    'lcsprs': 'date_lcspr_decision',
    'recommendations': 'date_made',
} %}
with

calendar as (

    select * from {{ ref('int_calendar') }}

),

referrals as (

    select * from {{ ref('stg_returns__referrals') }}

),

children as (

    select * from {{ ref('stg_returns__children') }}

),

records as (

    {% for return_name, column in dated_returns.items() %}
    select
        submission_ref,
        '{{ return_name }}' as return_name,
        {{ column }} as record_date

    from {{ ref('stg_returns__' ~ return_name) }}

    union all

    {% endfor %}
    select
        children.submission_ref,
        'children' as return_name,
        referrals.date_referred as record_date

    from children

    inner join referrals
        on
            children.submission_ref = referrals.submission_ref
            and children.incident_ref = referrals.incident_ref

),

counted as (

    select
        records.submission_ref,
        records.return_name,
        calendar.reporting_year,
        count(*) as records

    from records

    inner join calendar
        on records.record_date = calendar.calendar_date

    group by
        records.submission_ref,
        records.return_name,
        calendar.reporting_year

)

select * from counted
