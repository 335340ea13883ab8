{# What a review made of a characteristic holds for every child in it; where two reviews differ, the weaker stands. #}
{%- set prompts = {
    'sex': 'SEX',
    'ethnicity': 'ETHNICITY',
    'disability': 'DISABILITY',
    'sexual_orientation': 'SEXUAL_ORIENTATION',
    'gender_identity': 'GENDER',
    'religion': 'RELIGION',
    'language': 'LANGUAGE',
} -%}
{%- set with_impact = ['sex', 'ethnicity', 'disability', 'sexual_orientation'] %}
with

incidents as (

    select * from {{ ref('int_incidents_notified') }}

),

rapid_reviews as (

    {{ current_rows('rapid_reviews') }}

),

rapid_reviews_followed as (

    select * from {{ ref('int_rapid_reviews_followed') }}

),

lcspr_rapid_reviews as (

    select * from {{ ref('int_lcspr_rapid_reviews') }}

),

lcsprs as (

    {{ current_rows('lcsprs') }}

),

reviewed as (

    select
        incidents.submission_ref,
        incidents.incident_ref,
        rapid_reviews.rr_ref,
        rapid_reviews_followed.is_submitted,
        rapid_reviews.template_prompts,
    {% for characteristic in with_impact %}
    rapid_reviews.{{ characteristic }}_impact{{ ',' if not loop.last }}
    {% endfor %}

    from incidents

    inner join rapid_reviews
        on
            incidents.submission_ref = rapid_reviews.submission_ref
            and incidents.sin_ref = rapid_reviews.sin_ref

    inner join rapid_reviews_followed
        on
            rapid_reviews.submission_ref = rapid_reviews_followed.submission_ref
            and rapid_reviews.rr_ref = rapid_reviews_followed.rr_ref

),

-- Local reviews have no template of their own, so only a rapid review can tell that nothing prompted for an answer.
reviews as (

    select
        submission_ref,
        incident_ref,
        'rapid_review' as stage,
        template_prompts,
        false as is_published,
    {% for characteristic in with_impact %}
    {{ characteristic }}_impact{{ ',' if not loop.last }}
    {% endfor %}

    from reviewed

    where is_submitted

    union all

    select
        reviewed.submission_ref,
        reviewed.incident_ref,
        'lcspr' as stage,
        cast(null as varchar) as template_prompts,
        lcsprs.date_published is not null as is_published,
    {% for characteristic in with_impact %}
    lcsprs.{{ characteristic }}_impact{{ ',' if not loop.last }}
    {% endfor %}

    from reviewed

    inner join lcspr_rapid_reviews
        on
            reviewed.submission_ref = lcspr_rapid_reviews.submission_ref
            and reviewed.rr_ref = lcspr_rapid_reviews.rr_ref

    inner join lcsprs
        on
            lcspr_rapid_reviews.submission_ref = lcsprs.submission_ref
            and lcspr_rapid_reviews.lcspr_ref = lcsprs.lcspr_ref

),

by_characteristic as (

    {% for characteristic, prompt in prompts.items() %}
    select
        submission_ref,
        incident_ref,
        stage,
        '{{ characteristic }}' as characteristic,
        {{ 'true' if characteristic in with_impact else 'false' }} as has_impact_field,
        {{ characteristic ~ '_impact' if characteristic in with_impact else 'cast(null as varchar)' }} as impact,
        position(';{{ prompt }};' in ';' || replace(template_prompts, ' ', '') || ';') > 0 as is_prompted,
        is_published

    from reviews

    {{ 'union all' if not loop.last }}
    {% endfor %}
),

strength as (

    select
        submission_ref,
        incident_ref,
        stage,
        characteristic,
        has_impact_field,
        bool_or(is_published) as is_published,
        bool_or(is_prompted) as is_prompted,
        min(
            case
                when impact in ('MENTIONED', 'NONE') then 1
                when impact in ('CHILD_LIFE', 'PRACTICE') then 2
                when impact in ('BOTH', 'NOT_RELEVANT_STATED') then 3
            end
        ) as weakest

    from by_characteristic

    group by all

),

considerations as (

    select
        submission_ref,
        incident_ref,
        stage,
        characteristic,
        case
            when not has_impact_field then 'not_applicable'
            when weakest = 1 then 'not_considered'
            when weakest = 2 then 'partly_considered'
            when weakest = 3 then 'considered'
            else 'not_assessed'
        end as consideration,
        is_prompted,
        is_published

    from strength

)

select * from considerations
