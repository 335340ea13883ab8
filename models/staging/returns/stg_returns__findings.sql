with

landed as (

    select * from {{ source('landing', 'findings') }}

),

typed as (

    select
        submission_ref,
        file as source_file,
        sheet as source_sheet,
        "row" as source_row,

        rule,
        severity,
        field,

        message

    from landed

)

select * from typed
