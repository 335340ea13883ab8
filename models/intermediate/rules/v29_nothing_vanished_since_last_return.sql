{# Returns are cumulative, so a record sent once is sent again; a fall of a fifth is told once for the return. #}
with

held as (

    select * from {{ ref('stg_returns__submissions') }}

),

current_submissions as (

    select * from {{ ref('int_submissions_current') }}

),

earlier as (

    select
        current_submissions.submission_ref,
        current_submissions.as_at_date,
        held.submission_ref as earlier_submission_ref,
        held.as_at_date as earlier_as_at_date,
        row_number() over (
            partition by current_submissions.submission_ref
            order by held.as_at_date desc, held.received_at desc, held.submission_ref desc
        ) as recency

    from current_submissions

    inner join held
        on
            current_submissions.partnership_code = held.partnership_code
            and (held.as_at_date, held.received_at, held.submission_ref)
            < (current_submissions.as_at_date, current_submissions.received_at, current_submissions.submission_ref)

),

pairs as (

    select * from earlier

    where recency = 1

),

records as (

    select * from {{ ref('int_record_places') }}

),

counts as (

    select
        submission_ref,
        return_name,
        count(*) as records

    from records

    group by submission_ref, return_name

),

fallen as (

    select
        pairs.submission_ref,
        before.return_name,
        'all' as record_key,
        cast(null as integer) as source_row,
        'This return holds ' || coalesce(now.records, 0) || ' records; the return as at ' || pairs.earlier_as_at_date
        || ' held ' || before.records || '.' as message

    from pairs

    inner join counts as before
        on pairs.earlier_submission_ref = before.submission_ref

    left join counts as now
        on
            pairs.submission_ref = now.submission_ref
            and before.return_name = now.return_name

    where coalesce(now.records, 0) < 0.8 * before.records

),

vanished as (

    select
        pairs.submission_ref,
        before.return_name,
        before.record_key,
        cast(null as integer) as source_row,
        'The record ' || before.record_key || ' was in the return as at ' || pairs.earlier_as_at_date || ', row '
        || before.source_row || ', and is not in this one.' as message

    from pairs

    inner join records as before
        on pairs.earlier_submission_ref = before.submission_ref

    left join records as now
        on
            pairs.submission_ref = now.submission_ref
            and before.return_name = now.return_name
            and before.record_key = now.record_key

    where now.record_key is null

),

together as (

    select * from fallen

    union all

    select * from vanished

),

findings as (

    select
        'V29' as rule,
        'query' as severity,
        return_name,
        record_key,
        submission_ref,
        cast(null as varchar) as source_file,
        cast(null as varchar) as source_sheet,
        source_row,
        cast(null as varchar) as field,
        message,
        'Send the whole return since 1 April 2020 each time; put the record back, or explain why it went.' as fix

    from together

)

select * from findings
