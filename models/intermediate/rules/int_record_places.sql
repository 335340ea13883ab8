{% set returns = ['referrals', 'children', 'notifications', 'rapid_reviews', 'lcsprs', 'recommendations'] %}
with

places as (

    {% for return_name in returns %}
    select
        sent.submission_ref,
        sent.source_file,
        sent.source_sheet,
        sent.source_row,
        '{{ return_name }}' as return_name,
        {{ record_key(return_name, 'sent') }} as record_key

    from {{ ref('stg_returns__' ~ return_name) }} as sent

    {{ 'union all' if not loop.last }}

    {% endfor %}
)

select * from places
