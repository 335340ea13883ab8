select
    reporting_year,
    geographic_level,
    area_code,
    area_name,
    period,
    nature,
    number_notifications,
    number_rounding,
    value_status,
    publisher,
    source_url,
    note

from {{ ref('stg_published__notifications') }}
