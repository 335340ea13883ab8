with

pairs as (

    select * from {{ ref('int_recommendation_pairs') }}

),

recommendation_pairs as (

    select
        rec_id,
        earlier_rec_id,
        partnership_code,
        earlier_partnership_code,

        theme_primary,
        earlier_theme_primary,
        kind,
        scope,
        state,

        score,
        people,
        say_repeat,
        say_otherwise,
        days_between,

        is_theme_and_target,
        is_same_force,
        is_same_icb,
        is_in_window,
        was_done_before,
        is_acknowledged,

        date_made,
        earlier_date_made

    from pairs

)

select * from recommendation_pairs
