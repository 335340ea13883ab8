{# Rules within a return are told by the door, rules across returns by the house: no finding is counted twice. #}
with

submissions as (

    select * from {{ ref('int_submissions_current') }}

),

rules as (

    select * from {{ ref('rules') }}

),

door_findings as (

    select * from {{ ref('stg_returns__findings') }}

),

counted as (

    select
        submissions.partnership_code,
        rules.rule,
        rules.severity,
        count(*) as findings,
        0 as explained

    from door_findings

    inner join submissions
        on door_findings.submission_ref = submissions.submission_ref

    inner join rules
        on door_findings.rule = rules.rule

    where rules.scope <> 'cross_return'

    group by submissions.partnership_code, rules.rule, rules.severity

)

select * from counted
