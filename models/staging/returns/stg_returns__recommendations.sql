with

landed as (

    select * from {{ source('landing', 'recommendations') }}

),

typed as (

    select
        submission_ref,
        source_file,
        source_sheet,
        source_row,

        rec_ref,
        source_ref,

        source_type,
        rec_text,
        text_shareable,
        form,
        level,
        level_needed,
        targets,
        owner_role,
        gov_department,
        smart_s,
        smart_m,
        smart_a,
        smart_r,
        smart_t,
        change_type,
        loop,
        theme_primary,
        theme_secondary,
        eedi_related,
        codeveloped_with,
        coded_by,
        repeat_acknowledged,
        accepted,
        action_status,
        done_before_publication,
        impact_method,
        impact_result,
        national_response_status,

        {{ as_number('coder_confidence') }},

        {{ as_date('date_made') }},
        {{ as_date('date_due') }},
        {{ as_date('date_completed') }},
        {{ as_date('date_impact_checked') }},
        {{ as_date('national_response_date') }}

    from landed

)

select * from typed
