with

landed as (

    select * from {{ source('landing', 'query_answers') }}

),

typed as (

    select
        submission_ref,
        source_file,
        source_sheet,
        source_row,

        rule,
        return_name,
        record_key,

        explanation,

        {{ as_date('explained_on') }}

    from landed

)

select * from typed
