{# A stage counts in the year in which it ended, so that a year's slow stages are there as well as its quick ones. #}
with

local_reviews as (

    select * from {{ ref('int_local_reviews_timed') }}

),

{% set stages = {
    'decision_to_reviewer': ('date_started', 'date_reviewer_appointed'),
    'reviewer_to_first_draft': ('date_reviewer_appointed', 'date_first_draft'),
    'first_draft_to_sign_off': ('date_first_draft', 'date_signed_off'),
    'sign_off_to_publication': ('date_signed_off', 'date_published'),
    'rapid_review_to_sign_off': ('date_rr_submitted', 'date_signed_off'),
} %}
stages as (

    {% for stage, (start, end) in stages.items() %}
    select
        '{{ stage }}' as stage,
        submission_ref,
        lcspr_ref,
        new_la_code,
        {{ end }} < {{ start }} as is_excluded,
        {{ dbt.datediff(start, end, 'day') }} as days,
        {{ end }} as date_ended

    from local_reviews

    where {{ start }} is not null and {{ end }} is not null

    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from stages
