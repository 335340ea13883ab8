"""In what role somebody decides about a pair or replies for a partnership: a list, so that no name can be kept."""

ROLES = (
    "Business manager",
    "Independent scrutineer",
    "Police lead",
    "Health lead",
    "Local authority lead",
    "Education lead",
    "Regional improvement lead",
    "Panel analyst",
    "Data analyst",
    "Another role",
)


def check_role(role: str) -> str:
    """The role as it is listed, however it was written; raises ValueError where it is none of ROLES."""
    written = " ".join(role.split()).casefold()
    found = next((listed for listed in ROLES if listed.casefold() == written), None)
    if found is None:
        raise ValueError(f"The role is one of these: {', '.join(ROLES)}.")
    return found
