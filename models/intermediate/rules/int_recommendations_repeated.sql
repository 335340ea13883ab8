{# Only what is the same after folding case, space and punctuation; likeness in other words is found elsewhere. #}
with

recommendations as (

    {{ current_rows('recommendations') }}

),

folded as (

    select
        submission_ref,
        rec_ref,
        source_row,
        date_made,
        regexp_replace(lower(rec_text), '[^a-z0-9]', '', 'g') as folded_text

    from recommendations

    where rec_text is not null and date_made is not null

),

followed as (

    select
        submission_ref,
        rec_ref,
        lag(rec_ref) over (
            partition by submission_ref, folded_text
            order by date_made, source_row
        ) as repeat_of

    from folded

),

repeated as (

    select
        submission_ref,
        rec_ref,
        repeat_of,
        'EXACT' as repeat_kind

    from followed

    -- A row sent twice under one key is F07, not a repeat.
    where repeat_of is not null and repeat_of <> rec_ref

)

select * from repeated
