{# The only published table with words of a return: for those with a right to the area, or to words that are shared. #}
with

texts as (

    select * from {{ ref('int_recommendation_texts') }}

),

recommendation_texts as (

    select
        rec_id,
        rec_text

    from texts

    where rec_text is not null

)

select * from recommendation_texts
