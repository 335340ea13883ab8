{# A recommendation belongs to the authority of its review, or without one to the partnership's home. #}
with

recommendations as (

    {{ current_rows('recommendations') }}

    where date_made is not null

),

sources as (

    select * from {{ ref('int_recommendation_sources') }}

),

homes as (

    select * from {{ ref('int_partnership_homes') }}

),

change_types as (

    select * from {{ ref('change_types') }}

),

national_themes as (

    select * from {{ ref('national_themes') }}

),

-- No row at all where no list was current on the day: that is not the same as a theme that no list holds.
listed as (

    select
        recommendations.submission_ref,
        recommendations.rec_ref,
        bool_or(recommendations.theme_primary = national_themes.theme) as is_theme_national

    from recommendations

    inner join national_themes
        on
            recommendations.date_made between national_themes.valid_from
            and coalesce(national_themes.valid_to, cast('9999-12-31' as date))

    group by recommendations.submission_ref, recommendations.rec_ref

),

followed as (

    select
        recommendations.submission_ref,
        recommendations.rec_ref,
        recommendations.source_ref,
        homes.partnership_code,
        coalesce(sources.new_la_code, homes.new_la_code) as new_la_code,

        recommendations.source_type,
        recommendations.form,
        recommendations.level,
        recommendations.level_needed,
        recommendations.targets,
        recommendations.gov_department,
        recommendations.change_type,
        recommendations.loop,
        recommendations.theme_primary,
        recommendations.eedi_related,
        recommendations.accepted,
        recommendations.action_status,
        recommendations.national_response_status,

        sources.date_complete is not null as is_source_complete,
        coalesce(sources.is_stopped, true) as is_source_stopped,
        change_types.is_structural,
        listed.is_theme_national,
        replace(replace(replace(recommendations.eedi_related, 'NONE', ''), ';', ''), ' ', '') <> '' as is_eedi_related,
        -- An acknowledgement says that a letter arrived, not what will be done about it.
        coalesce(recommendations.national_response_status in ('ACCEPTED', 'REJECTED', 'ACTIONED'), false)
            as is_answered,
        coalesce(recommendations.national_response_status = 'ACKNOWLEDGED', false) as is_acknowledged,

        -- Null where any one of the five is blank.
        {% for letter in 'smart' %}
        case recommendations.smart_{{ letter }} when 'Y' then 1 when 'N' then 0 end{{ ' +' if not loop.last }}
        {% endfor %} as smart_score,

        recommendations.date_made,
        case
            when recommendations.level = 'NATIONAL'
                then cast(
                    {{ dbt.dateadd(
                        'month', setting('national_response_limit_months', 'integer'), 'recommendations.date_made'
                    ) }}
                    as date
                )
        end as response_due_date,
        recommendations.national_response_date,
        recommendations.as_at_date

    from recommendations

    inner join homes
        on recommendations.submission_ref = homes.submission_ref

    left join sources
        on
            recommendations.submission_ref = sources.submission_ref
            and recommendations.source_type = sources.source_type
            and recommendations.source_ref = sources.source_ref

    left join change_types
        on recommendations.change_type = change_types.change_type

    left join listed
        on
            recommendations.submission_ref = listed.submission_ref
            and recommendations.rec_ref = listed.rec_ref

)

select * from followed
