{# Numerators leave out an authority whose denominator is not held, so that the two always speak of the same areas. #}
with

counts as (

    select * from {{ ref('int_notification_counts') }}

),

years as (

    select * from {{ ref('int_notification_years') }}

),

{% set natures = {
    'total': 'notifications',
    'child_death': 'child_deaths',
    'serious_harm': 'serious_harms',
    'other': 'others',
} %}
notifications as (

    {% for breakdown, count in natures.items() %}
    select
        'NT1' as indicator,
        '{{ breakdown }}' as breakdown,
        new_la_code,
        partnership_code,
        reporting_year,
        reporting_quarter,
        {{ count }} as numerator,
        cast(null as decimal(28, 9)) as denominator,
        {{ 'excluded' if breakdown == 'total' else '0' }} as excluded

    from counts

    {{ 'union all' if not loop.last }}
    {% endfor %}
),

harm_to_death as (

    select
        'NT4' as indicator,
        'total' as breakdown,
        new_la_code,
        partnership_code,
        reporting_year,
        reporting_quarter,
        serious_harms as numerator,
        cast(child_deaths as decimal(28, 9)) as denominator,
        excluded + others as excluded

    from counts

),

{% set denominators = {'NT2': 'child_years', 'NT3': 'child_in_need_years', 'NT5': 'expected_notifications'} %}
rates as (

    {% for indicator, denominator in denominators.items() %}
    select
        '{{ indicator }}' as indicator,
        'total' as breakdown,
        new_la_code,
        partnership_code,
        reporting_year,
        cast(null as integer) as reporting_quarter,
        case when {{ denominator }} is not null then notifications else 0 end as numerator,
        {{ denominator }} as denominator,
        case when {{ denominator }} is null then notifications else 0 end as excluded

    from years

    {{ 'union all' if not loop.last }}
    {% endfor %}
),

components as (

    select * from notifications

    union all

    select * from harm_to_death

    union all

    select * from rates

)

select * from components
