with

landed as (

    select * from {{ source('landing', 'submission') }}

),

typed as (

    select
        submission_ref,
        partnership_code,

        specification_version,
        content_sha256,

        is_synthetic = 'Y' as is_synthetic,

        cast(rows_accepted as integer) as rows_accepted,
        cast(rows_quarantined as integer) as rows_quarantined,

        {{ as_date('period_start') }},
        {{ as_date('as_at_date') }},
        {{ dbt.safe_cast('received_at', 'timestamp') }} as received_at

    from landed

)

select * from typed
