with

landed as (

    select * from {{ source('landing', 'referrals') }}

),

typed as (

    select
        submission_ref,
        source_file,
        source_sheet,
        source_row,

        incident_ref,

        partnership_code,
        new_la_code,
        date_incident_precision,
        referral_agency,
        abuse_neglect,
        harm_outcome,
        harm_cumulative,
        harm_psychological,
        triage_outcome,
        not_met_reason,
        learning_test_used,
        near_miss,
        good_practice,
        agreement,
        partners_present,
        dissenting_agencies,
        scrutineer_input,
        local_learning_route,
        theme_codes,

        {{ as_integer('children_count') }},

        {{ as_date('date_incident') }},
        {{ as_date('date_referred') }},
        {{ as_date('date_la_aware') }},
        {{ as_date('date_triage_decision') }},
        {{ as_date('practitioners_told_date') }},
        {{ as_date('family_told_date') }}

    from landed

)

select * from typed
