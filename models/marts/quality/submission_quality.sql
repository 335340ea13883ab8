with

partnerships as (

    select * from {{ ref('partnerships') }}

    where is_current

),

submissions as (

    select * from {{ ref('int_submissions_current') }}

),

ranked as (

    select * from {{ ref('int_submissions_ranked') }}

),

findings as (

    select * from {{ ref('finding_counts') }}

),

changes as (

    select * from {{ ref('int_record_changes') }}

),

held as (

    select
        partnership_code,
        count(*) as submissions_held

    from ranked

    group by partnership_code

),

found as (

    select
        partnership_code,
        cast(sum(case when severity = 'error' then findings else 0 end) as integer) as errors,
        cast(sum(case when severity = 'query' then findings else 0 end) as integer) as queries,
        cast(sum(case when severity = 'query' then explained else 0 end) as integer) as queries_explained

    from findings

    group by partnership_code

),

changed as (

    select
        partnership_code,
        count(distinct case when change = 'new' then return_name || '|' || record_key end) as records_new,
        count(distinct case when change = 'gone' then return_name || '|' || record_key end) as records_gone,
        count(distinct case when change = 'changed' then return_name || '|' || record_key end) as records_changed

    from changes

    group by partnership_code

),

quality as (

    select
        partnerships.partnership_code,
        partnerships.partnership_name,
        submissions.submission_ref,

        submissions.specification_version,

        submissions.submission_ref is not null as is_returned,

        coalesce(held.submissions_held, 0) as submissions_held,
        submissions.rows_accepted,
        submissions.rows_quarantined,
        case when submissions.submission_ref is not null then coalesce(found.errors, 0) end as errors,
        case when submissions.submission_ref is not null then coalesce(found.queries, 0) end as queries,
        case when submissions.submission_ref is not null then coalesce(found.queries_explained, 0) end
            as queries_explained,
        case when held.submissions_held > 1 then coalesce(changed.records_new, 0) end as records_new,
        case when held.submissions_held > 1 then coalesce(changed.records_gone, 0) end as records_gone,
        case when held.submissions_held > 1 then coalesce(changed.records_changed, 0) end as records_changed,

        submissions.as_at_date,
        submissions.received_at

    from partnerships

    left join submissions
        on partnerships.partnership_code = submissions.partnership_code

    left join held
        on partnerships.partnership_code = held.partnership_code

    left join found
        on partnerships.partnership_code = found.partnership_code

    left join changed
        on partnerships.partnership_code = changed.partnership_code

)

select * from quality
