{# Told by the door from a file as sent. Queries of rules between returns are worked out anew in rule_findings. #}
with

told as (

    select * from {{ ref('stg_returns__findings') }}

),

rules as (

    select * from {{ ref('rules') }}

),

submissions as (

    select * from {{ ref('int_submissions_current') }}

),

places as (

    select * from {{ ref('int_record_places') }}

),

answers as (

    select * from {{ ref('stg_returns__query_answers') }}

),

explained as (

    select
        told.rule,
        told.severity,
        places.return_name,
        places.record_key,
        told.submission_ref,
        told.source_file,
        told.source_sheet,
        told.source_row,
        told.field,
        told.message,
        answers.explained_on,
        answers.explained_on is not null as is_explained

    from told

    inner join submissions
        on told.submission_ref = submissions.submission_ref

    inner join rules
        on told.rule = rules.rule

    left join places
        on
            told.submission_ref = places.submission_ref
            and told.source_file = places.source_file
            and coalesce(told.source_sheet, '') = coalesce(places.source_sheet, '')
            and told.source_row = places.source_row

    left join answers
        on
            places.submission_ref = answers.submission_ref
            and told.rule = answers.rule
            and places.return_name = answers.return_name
            and places.record_key = answers.record_key

    -- A row put aside for a rule between returns is not in the house to be found there.
    where rules.scope <> 'cross_return' or told.severity = 'error'

)

select * from explained
