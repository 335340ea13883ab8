with

landed as (

    select * from {{ source('landing', 'rapid_reviews') }}

),

typed as (

    select
        submission_ref,
        source_file,
        source_sheet,
        source_row,

        rr_ref,
        sin_ref,

        status,
        late_reason,
        lead_type,
        agencies_contributing,
        practitioners_involved,
        family_informed,
        immediate_action,
        template_prompts,
        ethnicity_impact,
        disability_impact,
        sex_impact,
        sexual_orientation_impact,
        intersectionality,
        why_analysed,
        partners_decision,
        decision_reasons,
        panel_view,
        final_decision,

        {{ as_integer('learning_points_count') }},

        {{ as_date('date_rr_started') }},
        {{ as_date('date_rr_meeting') }},
        {{ as_date('date_rr_agreed') }},
        {{ as_date('date_rr_submitted') }},
        {{ as_date('family_informed_date') }},
        {{ as_date('date_lcspr_decision') }},
        {{ as_date('date_panel_received') }},
        {{ as_date('date_panel_response') }},
        {{ as_date('date_decision_confirmed') }}

    from landed

)

select * from typed
