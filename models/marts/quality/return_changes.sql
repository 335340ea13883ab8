with

changes as (

    select * from {{ ref('int_record_changes') }}

),

counted as (

    select
        partnership_code,
        return_name,
        change,
        field,
        count(*) as records

    from changes

    group by
        partnership_code,
        return_name,
        change,
        field

)

select * from counted
