{# Every recommendation with its codes and what came of it, and without its words. #}
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

recommendations as (

    select
        texts.rec_id,
        texts.partnership_code,
        texts.rec_ref,

        followed.source_type,
        followed.form,
        followed.level,
        followed.level_needed,
        replace(followed.targets, ' ', '') as targets,
        followed.change_type,
        followed.loop,
        followed.theme_primary,
        sent.theme_secondary,
        replace(followed.eedi_related, ' ', '') as eedi_related,
        followed.accepted,
        followed.action_status,
        sent.impact_result,
        followed.national_response_status,

        followed.smart_score,
        followed.is_structural,
        texts.rec_text is not null as has_text,
        texts.is_shareable,

        texts.date_made,
        sent.date_due,
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

)

select * from recommendations
