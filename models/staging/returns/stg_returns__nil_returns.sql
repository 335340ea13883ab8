with

landed as (

    select * from {{ source('landing', 'nil_returns') }}

),

typed as (

    select
        submission_ref,
        source_file,
        source_sheet,
        source_row,

        return_name,

        {{ as_integer('reporting_year') }}

    from landed

)

select * from typed
