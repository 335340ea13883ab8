{# Where a record without an incident is counted: the first authority, by code, of the partnership that sent it. #}
with

submissions as (

    select * from {{ ref('int_submissions_current') }}

),

footprints as (

    select * from {{ ref('int_footprints') }}

    where area_type = 'partnership'

),

homes as (

    select
        submissions.submission_ref,
        submissions.partnership_code,
        min(footprints.new_la_code) as new_la_code

    from submissions

    inner join footprints
        on submissions.partnership_code = footprints.area_code

    group by submissions.submission_ref, submissions.partnership_code

)

select * from homes
