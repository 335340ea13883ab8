"""Which chain of recommendations each belongs to, found by throughline.repetition."""


def model(dbt, session):
    import os
    from pathlib import Path

    from throughline.repetition.chains import find_chains

    dbt.config(materialized="table")
    # Chosen before they leave the warehouse: most pairs share a theme and no more, and all their columns are wide.
    repeats = (
        dbt.ref("int_recommendation_pairs")
        .filter("kind <> 'theme_and_target' and scope <> 'SAME_REVIEW_SERIES' and state <> 'rejected'")
        .project("rec_id, earlier_rec_id, score")
        .pl()
    )
    texts = dbt.ref("int_recommendation_texts").pl()
    prepared = Path(os.environ.get("THROUGHLINE_WAREHOUSE", "data/work.duckdb")).with_name("prepared_texts.npz")
    return find_chains(repeats, texts, prepared)
