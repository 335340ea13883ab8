"""Pages, and the states of them in which every reader must be able to use them."""

from made_up_release import partnerships_of

TRENDS = "/notification-trends"
COMPARE = "/compare-partnerships"
QUALITY = "/data-quality"
CONVERSION = "/conversion"
TIMELINESS = "/timeliness"
RECORDING = "/demographic-recording"
PROFILE = "/profile"
RECOMMENDATIONS = "/recommendations"
ASKED_BEFORE = "/has-this-been-recommended-before"
PAIRS = "/review-pairs"
PAGES = [
    *("/", TRENDS, CONVERSION, TIMELINESS, RECORDING, RECOMMENDATIONS, COMPARE, PROFILE, QUALITY),
    *(ASKED_BEFORE, PAIRS, "/methods", "/about-this-release", "/accessibility"),
]
CHANGED_RETURN, NO_RETURN = partnerships_of(("E12000001", "E12000004"))["partnership_code"][:3:2]
STATES = [
    *PAGES,
    f"{TRENDS}?area=nowhere",
    f"{CONVERSION}?area={CHANGED_RETURN}&period=year:2027",
    f"{TIMELINESS}?area={CHANGED_RETURN}&clock=rapid_review",
    f"{RECORDING}?area={CHANGED_RETURN}&characteristic=language",
    f"{RECOMMENDATIONS}?area={CHANGED_RETURN}",
    f"{RECOMMENDATIONS}?area=nowhere&period=year:2027",
    f"{ASKED_BEFORE}?text=Fathers+should+be+included+in+assessments.&partnership={CHANGED_RETURN}",
    f"{ASKED_BEFORE}?text=Information+sharing",
    f"{PAIRS}?problem=role",
    "/methods?family=timeliness",
    f"{COMPARE}?indicator=NT2&period=year:2027",
    f"{COMPARE}?indicator=CV6",
    f"{COMPARE}?indicator=TM5&breakdown=signed_off&group=region:E12000004",
    f"{COMPARE}?indicator=DM7&breakdown=late&group=statistical_neighbours:{CHANGED_RETURN}",
    f"{PROFILE}?partnership={CHANGED_RETURN}",
    f"{PROFILE}?partnership={NO_RETURN}",
    f"{COMPARE}?group=own:{CHANGED_RETURN}&add={NO_RETURN}",
    "/?area=E12000004",
    f"{COMPARE}?indicator=CV2&group=region:E12000001&show=words",
    f"{CONVERSION}?release=2019-03-31-nowhere",
    f"{QUALITY}?region=E12000001&partnership={CHANGED_RETURN}",
    f"{QUALITY}?partnership={NO_RETURN}",
    f"{QUALITY}?region=nowhere&partnership=nobody",
]
PUBLIC_STATES = [
    f"{PROFILE}?partnership={CHANGED_RETURN}",
    f"{CONVERSION}?area=E12000001",
    f"{TIMELINESS}?area=E12000001&clock=rapid_review",
    f"{RECORDING}?area=E12000001",
    RECOMMENDATIONS,
    f"{ASKED_BEFORE}?text=Information+sharing",
    PAIRS,
    COMPARE,
    f"{COMPARE}?indicator=CV1&group=region:E12000001",
    f"{COMPARE}?indicator=CV2&period=year:2025",
    f"{TRENDS}?area=E12000001&nature=child_death",
    f"{TIMELINESS}?area={CHANGED_RETURN}",
    f"{PROFILE}?region=E12000004",
    f"{QUALITY}?partnership={CHANGED_RETURN}",
]
