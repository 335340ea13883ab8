{# One cohort followed through the stages: every stage of a child counts in the year of the notification. #}
with

status_cases as (

    select * from {{ ref('int_status_cases') }}

),

consideration_cases as (

    select * from {{ ref('int_consideration_cases') }}

),

changes as (

    select * from {{ ref('int_recorded_changes') }}

    where characteristic in ('ethnicity', 'disability', 'sex', 'sexual_orientation')

),

lcsprs as (

    select * from {{ ref('int_lcsprs_followed') }}

    where date_tor_agreed is not null

),

gained_or_lost as (

    {% for change in ['gained', 'lost'] %}
    select
        'DM7' as indicator,
        characteristic || ':{{ change }}:' || stages as breakdown,
        submission_ref,
        record_ref,
        new_la_code,
        is_excluded,
        change = '{{ change }}' as is_success,
        date_notified

    from changes

    {{ 'union all' if not loop.last }}
    {% endfor %}
),

children as (

    select * from status_cases

    union all

    select * from consideration_cases

    union all

    select * from gained_or_lost

),

cases as (

    select
        indicator,
        breakdown,
        submission_ref,
        'children' as return_name,
        record_ref,

        new_la_code,

        is_excluded,
        true as is_mature,
        is_success,

        date_notified as cohort_date

    from children

    union all

    -- Terms agreed and nothing said of equality in them is unknown, not no.
    select
        'DM10' as indicator,
        'total' as breakdown,
        submission_ref,
        'lcsprs' as return_name,
        lcspr_ref as record_ref,

        new_la_code,

        tor_includes_eedi is null as is_excluded,
        true as is_mature,
        coalesce(tor_includes_eedi = 'Y', false) as is_success,

        date_tor_agreed as cohort_date

    from lcsprs

)

select * from cases
