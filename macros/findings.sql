{# The rows of a return in the submissions that count now, with the day each submission was drawn up. #}
{% macro current_rows(return_name) -%}
select
        sent.*,
        submissions.as_at_date

    from {{ ref('stg_returns__' ~ return_name) }} as sent

    inner join {{ ref('int_submissions_current') }} as submissions
        on sent.submission_ref = submissions.submission_ref
{%- endmacro %}

{# What identifies a record of each return: its key, with a bar between the parts. #}
{% macro record_key(return_name, rows) -%}
{%- set keys = {
    'nil_returns': ['return_name', 'reporting_year'],
    'referrals': ['incident_ref'],
    'children': ['incident_ref', 'child_seq', 'stage'],
    'notifications': ['sin_ref'],
    'rapid_reviews': ['rr_ref'],
    'lcsprs': ['lcspr_ref'],
    'recommendations': ['rec_ref'],
    'query_answers': ['rule', 'return_name', 'record_key'],
} -%}
{%- for column in keys[return_name] -%}
cast({{ rows }}.{{ column }} as varchar){{ " || '|' || " if not loop.last }}
{%- endfor -%}
{%- endmacro %}

{# What every finding says first: the rule, how serious it is, the record and where in the file it stands. #}
{% macro finding_about(return_name, rule, severity, field, rows=none) -%}
{%- set rows = rows or return_name -%}
'{{ rule }}' as rule,
        {{ severity if ' ' in severity else "'" ~ severity ~ "'" }} as severity,
        '{{ return_name }}' as return_name,
        {{ record_key(return_name, rows) }} as record_key,
        {{ rows }}.submission_ref,
        {{ rows }}.source_file,
        {{ rows }}.source_sheet,
        {{ rows }}.source_row,
        '{{ field }}' as field
{%- endmacro %}
