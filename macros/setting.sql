{# A setting of seeds/settings.csv as a value in a query: setting('due_soon_days', 'integer'). #}
{% macro setting(name, kind='varchar') -%}
(select cast(settings.value as {{ kind }}) from {{ ref('settings') }} as settings where settings.setting = '{{ name }}')
{%- endmacro %}
