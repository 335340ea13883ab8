"""The Compare partnerships page in Streamlit, with plotly express and pandas: `streamlit run` shows it.

What has been read is kept by `comparison` for all visitors at once, which is quicker here than st.cache_data's copies.
"""

import comparison
import streamlit as st


def choose(name: str, label: str, choices) -> str:
    """One list, which starts from what the address says."""
    asked, options = st.query_params.get(name), list(choices)
    at = options.index(asked) if asked in options else 0
    said = choices.get if isinstance(choices, dict) else str
    return st.selectbox(label, options, index=at, format_func=said)


st.set_page_config("Compare partnerships", layout="wide")
st.title("Do partnerships differ by more than chance?")
measure = choose("indicator", "Measure", comparison.measure_choices())
breakdown = choose("breakdown", "Breakdown", comparison.breakdown_choices(measure))
group = choose("group", "Partnerships of", comparison.group_choices())
period = choose("period", "Period", comparison.period_choices(measure))

st.plotly_chart(comparison.dots(measure, breakdown, group, period))
st.plotly_chart(comparison.years(measure, breakdown, group))
if funnel := comparison.funnel(measure, breakdown, group, period):
    st.plotly_chart(funnel)
else:
    st.info("No funnel is drawn for this measure.")
st.dataframe(comparison.table(measure, breakdown, group, period), hide_index=True)
