{# A thematic review follows rapid reviews too. A reference that is not there at all is V01. #}
with

lcsprs as (

    {{ current_rows('lcsprs') }}

),

named_rapid_reviews as (

    select * from {{ ref('int_lcspr_rapid_reviews') }}

),

rapid_reviews as (

    {{ current_rows('rapid_reviews') }}

),

followed as (

    select
        named_rapid_reviews.submission_ref,
        named_rapid_reviews.lcspr_ref,
        count(rapid_reviews.rr_ref) as rapid_reviews_found,
        count(*) filter (where rapid_reviews.status = 'SUBMITTED') as rapid_reviews_submitted

    from named_rapid_reviews

    left join rapid_reviews
        on
            named_rapid_reviews.submission_ref = rapid_reviews.submission_ref
            and named_rapid_reviews.rr_ref = rapid_reviews.rr_ref

    group by named_rapid_reviews.submission_ref, named_rapid_reviews.lcspr_ref

),

findings as (

    select
        {{ finding_about('lcsprs', 'V08', 'error', 'rr_refs') }},
        'The origin is ' || lcsprs.origin || ', and none of its rapid reviews is submitted.' as message,
        'Name a rapid review that was submitted, or correct its status in rapid_reviews.' as fix

    from lcsprs

    inner join followed
        on
            lcsprs.submission_ref = followed.submission_ref
            and lcsprs.lcspr_ref = followed.lcspr_ref

    where
        lcsprs.origin in ('RR', 'THEMATIC')
        and followed.rapid_reviews_found > 0
        and followed.rapid_reviews_submitted = 0

    union all

    select
        {{ finding_about('lcsprs', 'V08', 'error', 'rr_refs') }},
        'The origin is ' || lcsprs.origin || ', which follows no rapid review, and rapid reviews are named.' as message,
        'Correct the origin, or leave the rapid reviews blank.' as fix

    from lcsprs

    where lcsprs.origin in ('NEAR_MISS', 'GOOD_PRACTICE') and lcsprs.rr_refs is not null

)

select * from findings
