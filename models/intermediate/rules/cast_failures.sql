{# The door has read every date and number already, so a row here means that landing itself is damaged. #}
{% set returns = [
    'nil_returns', 'referrals', 'children', 'notifications', 'rapid_reviews', 'lcsprs', 'recommendations', 'query_answers',
] %}
{% set rules = {'DATE': 'F04', 'INTEGER': 'F05', 'DOUBLE': 'F06'} %}
{% set ns = namespace(first=true) %}
{% for return_name in returns %}
{% set typed = ref('stg_returns__' ~ return_name) %}
{% if execute %}
{% for column in adapter.get_columns_in_relation(typed) if column.dtype in rules and column.name != 'source_row' %}
{{ 'union all' if not ns.first }}
{% set ns.first = false %}
select
    {{ finding_about(return_name, rules[column.dtype], 'error', column.name, rows='typed') }},
    'The landed text is not a {{ 'date' if column.dtype == 'DATE' else 'number' }}.' as message,
    'Nothing to correct in the return: tell those who run Throughline.' as fix

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
