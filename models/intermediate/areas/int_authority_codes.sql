{# A return may carry the code of its day; only codes for the very same area are safe to translate. #}
with

authorities as (

    select * from {{ ref('local_authorities') }}

),

changes as (

    select * from {{ ref('local_authority_changes') }}

),

own_codes as (

    select
        new_la_code as any_la_code,
        new_la_code

    from authorities

),

codes_from_april_2025 as (

    select
        new_la_code_from_april_2025 as any_la_code,
        new_la_code

    from authorities

    where new_la_code_from_april_2025 <> new_la_code

),

replaced_codes as (

    select
        changes.predecessor_la_code as any_la_code,
        authorities.new_la_code

    from changes

    inner join authorities
        on changes.successor_la_code = authorities.new_la_code

    where changes.change_type = 'recode'

),

authority_codes as (

    select * from own_codes

    union all

    select * from codes_from_april_2025

    union all

    select * from replaced_codes

)

select * from authority_codes
