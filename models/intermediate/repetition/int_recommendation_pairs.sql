{# Suggested by their words, or only alike in theme, target and kind of change; and what people said of them. #}
with

texts as (

    select * from {{ ref('int_recommendation_texts') }}

),

places as (

    select * from {{ ref('int_recommendation_places') }}

),

followed as (

    select * from {{ ref('int_recommendations_followed') }}

),

sent as (

    {{ current_rows('recommendations') }}

),

scored as (

    select * from {{ ref('int_recommendation_pairs_scored') }}

),

verdicts as (

    select * from {{ ref('int_pair_verdicts') }}

),

recommendations as (

    select
        texts.rec_id,
        texts.partnership_code,
        texts.review_series,
        texts.date_made,
        followed.submission_ref,
        followed.rec_ref,
        followed.new_la_code,
        followed.theme_primary,
        followed.change_type,
        string_split(replace(followed.targets, ' ', ''), ';') as targets,
        sent.repeat_acknowledged,
        followed.action_status = 'DONE' as is_done,
        sent.date_completed

    from texts

    inner join followed
        on
            texts.submission_ref = followed.submission_ref
            and texts.rec_ref = followed.rec_ref

    inner join sent
        on
            texts.submission_ref = sent.submission_ref
            and texts.rec_ref = sent.rec_ref

),

shared_places as (

    select distinct
        one.partnership_code,
        other.partnership_code as earlier_partnership_code,
        one.place_type

    from places as one

    inner join places as other
        on
            one.place_type = other.place_type
            and one.place = other.place

    where one.place_type = 'partnership' or one.partnership_code <> other.partnership_code

),

sharing as (

    select
        partnership_code,
        earlier_partnership_code,
        bool_or(place_type = 'partnership') as is_same_area,
        bool_or(place_type = 'police_force') as is_same_force,
        bool_or(place_type = 'icb') as is_same_icb,
        bool_or(place_type = 'region') as is_same_region

    from shared_places

    group by partnership_code, earlier_partnership_code

),

windows as (

    select
        *,
        case
            when is_same_area then {{ setting('repeat_same_area_months', 'integer') }}
            when is_same_force or is_same_icb then {{ setting('repeat_across_months', 'integer') }}
        end as window_months

    from sharing

),

-- By their codes alone, no further back than repeats count: beyond that they would be most of all pairs.
alike_in_codes as (

    select
        recommendations.rec_id,
        earlier.rec_id as earlier_rec_id

    from recommendations

    inner join windows
        on
            recommendations.partnership_code = windows.partnership_code
            and windows.window_months is not null

    inner join recommendations as earlier
        on
            windows.earlier_partnership_code = earlier.partnership_code
            and recommendations.theme_primary = earlier.theme_primary
            and recommendations.change_type = earlier.change_type
            and recommendations.date_made > earlier.date_made
            and cast({{ dbt.dateadd('month', 'windows.window_months', 'earlier.date_made') }} as date)
            >= recommendations.date_made
            and list_has_any(recommendations.targets, earlier.targets)

),

suggested as (

    select
        coalesce(scored.rec_id, alike_in_codes.rec_id) as rec_id,
        coalesce(scored.earlier_rec_id, alike_in_codes.earlier_rec_id) as earlier_rec_id,
        scored.kind,
        scored.score,
        alike_in_codes.rec_id is not null as is_theme_and_target

    from scored

    full outer join alike_in_codes
        on
            scored.rec_id = alike_in_codes.rec_id
            and scored.earlier_rec_id = alike_in_codes.earlier_rec_id

),

judged as (

    select
        coalesce(suggested.rec_id, verdicts.rec_id) as rec_id,
        coalesce(suggested.earlier_rec_id, verdicts.earlier_rec_id) as earlier_rec_id,
        case
            when suggested.kind is not null then suggested.kind
            when verdicts.say_repeat > 0 then 'named'
            else 'theme_and_target'
        end as suggested_kind,
        coalesce(suggested.score, verdicts.score) as score,
        coalesce(suggested.is_theme_and_target, false) as is_theme_and_target,
        coalesce(verdicts.state, 'suggested') as state,
        coalesce(verdicts.people, 0) as people,
        coalesce(verdicts.say_repeat, 0) as say_repeat,
        coalesce(verdicts.say_otherwise, 0) as say_otherwise

    from suggested

    full outer join verdicts
        on
            suggested.rec_id = verdicts.rec_id
            and suggested.earlier_rec_id = verdicts.earlier_rec_id

),

pairs as (

    select
        judged.rec_id,
        judged.earlier_rec_id,
        recommendations.submission_ref,
        recommendations.rec_ref,
        recommendations.new_la_code,
        recommendations.partnership_code,
        earlier.partnership_code as earlier_partnership_code,
        recommendations.theme_primary,
        earlier.theme_primary as earlier_theme_primary,

        -- Nearly the same words to another agency are the same ask, but not a near repeat.
        case
            when judged.suggested_kind = 'near' and not list_has_any(recommendations.targets, earlier.targets)
                then 'same_ask'
            else judged.suggested_kind
        end as kind,
        case
            when
                recommendations.partnership_code = earlier.partnership_code
                and recommendations.review_series = earlier.review_series
                then 'SAME_REVIEW_SERIES'
            when windows.is_same_area then 'SAME_AREA'
            when windows.is_same_force then 'SAME_FORCE'
            when windows.is_same_icb then 'SAME_ICB'
            when windows.is_same_region then 'SAME_REGION'
            else 'NATIONAL'
        end as scope,
        judged.state,

        judged.score,
        judged.people,
        judged.say_repeat,
        judged.say_otherwise,
        {{ dbt.datediff('earlier.date_made', 'recommendations.date_made', 'day') }} as days_between,

        judged.is_theme_and_target,
        coalesce(windows.is_same_force, false) as is_same_force,
        coalesce(windows.is_same_icb, false) as is_same_icb,
        coalesce(
            cast({{ dbt.dateadd('month', 'windows.window_months', 'earlier.date_made') }} as date)
            >= recommendations.date_made,
            false
        ) as is_in_window,
        coalesce(earlier.is_done and earlier.date_completed <= recommendations.date_made, false) as was_done_before,
        case recommendations.repeat_acknowledged when 'Y' then true when 'N' then false end as is_acknowledged,

        recommendations.date_made,
        earlier.date_made as earlier_date_made

    from judged

    inner join recommendations
        on judged.rec_id = recommendations.rec_id

    inner join recommendations as earlier
        on judged.earlier_rec_id = earlier.rec_id

    left join windows
        on
            recommendations.partnership_code = windows.partnership_code
            and earlier.partnership_code = windows.earlier_partnership_code

)

select * from pairs
