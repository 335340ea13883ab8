with

landed as (

    select * from {{ source('landing', 'notifications') }}

),

typed as (

    select
        submission_ref,
        source_file,
        source_sheet,
        source_row,

        sin_ref,
        incident_ref,
        duplicate_of,

        new_la_code,
        residence_la_code,
        nature,
        criteria_status,
        panel_in_scope,
        late_reason,

        {{ as_integer('children_count') }},
        {{ as_integer('children_on_form') }},

        {{ as_date('date_la_aware') }},
        {{ as_date('date_notified') }},
        {{ as_date('criteria_status_date') }},
        {{ as_date('date_partners_told') }},
        {{ as_date('date_police_review_unit_told') }}

    from landed

)

select * from typed
