{# Everybody's latest word on each pair of texts as they stand now; two roles that differ leave it in dispute. #}
with

decisions as (

    select * from {{ ref('stg_decisions__pair_decisions') }}

),

texts as (

    select * from {{ ref('int_recommendation_texts') }}

),

of_these_words as (

    select decisions.*

    from decisions

    inner join texts
        on
            decisions.rec_id = texts.rec_id
            and decisions.text_sha256 = texts.text_sha256

    inner join texts as earlier
        on
            decisions.earlier_rec_id = earlier.rec_id
            and decisions.earlier_text_sha256 = earlier.text_sha256

),

latest as (

    select
        rec_id,
        earlier_rec_id,
        role,
        arg_max(verdict, decided_at) as verdict,
        arg_max(score, decided_at) as score

    from of_these_words

    group by rec_id, earlier_rec_id, role

),

counted as (

    select
        rec_id,
        earlier_rec_id,
        max(score) as score,
        cast(count(*) as integer) as people,
        cast(count(*) filter (where verdict = 'repeat') as integer) as say_repeat,
        cast(count(*) filter (where verdict in ('same_theme', 'different')) as integer) as say_otherwise

    from latest

    group by rec_id, earlier_rec_id

),

verdicts as (

    select
        *,
        case
            when say_repeat > 0 and say_otherwise > 0 then 'disputed'
            when say_repeat > 0 then 'confirmed'
            when say_otherwise > 0 then 'rejected'
            else 'unsure'
        end as state

    from counted

)

select * from verdicts
