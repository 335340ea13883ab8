{# A characteristic's status, with BLANK where the partnership filled in neither value nor status. #}
{% macro recording_status(characteristic) -%}
case
            when {{ characteristic }}_value is null and {{ characteristic }}_status is null then 'BLANK'
            else {{ characteristic }}_status
        end as {{ characteristic }}_status
{%- endmacro %}
