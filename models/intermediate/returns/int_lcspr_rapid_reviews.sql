{# A local review may follow several rapid reviews, named in one cell. #}
with

lcsprs as (

    {{ current_rows('lcsprs') }}

),

named as (

    select
        submission_ref,
        lcspr_ref,
        unnest(string_split(rr_refs, ';')) as rr_ref

    from lcsprs

    where rr_refs is not null

),

tidied as (

    select distinct
        submission_ref,
        lcspr_ref,
        trim(rr_ref) as rr_ref

    from named

    where trim(rr_ref) <> ''

)

select * from tidied
