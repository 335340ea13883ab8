{# A rapid review is complete when it is submitted, a local review when it is signed off: by then all is said. #}
with

rapid_reviews as (

    select * from {{ ref('int_rapid_reviews_followed') }}

),

notifications as (

    select * from {{ ref('int_notifications_followed') }}

),

local_reviews as (

    select * from {{ ref('int_lcsprs_followed') }}

),

sources as (

    select
        rapid_reviews.submission_ref,
        'RR' as source_type,
        rapid_reviews.rr_ref as source_ref,
        notifications.new_la_code,
        rapid_reviews.status = 'STOPPED_NOT_MET' as is_stopped,
        case when rapid_reviews.is_submitted then rapid_reviews.date_rr_submitted end as date_complete

    from rapid_reviews

    inner join notifications
        on
            rapid_reviews.submission_ref = notifications.submission_ref
            and rapid_reviews.sin_ref = notifications.sin_ref

    union all

    -- A review that was published has been signed off, even where nobody wrote down when.
    select
        submission_ref,
        'LCSPR' as source_type,
        lcspr_ref as source_ref,
        new_la_code,
        status = 'DISCONTINUED' as is_stopped,
        case when status <> 'DISCONTINUED' then coalesce(date_signed_off, date_published) end as date_complete

    from local_reviews

)

select * from sources
