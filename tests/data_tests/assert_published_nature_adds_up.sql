-- A failure means that deaths, serious harm and other do not sum to the published total of a year.
{{ config(tags=['reference']) }}

select
    reporting_year,
    sum(case when nature_of_notification = 'total' then number_notifications end) as total,
    sum(case when nature_of_notification <> 'total' then number_notifications end) as parts

from {{ ref('published_notifications_national') }}

where
    period = 'full_year'
    and breakdown_topic = 'total'
    and reporting_year >= 2020

group by reporting_year

having
    count(*) <> 4
    or sum(case when nature_of_notification = 'total' then number_notifications end)
    <> sum(case when nature_of_notification <> 'total' then number_notifications end)
