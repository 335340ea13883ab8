with

landed as (

    select * from {{ source('landing', 'lcsprs') }}

),

typed as (

    select
        submission_ref,
        source_file,
        source_sheet,
        source_row,

        lcspr_ref,
        rr_refs,
        nspcc_ref,
        reviewer_ref,

        origin,
        status,
        pause_intervals,
        delay_reasons,
        publication_form,
        not_published_reason,
        reviewer_independence,
        reviewer_background,
        reviewer_training,
        methodology_stated,
        methodology,
        methods,
        tor_includes_eedi,
        specialist_coopted,
        family_involvement,
        family_shown_draft,
        child_participation,
        practitioner_involvement,
        scrutineer_stages,
        ethnicity_impact,
        disability_impact,
        sex_impact,
        sexual_orientation_impact,
        characteristics_withheld,
        additional_learning,
        q01,
        q02,
        q03,
        q04,
        q05,
        q06,
        q07,
        q08,
        q09,
        q10,
        q_assessor,

        {{ as_number('cost_reviewer_gbp') }},
        {{ as_number('cost_other_gbp') }},
        {{ as_number('staff_hours') }},
        {{ as_integer('page_count') }},

        {{ as_date('date_lcspr_decision') }},
        {{ as_date('date_commission_started') }},
        {{ as_date('date_reviewer_appointed') }},
        {{ as_date('date_tor_agreed') }},
        {{ as_date('date_first_panel') }},
        {{ as_date('date_practitioner_event') }},
        {{ as_date('date_first_draft') }},
        {{ as_date('date_signed_off') }},
        {{ as_date('date_sent_panel') }},
        {{ as_date('date_sent_sos') }},
        {{ as_date('date_sent_ofsted') }},
        {{ as_date('date_published') }},
        {{ as_date('date_withdrawn') }},
        {{ as_date('delay_notified_to_panel') }},
        {{ as_date('family_invited_date') }},
        {{ as_date('family_told_outcome_date') }},
        {{ as_date('practitioners_told_outcome_date') }}

    from landed

)

select * from typed
