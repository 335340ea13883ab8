{# Pauses come in one cell, as start/end/reason with semicolons between; one without an end is still running. #}
with

local_reviews as (

    select * from {{ ref('int_local_reviews_timed') }}

    where pause_intervals is not null

),

named as (

    select
        submission_ref,
        lcspr_ref,
        unnest(string_split(pause_intervals, ';')) as pause_interval

    from local_reviews

),

pauses as (

    select
        submission_ref,
        lcspr_ref,
        trim(split_part(pause_interval, '/', 3)) as reason,
        {{ dbt.safe_cast("trim(split_part(pause_interval, '/', 1))", 'date') }} as date_paused,
        {{ dbt.safe_cast("trim(split_part(pause_interval, '/', 2))", 'date') }} as date_resumed

    from named

)

select * from pauses

where date_paused is not null
