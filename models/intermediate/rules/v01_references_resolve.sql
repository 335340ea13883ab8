{# Uniqueness of keys, the rule's other half, is checked at the door by F07 and in the house by each key's own test. #}
{% set links = [
    {'from': 'children', 'field': 'incident_ref', 'to': 'referrals', 'key': 'incident_ref', 'parent': 'incident'},
    {'from': 'notifications', 'field': 'incident_ref', 'to': 'referrals', 'key': 'incident_ref', 'parent': 'incident'},
    {'from': 'notifications', 'field': 'duplicate_of', 'to': 'notifications', 'key': 'sin_ref', 'parent': 'notification'},
    {'from': 'rapid_reviews', 'field': 'sin_ref', 'to': 'notifications', 'key': 'sin_ref', 'parent': 'notification'},
    {'from': 'recommendations', 'field': 'source_ref', 'to': 'rapid_reviews', 'key': 'rr_ref', 'parent': 'rapid review',
     'only_where': "source_type = 'RR'"},
    {'from': 'recommendations', 'field': 'source_ref', 'to': 'lcsprs', 'key': 'lcspr_ref', 'parent': 'local review',
     'only_where': "source_type = 'LCSPR'"},
] %}
with

{% for return_name in ['referrals', 'children', 'notifications', 'rapid_reviews', 'lcsprs', 'recommendations'] %}
{{ return_name }} as (

    {{ current_rows(return_name) }}

),

{% endfor %}
named_rapid_reviews as (

    select * from {{ ref('int_lcspr_rapid_reviews') }}

),

findings as (

    {% for link in links %}
    select
        {{ finding_about(link.from, 'V01', 'error', link.field, rows='referring') }},
        'The {{ link.parent }} ' || referring.{{ link.field }}
        || ' is not in the {{ link.to }} return.' as message,
        'Add it to {{ link.to }}, or correct the reference.' as fix

    from {{ link.from }} as referring

    left join {{ link.to }} as referred_to
        on
            referring.submission_ref = referred_to.submission_ref
            and referring.{{ link.field }} = referred_to.{{ link.key }}

    where
        referring.{{ link.field }} is not null
        and referred_to.{{ link.key }} is null
        {%- if 'only_where' in link %}
        and referring.{{ link.only_where }}
        {%- endif %}

    union all

    {% endfor %}
    select
        {{ finding_about('lcsprs', 'V01', 'error', 'rr_refs') }},
        'The rapid review ' || named_rapid_reviews.rr_ref || ' is not in the rapid_reviews return.' as message,
        'Add it to rapid_reviews, or correct the reference.' as fix

    from lcsprs

    inner join named_rapid_reviews
        on
            lcsprs.submission_ref = named_rapid_reviews.submission_ref
            and lcsprs.lcspr_ref = named_rapid_reviews.lcspr_ref

    left join rapid_reviews
        on
            named_rapid_reviews.submission_ref = rapid_reviews.submission_ref
            and named_rapid_reviews.rr_ref = rapid_reviews.rr_ref

    where rapid_reviews.rr_ref is null

)

select * from findings
