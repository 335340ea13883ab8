{# A local review belongs to the authority of its earliest incident, or where it has none to the partnership's home. #}
with

lcsprs as (

    {{ current_rows('lcsprs') }}

),

named as (

    select * from {{ ref('int_lcspr_rapid_reviews') }}

),

rapid_reviews as (

    select * from {{ ref('int_rapid_reviews_followed') }}

),

notifications as (

    select * from {{ ref('int_notifications_followed') }}

),

homes as (

    select * from {{ ref('int_partnership_homes') }}

),

incidents as (

    select
        named.submission_ref,
        named.lcspr_ref,
        count(*) as rapid_reviews,
        arg_min(notifications.new_la_code, (notifications.date_notified, notifications.sin_ref)) as new_la_code,
        min(notifications.date_notified) as date_notified,
        min(case when rapid_reviews.is_submitted then rapid_reviews.date_rr_submitted end) as date_rr_submitted,
        max(rapid_reviews.date_decision_confirmed) as date_decision_confirmed

    from named

    inner join rapid_reviews
        on
            named.submission_ref = rapid_reviews.submission_ref
            and named.rr_ref = rapid_reviews.rr_ref

    inner join notifications
        on
            rapid_reviews.submission_ref = notifications.submission_ref
            and rapid_reviews.sin_ref = notifications.sin_ref

    group by named.submission_ref, named.lcspr_ref

),

followed as (

    select
        lcsprs.*,
        homes.partnership_code,
        coalesce(incidents.new_la_code, homes.new_la_code) as new_la_code,
        coalesce(incidents.rapid_reviews, 0) as rapid_reviews,
        incidents.date_notified,
        incidents.date_rr_submitted,
        incidents.date_decision_confirmed

    from lcsprs

    inner join homes
        on lcsprs.submission_ref = homes.submission_ref

    left join incidents
        on
            lcsprs.submission_ref = incidents.submission_ref
            and lcsprs.lcspr_ref = incidents.lcspr_ref

)

select * from followed
