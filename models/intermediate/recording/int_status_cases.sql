{# DM1 (recorded), DM2 (asked), DM3 (blank), DM4 (the template never asked) and DM9 (withheld at publication). #}
with

states as (

    select * from {{ ref('int_recording_states') }}

    where characteristic in ('ethnicity', 'disability', 'sex', 'sexual_orientation')

),

-- Withheld is reported apart, by DM9: knowing and protecting is neither recording nor failing to.
in_scope as (

    select
        states.*,
        states.characteristic || ':' || states.stage as breakdown,
        states.is_excluded or states.state in ('not_applicable', 'withheld') as is_left_out

    from states

),

recorded as (

    select
        'DM1' as indicator,
        breakdown,
        submission_ref,
        record_ref,
        new_la_code,
        is_left_out as is_excluded,
        state = 'recorded' as is_success,
        date_notified

    from in_scope

),

-- DfE takes characteristics from one child of each notification.
lead_child_recorded as (

    select
        'DM1' as indicator,
        breakdown || ':lead_child' as breakdown,
        submission_ref,
        record_ref,
        new_la_code,
        is_left_out as is_excluded,
        state = 'recorded' as is_success,
        date_notified

    from in_scope

    where is_lead_child

),

-- A refusal is an answer to a question that was asked.
asked as (

    select
        'DM2' as indicator,
        breakdown,
        submission_ref,
        record_ref,
        new_la_code,
        is_left_out as is_excluded,
        state in ('recorded', 'refused', 'not_yet_obtained', 'not_known') as is_success,
        date_notified

    from in_scope

),

blank as (

    select
        'DM3' as indicator,
        breakdown,
        submission_ref,
        record_ref,
        new_la_code,
        is_left_out as is_excluded,
        state = 'blank' as is_success,
        date_notified

    from in_scope

),

template_never_asked as (

    select
        'DM4' as indicator,
        breakdown,
        submission_ref,
        record_ref,
        new_la_code,
        is_left_out as is_excluded,
        state = 'not_asked_no_prompt' as is_success,
        date_notified

    from in_scope

    where stage = 'rapid_review'

),

withheld as (

    select
        'DM9' as indicator,
        characteristic as breakdown,
        submission_ref,
        record_ref,
        new_la_code,
        is_excluded or not is_published or state = 'not_applicable' as is_excluded,
        state = 'withheld' as is_success,
        date_notified

    from in_scope

    where stage = 'lcspr'

),

cases as (

    select * from recorded

    union all

    select * from lead_child_recorded

    union all

    select * from asked

    union all

    select * from blank

    union all

    select * from template_never_asked

    union all

    select * from withheld

)

select * from cases
