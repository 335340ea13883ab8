with

decided as (

    select * from {{ source('decisions', 'pair_decisions') }}

),

typed as (

    select
        rec_id,
        earlier_rec_id,

        role,
        verdict,
        text_sha256,
        earlier_text_sha256,
        text_version,

        score,

        {{ dbt.safe_cast('decided_at', 'timestamp') }} as decided_at

    from decided

)

select * from typed
