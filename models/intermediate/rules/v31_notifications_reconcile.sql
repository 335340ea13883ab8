{# Only where every partnership of an area has sent a return, since a part would never agree with the whole. #}
with

published as (

    select * from {{ ref('stg_published__notifications') }}

    where period = 'full_year' and nature = 'total' and number_notifications is not null and publisher = 'DfE'

),

notifications as (

    {{ current_rows('notifications') }}

),

submissions as (

    select * from {{ ref('int_submissions_current') }}

),

partnerships as (

    select * from {{ ref('partnerships') }}

    where is_current

),

authorities as (

    select * from {{ ref('local_authorities') }}

),

authority_codes as (

    select * from {{ ref('int_authority_codes') }}

),

responsible as (

    select
        memberships.partnership_code,
        authorities.new_la_code,
        authorities.region_code

    from {{ ref('partnership_local_authorities') }} as memberships

    inner join partnerships
        on memberships.partnership_code = partnerships.partnership_code

    inner join authorities
        on memberships.new_la_code = authorities.new_la_code

    where memberships.valid_to is null

),

area_partnerships as (

    select distinct
        region_code as area_code,
        partnership_code

    from responsible

    union all

    select distinct
        'E92000001' as area_code,
        partnership_code

    from responsible

),

whole_areas as (

    select
        area_partnerships.area_code,
        bool_and(submissions.is_synthetic) as is_synthetic,
        min(submissions.as_at_date) as as_at_date

    from area_partnerships

    left join submissions
        on area_partnerships.partnership_code = submissions.partnership_code

    group by area_partnerships.area_code

    having count(*) = count(submissions.submission_ref)

),

-- DfE counts by the day of notification, and publishes the deaths of care leavers apart.
counted as (

    select
        extract(year from notifications.date_notified)
        + case when extract(month from notifications.date_notified) >= 4 then 1 else 0 end as reporting_year,
        authorities.region_code

    from notifications

    inner join authority_codes
        on notifications.new_la_code = authority_codes.any_la_code

    inner join authorities
        on authority_codes.new_la_code = authorities.new_la_code

    where
        notifications.criteria_status not in ('DUPLICATE', 'WITHDRAWN')
        and notifications.nature <> 'CARE_LEAVER_DEATH'

),

compared as (

    select
        published.area_code,
        published.area_name,
        published.reporting_year,
        published.number_notifications,
        case published.number_rounding when 'nearest_10' then 5 else 0 end as tolerance,
        whole_areas.is_synthetic,
        count(counted.reporting_year) as notifications_returned

    from published

    inner join whole_areas
        on published.area_code = whole_areas.area_code

    left join counted
        on
            published.reporting_year = counted.reporting_year
            and (published.area_code = 'E92000001' or published.area_code = counted.region_code)

    where
        published.reporting_year >= {{ var('first_reporting_year') }}
        and whole_areas.as_at_date >= cast(published.reporting_year || '-03-31' as date)

    group by all

),

findings as (

    select
        'V31' as rule,
        'query' as severity,
        'notifications' as return_name,
        area_code || '|' || reporting_year as record_key,
        cast(null as varchar) as submission_ref,
        cast(null as varchar) as source_file,
        cast(null as varchar) as source_sheet,
        cast(null as integer) as source_row,
        cast(null as varchar) as field,
        'Returns from ' || area_name || ' hold ' || notifications_returned || ' notifications in the reporting year '
        || reporting_year || '; DfE published ' || number_notifications
        || case when tolerance > 0 then ', to the nearest 10' else '' end || '.'
        || case when is_synthetic then ' The returns are synthetic, so the two need not agree.' else '' end
            as message,
        'Find the notifications that were missed or sent twice, or explain the difference.' as fix

    from compared

    where abs(notifications_returned - number_notifications) > tolerance

)

select * from findings
