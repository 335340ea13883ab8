"""The frame of every page: skip link, name, what kind of data this is, navigation and footer."""

from dash import html
from dash.development.base_component import Component

from dashboards.component_trees import components_in
from dashboards.contact import whom_to_tell
from throughline import wording
from throughline.print_margins import margins
from throughline.release import Release
from throughline.wording.kind_of_data import SYNTHETIC_EXPLAINED

NAVIGATION = [
    ("/", "Overview"),
    ("/notification-trends", "Notification trends"),
    ("/conversion", "Conversion"),
    ("/timeliness", "Timeliness"),
    ("/demographic-recording", "Demographic recording"),
    ("/recommendations", "Recommendations"),
    ("/compare-partnerships", "Compare partnerships"),
    ("/profile", "Partnership profile"),
    ("/data-quality", "Data quality"),
]
ABOUT = [
    ("/has-this-been-recommended-before", "Has this been recommended before?"),
    ("/methods", "Methods"),
    ("/about-this-release", "About this release"),
    ("/accessibility", "Accessibility statement"),
]
CHOSEN = "chosen"  # the element that says in words what was chosen, which print repeats on each page


def header(path: str, is_synthetic: bool, mark: str) -> list[Component]:
    """What stands above the page's own content."""
    return [
        html.A("Skip to main content", href="#main-content", className="govuk-skip-link"),
        html.Header(
            [
                html.Div(
                    html.Div(
                        [
                            html.Img(src=mark, alt="", className="app-header__mark"),
                            html.A("Throughline", href="/", className="app-header__name"),
                            html.Span("From serious incident to learning", className="app-header__line"),
                        ],
                        className="govuk-width-container app-header__inner",
                    ),
                    className="app-header",
                ),
                navigation(path),
                synthetic_banner() if is_synthetic else None,
            ]
        ),
    ]


def navigation(path: str) -> html.Div:
    """Links to the pages, the present one marked."""
    items = [navigation_item(*item, path) for item in NAVIGATION]
    return html.Div(
        html.Div(
            html.Nav(
                html.Ul(items, className="govuk-service-navigation__list"),
                className="govuk-service-navigation__wrapper",
                **{"aria-label": "Pages"},
            ),
            className="govuk-width-container",
        ),
        className="govuk-service-navigation",
    )


def navigation_item(address: str, name: str, path: str) -> html.Li:
    """One link; the present page is marked for eyes and for screen readers."""
    here = address == path
    name_shown = html.Strong(name, className="govuk-service-navigation__active-fallback") if here else name
    return html.Li(
        html.A(
            name_shown,
            href=address,
            className="govuk-service-navigation__link",
            **({"aria-current": "page"} if here else {}),
        ),
        className="govuk-service-navigation__item" + (" govuk-service-navigation__item--active" if here else ""),
    )


def synthetic_banner() -> html.Div:
    """Says on every page that the returns are made up."""
    return html.Div(
        html.P(
            [html.Strong("Synthetic data: "), SYNTHETIC_EXPLAINED],
            className="govuk-width-container app-synthetic__text",
        ),
        className="app-synthetic",
        role="region",
        **{"aria-label": "Kind of data"},
    )


def footer(release: Release | None) -> html.Footer:
    """How old the data is, which release it is, and the accessibility statement."""
    if release is None:
        facts = "No release has been made yet."
    else:
        facts = f"Data as at {wording.full_date(release.as_at_date)}. Release {release.release_id}."
    return html.Footer(
        html.Div(
            [
                html.P(facts, className="app-footer__facts"),
                html.Ul(
                    [html.Li(html.A(name, href=address, className="govuk-link")) for address, name in ABOUT],
                    className="app-footer__links",
                ),
                html.P(whom_to_tell()),
                html.P(
                    "Not an official statistic and not a service of GOV.UK. DfE's published figures are used under the "
                    "Open Government Licence v3.0."
                ),
            ],
            className="govuk-width-container",
        ),
        className="app-footer",
    )


def printed_margins(title: str, release: Release | None, content: Component) -> str:
    """What stands on each printed page: the page's name, what was chosen, how old the data is, and the release."""
    if release is None:
        return margins(top_left=title)
    chosen = next((part.children for part in components_in(content) if getattr(part, "id", None) == CHOSEN), "")
    as_at = wording.as_at_in_words(release.as_at_date, release.is_synthetic)
    return margins(top_left=title, top_right=chosen, bottom_left=f"{as_at} Release {release.release_id}.")
