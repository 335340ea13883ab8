{# The door has read every date and number already, so a row here means that landing itself is damaged. #}
{% set returns = ['nil_returns', 'referrals', 'children', 'notifications', 'rapid_reviews', 'lcsprs', 'recommendations'] %}
{% set ns = namespace(first=true) %}
{% for return_name in returns %}
{% set typed = ref('stg_returns__' ~ return_name) %}
{% if execute %}
{% for column in adapter.get_columns_in_relation(typed) if column.dtype in ('DATE', 'INTEGER', 'DOUBLE') and column.name != 'source_row' %}
{{ 'union all' if not ns.first }}
{% set ns.first = false %}
select
    'F09' as rule,
    'error' as severity,
    '{{ return_name }}' as return_name,
    landed.submission_ref,
    landed.source_file,
    landed.source_sheet,
    landed.source_row,
    '{{ column.name }}' as field,
    'The landed text is not a {{ 'date' if column.dtype == 'DATE' else 'number' }}' as message

from {{ source('landing', return_name) }} as landed

inner join {{ typed }} as typed
    on
        landed.submission_ref = typed.submission_ref
        and landed.source_row = typed.source_row

where
    landed.{{ column.name }} is not null
    and typed.{{ column.name }} is null
{% endfor %}
{% endif %}
{% endfor %}
