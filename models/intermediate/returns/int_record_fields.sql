{# Only partnerships that have sent two returns are unfolded: for the others there is nothing to compare. #}
{% set keys = {
    'referrals': ['incident_ref'],
    'children': ['incident_ref', 'child_seq', 'stage'],
    'notifications': ['sin_ref'],
    'rapid_reviews': ['rr_ref'],
    'lcsprs': ['lcspr_ref'],
    'recommendations': ['rec_ref'],
} %}
with

ranked as (

    select * from {{ ref('int_submissions_ranked') }}

),

senders_of_two as (

    select partnership_code

    from ranked

    where recency = 2

),

compared_submissions as (

    select ranked.submission_ref

    from ranked

    inner join senders_of_two
        on ranked.partnership_code = senders_of_two.partnership_code

    where ranked.recency <= 2

),

fields as (

    {% for return_name, key in keys.items() %}
    {{ record_fields(return_name, key) if execute else "select 1 from " ~ ref('stg_returns__' ~ return_name) }}

    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from fields
