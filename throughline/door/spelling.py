"""Spellings that mean the same: two texts are alike when their letters and digits are."""

from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

import yaml

from throughline.workspace import PROJECT

SYNONYMS_FILE = PROJECT / "expectations" / "synonyms.yml"


@lru_cache(maxsize=100_000)
def key(text: str) -> str:
    """The letters and digits of a text in capitals: “Serious harm”, serious-harm and SERIOUS_HARM have one key."""
    return "".join(character for character in text.replace("&", " and ").upper() if character.isalnum())


@cache
def synonyms() -> MappingProxyType:
    """The spellings that are accepted beside the specification's own, by section of expectations/synonyms.yml."""
    document: dict[str, Any] = yaml.safe_load(SYNONYMS_FILE.read_text(encoding="utf-8"))
    return MappingProxyType(document)
