{# A blank, a reason and a value of none are three kinds of nothing: each keeps a state of its own. #}
{%- set characteristics = [
    'sex', 'ethnicity', 'disability', 'sexual_orientation', 'gender_identity', 'religion', 'language'
] %}
with

children as (

    {{ current_rows('children') }}

    where sent.stage in ('SIN', 'RR', 'LCSPR')

),

incidents as (

    select * from {{ ref('int_incidents_notified') }}

),

considerations as (

    select * from {{ ref('int_review_considerations') }}

),

by_characteristic as (

    {% for characteristic in characteristics %}
    select
        children.submission_ref,
        children.incident_ref,
        children.child_seq,
        case children.stage when 'SIN' then 'notification' when 'RR' then 'rapid_review' else 'lcspr' end as stage,
        {{ record_key('children', 'children') }} as record_ref,
        '{{ characteristic }}' as characteristic,
        children.{{ characteristic }}_status as status,
        children.{{ characteristic }}_value as value,
        -- Of a band only its upper end is sure, and 6 to 10 has both sides of the age at which the scope begins.
        coalesce(children.age_years, case children.age_band when 'UNDER_1' then 0 when '1_TO_5' then 5 end)
            as oldest_age

    from children

    {{ 'union all' if not loop.last }}
    {% endfor %}
),

placed as (

    select
        by_characteristic.*,
        incidents.new_la_code,
        incidents.partnership_code,
        incidents.reporting_year,
        incidents.date_notified,
        considerations.consideration,
        considerations.is_prompted,
        coalesce(considerations.is_published, false) as is_published,
        case
            when by_characteristic.stage = 'notification' then not incidents.is_in_trend
            else not incidents.is_reviewable or considerations.incident_ref is null
        end as is_excluded

    from by_characteristic

    inner join incidents
        on
            by_characteristic.submission_ref = incidents.submission_ref
            and by_characteristic.incident_ref = incidents.incident_ref

    left join considerations
        on
            by_characteristic.submission_ref = considerations.submission_ref
            and by_characteristic.incident_ref = considerations.incident_ref
            and by_characteristic.stage = considerations.stage
            and by_characteristic.characteristic = considerations.characteristic

),

stated as (

    select
        placed.*,
        case
            when
                placed.characteristic = 'sexual_orientation'
                and placed.status not in ('RECORDED', 'WITHHELD')
                and placed.oldest_age < {{ setting('sexual_orientation_from_age', 'integer') }}
                then 'not_applicable'
            when placed.status = 'NOT_ASKED' and not placed.is_prompted then 'not_asked_no_prompt'
            else lower(placed.status)
        end as state

    from placed

),

states as (

    select
        submission_ref,
        incident_ref,
        child_seq,
        stage,
        record_ref,
        characteristic,

        new_la_code,
        partnership_code,
        state,
        case when state = 'recorded' then coalesce(consideration, 'not_applicable') else 'not_applicable' end
            as consideration,
        case when state = 'recorded' then value end as value,

        child_seq = 1 as is_lead_child,
        is_published,
        is_excluded,

        reporting_year,

        date_notified

    from stated

)

select * from states
