select
    period_start,
    period_end,
    measure,
    nature,
    number,
    percentage,
    value_status,
    source_url

from {{ ref('panel_published_counts') }}
