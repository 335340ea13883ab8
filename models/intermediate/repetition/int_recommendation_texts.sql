{# Each recommendation with its words and its series of reviews: a rapid review and its local review. #}
with

recommendations as (

    {{ current_rows('recommendations') }}

    where date_made is not null

),

homes as (

    select * from {{ ref('int_partnership_homes') }}

),

local_reviews as (

    select * from {{ ref('int_lcsprs_followed') }}

),

followed_up as (

    select
        submission_ref,
        rr_ref,
        min(lcspr_ref) as lcspr_ref

    from {{ ref('int_lcspr_rapid_reviews') }}

    group by submission_ref, rr_ref

),

texts as (

    select
        recommendations.submission_ref,
        recommendations.rec_ref,
        homes.partnership_code || '|' || recommendations.rec_ref as rec_id,
        homes.partnership_code,

        coalesce(followed_up.lcspr_ref, recommendations.source_ref) as review_series,
        recommendations.rec_text,
        sha256(recommendations.rec_text) as text_sha256,
        coalesce(local_reviews.date_published <= recommendations.as_at_date, false)
        or coalesce(recommendations.text_shareable = 'Y', false) as is_shareable,

        recommendations.date_made

    from recommendations

    inner join homes
        on recommendations.submission_ref = homes.submission_ref

    left join followed_up
        on
            recommendations.source_type = 'RR'
            and recommendations.submission_ref = followed_up.submission_ref
            and recommendations.source_ref = followed_up.rr_ref

    left join local_reviews
        on
            recommendations.source_type = 'LCSPR'
            and recommendations.submission_ref = local_reviews.submission_ref
            and recommendations.source_ref = local_reviews.lcspr_ref

)

select * from texts
