{# That the notification exists is V01. Each of the rapid reviews is named, since nothing says which is right. #}
with

rapid_reviews as (

    {{ current_rows('rapid_reviews') }}

),

counted as (

    select
        submission_ref,
        sin_ref,
        count(distinct rr_ref) as rapid_reviews

    from rapid_reviews

    group by submission_ref, sin_ref

),

findings as (

    select
        {{ finding_about('rapid_reviews', 'V05', 'error', 'sin_ref') }},
        'The notification ' || counted.sin_ref || ' has ' || counted.rapid_reviews || ' rapid reviews.' as message,
        'Keep one rapid review for each notification, or correct the reference.' as fix

    from rapid_reviews

    inner join counted
        on
            rapid_reviews.submission_ref = counted.submission_ref
            and rapid_reviews.sin_ref = counted.sin_ref

    where counted.rapid_reviews > 1

)

select * from findings
