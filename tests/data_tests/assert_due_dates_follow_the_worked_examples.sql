-- A failure means that the working-day clock of the house counts otherwise than the methods page says.
with

examples as (

    select *
    from (
        values
        (date '2024-03-28', date '2024-04-08', date '2024-04-22'),
        (date '2024-12-20', date '2024-12-31', date '2025-01-15'),
        (date '2025-04-17', date '2025-04-28', date '2025-05-13'),
        (date '2022-09-16', date '2022-09-26', date '2022-10-10'),
        (date '2023-05-05', date '2023-05-15', date '2023-05-30'),
        (date '2024-06-01', date '2024-06-07', date '2024-06-21'),
        (date '2024-06-03', date '2024-06-10', date '2024-06-24')
    ) as worked (start_date, due_in_5, due_in_15)

),

calendar as (

    select * from {{ ref('int_calendar') }}

)

select examples.*

from examples

inner join calendar as started
    on examples.start_date = started.calendar_date

inner join calendar as five
    on examples.due_in_5 = five.calendar_date

inner join calendar as fifteen
    on examples.due_in_15 = fifteen.calendar_date

where
    five.working_day_number - started.working_day_number <> 5
    or fifteen.working_day_number - started.working_day_number <> 15
    or not five.is_working_day
    or not fifteen.is_working_day
