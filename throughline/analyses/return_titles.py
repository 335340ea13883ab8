"""What the template calls each return and each field of it, so that a reader finds them in the sheets."""

from functools import cache

from throughline.wording.data_quality import in_words


@cache
def return_titles() -> dict[str, str]:
    """The title of each return, in the order of the template."""
    from throughline.door.specification import load_specification

    return {name: specification.title for name, specification in load_specification().returns.items()}


def return_order() -> dict[str, int]:
    """Where each return stands in the template."""
    return {name: place for place, name in enumerate(return_titles())}


def return_title(name: str) -> str:
    """A return as the template calls it; one of an older release that is no longer asked for keeps its name."""
    return in_words(return_titles(), name)


@cache
def field_title(return_name: str, field: str) -> str:
    """A field as the template calls it, with its column name, so that it can be found in the sheet."""
    from throughline.door.specification import load_specification

    specification = load_specification().returns.get(return_name)
    titles = {each.name: each.title for each in specification.fields} if specification else {}
    return f"{titles[field]} ({field})" if field in titles else field
