-- A rule promised between returns in seeds/rules.csv has no model, or a model of a rule has no line there.
{% set ns = namespace(models=[]) %}
{% if execute %}
    {% for node in graph.nodes.values() if node.resource_type == 'model' %}
        {% if node.name[:1] == 'v' and node.name[1:3].isdigit() %}
            {% set ns.models = ns.models + [node.name[:3] | upper] %}
        {% endif %}
    {% endfor %}
{% endif %}
with

promised as (

    select rule from {{ ref('rules') }}

    where scope = 'cross_return'

),

built as (

    {% for rule in ns.models %}
    select '{{ rule }}' as rule

    {{ 'union all' if not loop.last }}

    {% else %}
    select cast(null as varchar) as rule
    {% endfor %}

)

select
    promised.rule as promised,
    built.rule as built

from promised

full outer join built
    on promised.rule = built.rule

where promised.rule is null or built.rule is null
