{# RC2, RC3, RC5 and RC6. A review's own series is never a repeat, and neither is a pair that people rejected. #}
with

texts as (

    select * from {{ ref('int_recommendation_texts') }}

),

followed as (

    select * from {{ ref('int_recommendations_followed') }}

),

sent as (

    {{ current_rows('recommendations') }}

),

pairs as (

    select * from {{ ref('int_recommendation_pairs') }}

    where scope <> 'SAME_REVIEW_SERIES' and is_in_window and state <> 'rejected'

),

places as (

    select * from {{ ref('int_recommendation_places') }}

),

submissions as (

    select * from {{ ref('int_submissions_current') }}

),

own_history as (

    select
        partnership_code,
        cast({{ dbt.dateadd('month', setting('repeat_same_area_months', 'integer'), 'period_start') }} as date)
            as held_from

    from submissions

),

-- Another partnership of the force or board must have sent returns that reach far enough back.
others_history as (

    select
        places.partnership_code,
        places.place_type,
        cast(
            {{ dbt.dateadd('month', setting('repeat_across_months', 'integer'), 'min(submissions.period_start)') }}
            as date
        ) as held_from

    from places

    inner join places as others
        on
            places.place_type = others.place_type
            and places.place = others.place
            and places.partnership_code <> others.partnership_code

    inner join submissions
        on others.partnership_code = submissions.partnership_code

    where places.place_type in ('police_force', 'icb')

    group by places.partnership_code, places.place_type

),

repeated as (

    select
        rec_id,
        bool_or(scope = 'SAME_AREA' and kind <> 'theme_and_target') as is_same_area,
        bool_or(scope = 'SAME_AREA' and kind in ('exact', 'near')) as is_same_words,
        bool_or(scope = 'SAME_AREA' and is_theme_and_target) as is_theme_and_target,
        bool_or(scope = 'SAME_AREA' and state = 'confirmed') as is_confirmed,
        bool_or(scope <> 'SAME_AREA' and is_same_force and kind <> 'theme_and_target') as is_same_force,
        bool_or(scope <> 'SAME_AREA' and is_same_icb and kind <> 'theme_and_target') as is_same_icb,
        bool_or(kind <> 'theme_and_target') as is_repeat,
        bool_or(kind <> 'theme_and_target' and was_done_before) as was_done_before,
        bool_or(scope = 'SAME_AREA' and kind <> 'theme_and_target' and was_done_before) as own_was_done_before

    from pairs

    group by rec_id

),

{%- set health = ['ICB', 'GP', 'ACUTE', 'MH_CAMHS', 'COMMUNITY_HEALTH', 'PARTNERSHIP'] %}

recommendations as (

    select
        followed.submission_ref,
        followed.rec_ref,
        followed.new_la_code,
        followed.date_made,
        texts.rec_text is null as has_no_text,
        followed.date_made < own_history.held_from as is_before_own_history,
        coalesce(followed.date_made < force_history.held_from, true) as is_before_force_history,
        coalesce(followed.date_made < icb_history.held_from, true) as is_before_icb_history,
        list_has_any(string_split(replace(followed.targets, ' ', ''), ';'), ['POLICE', 'PARTNERSHIP'])
            as is_to_police,
        list_has_any(string_split(replace(followed.targets, ' ', ''), ';'), {{ health }}) as is_to_health,
        sent.repeat_acknowledged,
        repeated.*

    from texts

    inner join followed
        on
            texts.submission_ref = followed.submission_ref
            and texts.rec_ref = followed.rec_ref

    inner join sent
        on
            texts.submission_ref = sent.submission_ref
            and texts.rec_ref = sent.rec_ref

    inner join own_history
        on texts.partnership_code = own_history.partnership_code

    left join others_history as force_history
        on
            texts.partnership_code = force_history.partnership_code
            and force_history.place_type = 'police_force'

    left join others_history as icb_history
        on
            texts.partnership_code = icb_history.partnership_code
            and icb_history.place_type = 'icb'

    left join repeated
        on texts.rec_id = repeated.rec_id

),

{#- indicator, breakdown, looked at where, left out where, counts where #}
{%- set shares = [
    ('RC2', 'total', 'true', 'has_no_text or is_before_own_history', 'is_same_area'),
    ('RC2', 'same_words', 'true', 'has_no_text or is_before_own_history', 'is_same_words'),
    ('RC2', 'theme_and_target', 'true', 'is_before_own_history', 'is_theme_and_target'),
    ('RC2', 'confirmed', 'true', 'has_no_text or is_before_own_history', 'is_confirmed'),
    ('RC3', 'police', 'is_to_police', 'has_no_text or is_before_force_history', 'is_same_force'),
    ('RC3', 'health', 'is_to_health', 'has_no_text or is_before_icb_history', 'is_same_icb'),
    ('RC5', 'total', 'is_repeat', 'repeat_acknowledged is null', "repeat_acknowledged = 'Y'"),
    ('RC6', 'total', 'is_repeat', 'false', 'was_done_before'),
    ('RC6', 'same_area', 'is_same_area', 'false', 'own_was_done_before'),
] %}

cases as (

    {% for indicator, breakdown, looked_at, left_out, counts in shares %}
    select
        '{{ indicator }}' as indicator,
        '{{ breakdown }}' as breakdown,
        submission_ref,
        'recommendations' as return_name,
        rec_ref as record_ref,
        new_la_code,
        {{ left_out }} as is_excluded,
        true as is_mature,
        coalesce({{ counts }}, false) as is_success,
        date_made as cohort_date

    from recommendations

    where {{ looked_at }}

    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from cases
