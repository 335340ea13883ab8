{# RC4 and RC7 to RC12: shares among recommendations. One whose code is blank is left out of that share and counted. #}
with

recommendations as (

    select * from {{ ref('int_recommendations_followed') }}

),

{# indicator, breakdown, left out where, counts in the share where #}
{%- set is_smart = "smart_score >= " ~ setting('smart_least_score', 'integer') %}
{%- set shares = [
    ('RC4', 'total', 'is_theme_national is null', 'is_theme_national'),
    ('RC7', 'local', 'level is null', "level = 'LOCAL'"),
    ('RC7', 'regional', 'level is null', "level = 'REGIONAL'"),
    ('RC7', 'national', 'level is null', "level = 'NATIONAL'"),
    ('RC8', 'single', "loop is null or loop = 'DEFENSIVE'", "loop = 'SINGLE'"),
    ('RC8', 'double', "loop is null or loop = 'DEFENSIVE'", "loop = 'DOUBLE'"),
    ('RC8', 'triple', "loop is null or loop = 'DEFENSIVE'", "loop = 'TRIPLE'"),
    ('RC9', 'total', 'change_type is null', "change_type in ('TRAINING', 'BRIEFING')"),
    ('RC10', 'smart_structural', 'smart_score is null or is_structural is null', is_smart ~ ' and is_structural'),
    ('RC10', 'smart_only', 'smart_score is null or is_structural is null', is_smart ~ ' and not is_structural'),
    ('RC10', 'structural_only', 'smart_score is null or is_structural is null', 'not ' ~ is_smart ~ ' and is_structural'),
    ('RC10', 'neither', 'smart_score is null or is_structural is null', 'not ' ~ is_smart ~ ' and not is_structural'),
    ('RC12', 'total', 'is_eedi_related is null', 'is_eedi_related'),
] %}
made as (

    {% for indicator, breakdown, left_out, counts in shares %}
    select
        '{{ indicator }}' as indicator,
        '{{ breakdown }}' as breakdown,
        submission_ref,
        rec_ref as record_ref,
        new_la_code,
        {{ left_out }} as is_excluded,
        true as is_mature,
        coalesce({{ counts }}, false) as is_success,
        date_made as cohort_date

    from recommendations

    {{ 'union all' if not loop.last }}
    {% endfor %}
),

{# What counts as an answer, narrowly and widely. #}
{%- set answers = {'total': 'is_answered', 'answered_or_acknowledged': '(is_answered or is_acknowledged)'} %}
answered as (

    {% for breakdown, counts in answers.items() %}
    select
        'RC11' as indicator,
        '{{ breakdown }}' as breakdown,
        submission_ref,
        rec_ref as record_ref,
        new_la_code,
        -- Answered on a day that nobody wrote down: neither in time nor late.
        {{ counts }} and national_response_date is null as is_excluded,
        response_due_date <= as_at_date as is_mature,
        coalesce({{ counts }} and national_response_date <= response_due_date, false) as is_success,
        date_made as cohort_date

    from recommendations

    where level = 'NATIONAL'

    {{ 'union all' if not loop.last }}
    {% endfor %}
),

all_cases as (

    select * from made

    union all

    select * from answered

),

cases as (

    select
        indicator,
        breakdown,
        submission_ref,
        'recommendations' as return_name,
        record_ref,
        new_la_code,
        is_excluded,
        is_mature,
        is_success,
        cohort_date

    from all_cases

)

select * from cases
