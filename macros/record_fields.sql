{# Every filled field of one return's records, one row a field, so that two submissions can be compared field by field. #}
{% macro record_fields(return_name, key) -%}
{%- set relation = ref('stg_returns__' ~ return_name) -%}
{%- set provenance = ['submission_ref', 'source_file', 'source_sheet', 'source_row'] -%}
{%- for column in adapter.get_columns_in_relation(relation) if column.name not in provenance + key %}
    select
        submission_ref,
        '{{ return_name }}' as return_name,
        {% for part in key %}cast({{ part }} as varchar){{ " || '|' || " if not loop.last }}{% endfor %} as record_key,
        '{{ column.name }}' as field,
        cast({{ column.name }} as varchar) as value

    from {{ relation }}

    where
        {{ column.name }} is not null
        and submission_ref in (select submission_ref from compared_submissions)

    {{ 'union all' if not loop.last }}
{%- endfor %}
{%- endmacro %}
