{# Cells that hold several codes are counted under each, so those axes add up to more than the recommendations. #}
with

recommendations as (

    select * from {{ ref('int_recommendations_followed') }}

),

calendar as (

    select * from {{ ref('int_calendar') }}

),

footprints as (

    select * from {{ ref('int_footprints') }}

    where area_type = 'partnership'

),

members as (

    select * from {{ ref('int_area_members') }}

    where area_type in ('partnership', 'police_force', 'icb', 'region', 'england')

),

periods as (

    select * from {{ ref('int_periods') }}

),

{# Where level_needed lies above level, the cause was thought to sit higher than the recommendation was aimed. #}
{%- set rank = "case {} when 'LOCAL' then 1 when 'REGIONAL' then 2 when 'NATIONAL' then 3 end" %}
{%- set axes = {
    'source_type': 'source_type',
    'form': 'form',
    'level': 'level',
    'level_gap': "case
            when " ~ rank.format('level_needed') ~ " > " ~ rank.format('level') ~ " then 'HIGHER_NEEDED'
            when " ~ rank.format('level_needed') ~ " < " ~ rank.format('level') ~ " then 'LOWER_NEEDED'
            when level_needed = level then 'AS_AIMED'
        end",
    'change_type': 'change_type',
    'loop': 'loop',
    'smart_score': 'cast(smart_score as varchar)',
    'structural': "case when is_structural then 'Y' when not is_structural then 'N' end",
    'theme_primary': 'theme_primary',
    'accepted': 'accepted',
    'action_status': 'action_status',
} %}
{%- set many = {'target': 'targets', 'eedi': 'eedi_related'} %}
coded as (

    {% for axis, value in axes.items() %}
    select
        new_la_code,
        date_made,
        '{{ axis }}' as axis,
        coalesce({{ value }}, 'BLANK') as value

    from recommendations

    union all

    {% endfor %}
    {% for axis, cell in many.items() %}
    select
        new_la_code,
        date_made,
        '{{ axis }}' as axis,
        unnest(list_distinct(string_split(coalesce(replace({{ cell }}, ' ', ''), 'BLANK'), ';'))) as value

    from recommendations

    {{ 'union all' if not loop.last }}
    {% endfor %}
),

yearly as (

    select
        coded.new_la_code,
        footprints.area_code as partnership_code,
        calendar.reporting_year,
        coded.axis,
        coded.value,
        count(*) as recommendations

    from coded

    inner join calendar
        on coded.date_made = calendar.calendar_date

    inner join footprints
        on
            coded.new_la_code = footprints.new_la_code
            and coded.date_made between footprints.valid_from and footprints.valid_to

    where coded.value <> ''

    group by
        coded.new_la_code,
        footprints.area_code,
        calendar.reporting_year,
        coded.axis,
        coded.value

),

mix as (

    select
        members.area_type,
        members.area_code,
        periods.period_type,
        periods.period,
        yearly.axis,
        yearly.value,
        bool_or(periods.is_part_period) as is_part_period,
        cast(sum(yearly.recommendations) as integer) as recommendations

    from yearly

    inner join members
        on
            yearly.new_la_code = members.new_la_code
            and yearly.partnership_code = members.partnership_code
            and yearly.reporting_year = members.reporting_year

    inner join periods
        on yearly.reporting_year = periods.reporting_year

    group by
        members.area_type,
        members.area_code,
        periods.period_type,
        periods.period,
        yearly.axis,
        yearly.value

)

select * from mix
