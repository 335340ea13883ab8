{# A finished action is counted where its recommendation is: with its review, or else at the partnership's home. #}
with

recommendations as (

    {{ current_rows('recommendations') }}

),

sources as (

    select * from {{ ref('int_recommendation_sources') }}

),

homes as (

    select * from {{ ref('int_partnership_homes') }}

),

placed as (

    select
        recommendations.submission_ref,
        recommendations.rec_ref,
        coalesce(sources.new_la_code, homes.new_la_code) as new_la_code,
        recommendations.date_completed,
        recommendations.date_impact_checked,
        recommendations.as_at_date

    from recommendations

    inner join homes
        on recommendations.submission_ref = homes.submission_ref

    left join sources
        on
            recommendations.submission_ref = sources.submission_ref
            and recommendations.source_type = sources.source_type
            and recommendations.source_ref = sources.source_ref

    where recommendations.action_status = 'DONE' and recommendations.date_completed is not null

),

completed as (

    select
        *,
        cast(
            {{ dbt.dateadd('month', setting('impact_check_limit_months', 'integer'), 'date_completed') }} as date
        ) as date_due

    from placed

)

select * from completed
