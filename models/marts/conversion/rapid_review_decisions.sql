{# Cells that hold several codes are counted under each, so those axes add up to more than the cases. #}
with

rapid_reviews as (

    select * from {{ ref('int_rapid_reviews_followed') }}

    where is_submitted

),

notifications as (

    select * from {{ ref('int_notifications_followed') }}

    where is_reviewable

),

referrals as (

    select * from {{ ref('int_referrals_followed') }}

    where triage_outcome not in ('PENDING', 'TRANSFERRED')

),

recommendations as (

    select * from {{ ref('stg_returns__recommendations') }}

    where source_type = 'LOCAL_LEARNING'

),

calendar as (

    select * from {{ ref('int_calendar') }}

),

footprints as (

    select * from {{ ref('int_footprints') }}

    where area_type = 'partnership'

),

members as (

    select * from {{ ref('int_area_members') }}

    where area_type in ('partnership', 'police_force', 'icb', 'region', 'england')

),

periods as (

    select * from {{ ref('int_periods') }}

),

learned_from as (

    select distinct
        submission_ref,
        source_ref as incident_ref

    from recommendations

),

reviewed as (

    select
        notifications.new_la_code,
        rapid_reviews.date_rr_submitted,
        rapid_reviews.date_panel_response,
        rapid_reviews.decision_reasons,
        coalesce(rapid_reviews.partners_decision, 'BLANK') as partners_decision,
        coalesce(rapid_reviews.final_decision, 'BLANK') as final_decision,
        coalesce(rapid_reviews.panel_view, 'BLANK') as panel_view

    from rapid_reviews

    inner join notifications
        on
            rapid_reviews.submission_ref = notifications.submission_ref
            and rapid_reviews.sin_ref = notifications.sin_ref

),

triaged as (

    select
        referrals.*,
        coalesce(referrals.local_learning_route, 'BLANK') as route,
        case when learned_from.incident_ref is null then 'N' else 'Y' end as learning_recorded

    from referrals

    left join learned_from
        on
            referrals.submission_ref = learned_from.submission_ref
            and referrals.incident_ref = learned_from.incident_ref

),

not_met as (

    select * from triaged

    where triage_outcome like 'NOT_MET%'

),

dissented as (

    select * from triaged

    where agreement in ('MAJORITY', 'LA_DECIDED', 'ESCALATED')

),

sent_to_learn as (

    select * from triaged

    where triage_outcome = 'NOT_MET_LOCAL_LEARNING'

),

{# Each axis: its cases, the day that decides their year, what comes before the code, and the field. #}
{%- set axes = [
    ('partners_decision', 'reviewed', 'date_rr_submitted', 'partners_decision'),
    ('final_decision', 'reviewed', 'date_rr_submitted', 'final_decision'),
    ('partners_decision:final_decision', 'reviewed', 'date_rr_submitted',
        "partners_decision || ':' || final_decision"),
    ('panel_view', 'reviewed', 'date_panel_response', 'panel_view'),
    ('panel_view:partners_decision:final_decision', 'reviewed', 'date_panel_response',
        "panel_view || ':' || partners_decision || ':' || final_decision"),
    ('agreement', 'triaged', 'date_triage_decision', 'agreement'),
    ('triage_outcome', 'not_met', 'date_triage_decision', 'triage_outcome'),
    ('not_met_reason', 'not_met', 'date_triage_decision', 'not_met_reason'),
    ('learning_recorded', 'not_met', 'date_triage_decision', 'learning_recorded'),
    ('local_learning_route', 'sent_to_learn', 'date_triage_decision', 'route'),
    ('local_learning_route:learning_recorded', 'sent_to_learn', 'date_triage_decision',
        "route || ':' || learning_recorded"),
] %}
{%- set many = [
    ('partners_decision:decision_reasons', 'reviewed', 'date_rr_submitted', "partners_decision || ':'",
        'decision_reasons'),
    ('dissenting_agencies', 'dissented', 'date_triage_decision', "''", 'dissenting_agencies'),
    ('theme_codes', 'not_met', 'date_triage_decision', "''", 'theme_codes'),
] %}
coded as (

    {% for axis, cases, day, value in axes %}
    select
        new_la_code,
        {{ day }} as cohort_date,
        '{{ axis }}' as axis,
        coalesce({{ value }}, 'BLANK') as value

    from {{ cases }}

    union all

    {% endfor %}
    {% for axis, cases, day, before, cell in many %}
    select
        new_la_code,
        {{ day }} as cohort_date,
        '{{ axis }}' as axis,
        {{ before }} || unnest(
            list_distinct(string_split(coalesce(replace({{ cell }}, ' ', ''), 'BLANK'), ';'))
        ) as value

    from {{ cases }}

    {{ 'union all' if not loop.last }}
    {% endfor %}
),

yearly as (

    select
        coded.new_la_code,
        footprints.area_code as partnership_code,
        calendar.reporting_year,
        coded.axis,
        coded.value,
        count(*) as cases

    from coded

    inner join calendar
        on coded.cohort_date = calendar.calendar_date

    inner join footprints
        on
            coded.new_la_code = footprints.new_la_code
            and coded.cohort_date between footprints.valid_from and footprints.valid_to

    group by
        coded.new_la_code,
        footprints.area_code,
        calendar.reporting_year,
        coded.axis,
        coded.value

),

decisions as (

    select
        members.area_type,
        members.area_code,
        periods.period_type,
        periods.period,
        yearly.axis,
        yearly.value,
        bool_or(periods.is_part_period) as is_part_period,
        cast(sum(yearly.cases) as integer) as cases

    from yearly

    inner join members
        on
            yearly.new_la_code = members.new_la_code
            and yearly.partnership_code = members.partnership_code
            and yearly.reporting_year = members.reporting_year

    inner join periods
        on yearly.reporting_year = periods.reporting_year

    group by
        members.area_type,
        members.area_code,
        periods.period_type,
        periods.period,
        yearly.axis,
        yearly.value

)

select * from decisions
