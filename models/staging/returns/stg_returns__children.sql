with

landed as (

    select * from {{ source('landing', 'children') }}

),

typed as (

    select
        submission_ref,
        source_file,
        source_sheet,
        source_row,

        incident_ref,
        {{ as_integer('child_seq') }},

        stage,
        child_role,
        age_band,
        sex_value,
        {{ recording_status('sex') }},
        ethnicity_value,
        {{ recording_status('ethnicity') }},
        disability_value,
        {{ recording_status('disability') }},
        sexual_orientation_value,
        {{ recording_status('sexual_orientation') }},
        gender_identity_value,
        {{ recording_status('gender_identity') }},
        religion_value,
        {{ recording_status('religion') }},
        language_value,
        {{ recording_status('language') }},
        interpreter_needed,
        communication_needs,
        sen_provision,
        education_status,
        cs_status,
        ever_cpp,
        ever_lac,
        legal_status,
        placement,
        cp_category,
        known_to_any_agency,
        harm_types,
        harm_primary,
        survived_to_return_date,

        {{ as_integer('age_years') }},
        {{ as_integer('imd_decile') }}

    from landed

)

select * from typed
