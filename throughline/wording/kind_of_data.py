"""What the data of a release are called: returns of partnerships, or ones that a program made up."""

SYNTHETIC_EXPLAINED = (
    "Every figure from returns was made up by a program to show how the pages work. No real child, family or "
    "partnership stands behind it. Figures marked as published by DfE are real."
)
SYNTHETIC, REAL = "Synthetic: no real child, family or partnership", "Returns of partnerships"
PUBLISHED = "Published by DfE"


def kind_of_data(is_synthetic: bool) -> str:
    """Whether anybody real stands behind the figures."""
    return SYNTHETIC if is_synthetic else REAL


def returns_said(is_synthetic: bool) -> str:
    """The returns inside a sentence."""
    return "synthetic returns" if is_synthetic else "returns"


def returns_label(is_synthetic: bool) -> str:
    """The returns in a key, a heading or the label of a point."""
    return "Returns (synthetic)" if is_synthetic else "Returns"
