"""Who is reading, and so what they may see: throughline.release asks at every read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Viewer:
    """Who is reading: `public` unless told otherwise, or somebody with a right to one area, or to all."""

    role: str = "public"
    area_code: str | None = None

    @classmethod
    def public(cls) -> "Viewer":
        """Sees what is published."""
        return cls()

    @classmethod
    def panel(cls) -> "Viewer":
        """The national Panel: sees every area."""
        return cls("panel")

    @classmethod
    def region(cls, region_code: str) -> "Viewer":
        """A regional improvement programme: sees the areas inside its own region, and others as everybody does."""
        return cls("region", region_code)

    @classmethod
    def partnership(cls, partnership_code: str) -> "Viewer":
        """A scrutineer or partner: sees one partnership, and others as everybody does."""
        return cls("partnership", partnership_code)

    @classmethod
    def from_text(cls, text: str) -> "Viewer":
        """Reads `public`, `panel`, `region:E12000002` or `partnership:leeds`; anything else is an error."""
        role, _, area_code = text.partition(":")
        if (role in ("public", "panel") and not area_code) or (role in ("region", "partnership") and area_code):
            return cls(role, area_code or None)
        raise ValueError(f"viewer {text!r}: write public, panel, region:CODE or partnership:CODE")
