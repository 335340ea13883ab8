{# Rules within a return are told by the door, rules between returns by the house: no finding is counted twice. #}
with

submissions as (

    select * from {{ ref('int_submissions_current') }}

),

door_findings as (

    select * from {{ ref('door_findings') }}

),

rule_findings as (

    select * from {{ ref('rule_findings') }}

),

findings as (

    select
        submission_ref,
        rule,
        severity,
        is_explained

    from door_findings

    union all

    select
        submission_ref,
        rule,
        severity,
        is_explained

    from rule_findings

),

counted as (

    select
        submissions.partnership_code,
        findings.rule,
        findings.severity,
        count(*) as findings,
        cast(sum(case when findings.is_explained then 1 else 0 end) as integer) as explained

    from findings

    inner join submissions
        on findings.submission_ref = submissions.submission_ref

    group by
        submissions.partnership_code,
        findings.rule,
        findings.severity

)

select * from counted
