{# A template that asks makes "not asked" a choice of somebody's, which is worth knowing. #}
{% set prompts = {
    'sex': 'SEX',
    'gender_identity': 'GENDER',
    'ethnicity': 'ETHNICITY',
    'disability': 'DISABILITY',
    'sexual_orientation': 'SEXUAL_ORIENTATION',
    'religion': 'RELIGION',
    'language': 'LANGUAGE',
} %}
with

children as (

    {{ current_rows('children') }}

    where sent.stage = 'RR'

),

notifications as (

    {{ current_rows('notifications') }}

),

rapid_reviews as (

    {{ current_rows('rapid_reviews') }}

),

prompted as (

    select
        notifications.submission_ref,
        notifications.incident_ref,
    {% for characteristic, prompt in prompts.items() %}
    bool_or(';' || rapid_reviews.template_prompts || ';' like '%;{{ prompt }};%') as asks_{{ characteristic }}
    {{- ',' if not loop.last }}
    {% endfor %}

    from notifications

    inner join rapid_reviews
        on
            notifications.submission_ref = rapid_reviews.submission_ref
            and notifications.sin_ref = rapid_reviews.sin_ref

    where rapid_reviews.template_prompts is not null

    group by notifications.submission_ref, notifications.incident_ref

),

findings as (

    {% for characteristic, prompt in prompts.items() %}
    select
        {{ finding_about('children', 'V20', 'query', characteristic ~ '_status') }},
        'The status is NOT_ASKED, and the template of the rapid review asks about it ({{ prompt }}).' as message,
        'Correct the status, or the prompts in rapid_reviews, or explain why it was not asked.' as fix

    from children

    inner join prompted
        on
            children.submission_ref = prompted.submission_ref
            and children.incident_ref = prompted.incident_ref

    where children.{{ characteristic }}_status = 'NOT_ASKED' and prompted.asks_{{ characteristic }}

    {{ 'union all' if not loop.last }}

    {% endfor %}
)

select * from findings
