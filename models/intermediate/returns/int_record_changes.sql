{# Names the fields that changed and never their values: what was said before stays in the submission that said it. #}
with

ranked as (

    select * from {{ ref('int_submissions_ranked') }}

),

fields as (

    select * from {{ ref('int_record_fields') }}

),

placed as (

    select
        ranked.partnership_code,
        ranked.recency,
        fields.return_name,
        fields.record_key,
        fields.field,
        fields.value

    from fields

    inner join ranked
        on fields.submission_ref = ranked.submission_ref

),

current_fields as (

    select * from placed

    where recency = 1

),

previous_fields as (

    select * from placed

    where recency = 2

),

current_records as (

    select distinct
        partnership_code,
        return_name,
        record_key

    from current_fields

),

previous_records as (

    select distinct
        partnership_code,
        return_name,
        record_key

    from previous_fields

),

new_and_gone as (

    select
        coalesce(current_records.partnership_code, previous_records.partnership_code) as partnership_code,
        coalesce(current_records.return_name, previous_records.return_name) as return_name,
        coalesce(current_records.record_key, previous_records.record_key) as record_key,
        case when previous_records.record_key is null then 'new' else 'gone' end as change,
        cast(null as varchar) as field

    from current_records

    full outer join previous_records
        on
            current_records.partnership_code = previous_records.partnership_code
            and current_records.return_name = previous_records.return_name
            and current_records.record_key = previous_records.record_key

    where
        current_records.record_key is null
        or previous_records.record_key is null

),

kept_records as (

    select current_records.*

    from current_records

    inner join previous_records
        on
            current_records.partnership_code = previous_records.partnership_code
            and current_records.return_name = previous_records.return_name
            and current_records.record_key = previous_records.record_key

),

differing_fields as (

    select
        coalesce(current_fields.partnership_code, previous_fields.partnership_code) as partnership_code,
        coalesce(current_fields.return_name, previous_fields.return_name) as return_name,
        coalesce(current_fields.record_key, previous_fields.record_key) as record_key,
        coalesce(current_fields.field, previous_fields.field) as field

    from current_fields

    full outer join previous_fields
        on
            current_fields.partnership_code = previous_fields.partnership_code
            and current_fields.return_name = previous_fields.return_name
            and current_fields.record_key = previous_fields.record_key
            and current_fields.field = previous_fields.field

    where
        current_fields.value is null
        or previous_fields.value is null
        or current_fields.value <> previous_fields.value

),

changed as (

    select
        differing_fields.partnership_code,
        differing_fields.return_name,
        differing_fields.record_key,
        'changed' as change,
        differing_fields.field

    from differing_fields

    inner join kept_records
        on
            differing_fields.partnership_code = kept_records.partnership_code
            and differing_fields.return_name = kept_records.return_name
            and differing_fields.record_key = kept_records.record_key

),

changes as (

    select * from new_and_gone

    union all

    select * from changed

)

select * from changes
