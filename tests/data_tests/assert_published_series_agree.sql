-- A failure means that our two records of DfE's national totals differ, or that a region's children in need are not ours.
{{ config(tags=['reference']) }}

with

totals as (

    select
        by_area.reporting_year,
        by_area.area_code,
        by_area.number_notifications as figure,
        national.number_notifications as expected,
        0 as tolerance

    from {{ ref('published_notifications_region') }} as by_area

    left join {{ ref('published_notifications_national') }} as national
        on
            by_area.reporting_year = national.reporting_year
            and national.period = 'full_year'
            and national.breakdown_topic = 'total'
            and national.nature_of_notification = 'total'

    where by_area.geographic_level = 'national'

),

-- DfE rounds children in need of a region to the nearest 10.
children_in_need as (

    select
        by_area.reporting_year,
        by_area.area_code,
        by_area.cin_31march as figure,
        sum(children_in_need.cin_31march) as expected,
        5 as tolerance

    from {{ ref('published_notifications_region') }} as by_area

    inner join {{ ref('local_authorities') }} as authorities
        on by_area.area_code = authorities.region_code

    left join {{ ref('children_in_need') }} as children_in_need
        on
            by_area.reporting_year = children_in_need.reporting_year
            and authorities.new_la_code = children_in_need.new_la_code

    -- Earlier years are held under codes since replaced; from 2025 all are ours.
    where by_area.geographic_level = 'regional' and by_area.reporting_year >= 2025

    group by by_area.reporting_year, by_area.area_code, by_area.cin_31march

),

compared as (

    select * from totals

    union all

    select * from children_in_need

)

select * from compared

where expected is null or abs(figure - expected) > tolerance
