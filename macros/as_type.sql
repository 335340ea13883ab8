{# Landed text as a typed column of the same name: as_date('date_notified') and its kin. #}
{% macro as_date(column) %}{{ dbt.safe_cast(column, 'date') }} as {{ column }}{% endmacro %}

{% macro as_integer(column) %}{{ dbt.safe_cast(column, 'integer') }} as {{ column }}{% endmacro %}

{% macro as_number(column) %}{{ dbt.safe_cast(column, 'double') }} as {{ column }}{% endmacro %}
