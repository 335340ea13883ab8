{# What everybody may read of repetition: themes in England, and no count below the threshold. #}
with

recurrences as (

    select * from {{ ref('recurrences') }}

    where area_type = 'england' and recurring = 'theme'

),

public_recurring_themes as (

    select
        theme_primary,
        partnerships,
        recommendations

    from recurrences

    where
        partnerships >= {{ setting('suppression_threshold', 'integer') }}
        and recommendations >= {{ setting('suppression_threshold', 'integer') }}

)

select * from public_recurring_themes
