"""The concepts of the field: which phrases mean the same, what was renamed, and what says nothing."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

import polars as pl

from throughline.repetition.words import GRAMMAR, split_words, stem
from throughline.workspace import PROJECT

SEEDS = PROJECT / "seeds" / "repetition"
BOILERPLATE = ""

Stems = tuple[str, ...]


@dataclass(frozen=True)
class Unit:
    """One thing that a text mentions: a concept, or a word that belongs to none."""

    name: str
    kind: str
    words: str


@dataclass(frozen=True)
class Lexicon:
    """Phrases as stems with the concept each means, and the kind of each concept."""

    concept_of: dict[Stems, str]
    kind_of: dict[str, str]
    single_boilerplate: frozenset[str]
    longest: int

    def units(self, text: str) -> dict[str, Unit]:
        """What a text mentions, each once, longest phrases first; boilerplate and grammar are dropped."""
        words = split_words(text)
        stems = [stem(word) for word in words]
        found: dict[str, Unit] = {}
        at = 0
        while at < len(words):
            length, concept = self._longest_phrase(words, stems, at)
            if concept:
                found.setdefault(concept, Unit(concept, self.kind_of[concept], " ".join(words[at : at + length])))
            elif concept is None and self._says_something(words[at]):
                found.setdefault(f"={stems[at]}", Unit(f"={stems[at]}", "word", words[at]))
            at += length
        return found

    def phrases_in(self, text: str) -> set[Stems]:
        """The lexicon's own phrases that a text uses."""
        words = split_words(text)
        stems = [stem(word) for word in words]
        used: set[Stems] = set()
        at = 0
        while at < len(words):
            length, concept = self._longest_phrase(words, stems, at)
            if concept is not None:
                used.add(tuple(stems[at : at + length]))
            at += length
        return used

    def keep_only(self, phrases: Collection[Stems]) -> "Lexicon":
        """The same lexicon with every other phrase for a concept taken out."""
        kept = {
            phrase: concept
            for phrase, concept in self.concept_of.items()
            if concept == BOILERPLATE or phrase in phrases
        }
        return Lexicon(kept, self.kind_of, self.single_boilerplate, self.longest)

    def _longest_phrase(self, words: list[str], stems: list[str], at: int) -> tuple[int, str | None]:
        for length in range(min(self.longest, len(words) - at), 1, -1):
            concept = self.concept_of.get(tuple(stems[at : at + length]))
            if concept is not None:
                return length, concept
        if not self._says_something(words[at]):
            return 1, None
        return 1, self.concept_of.get((stems[at],))

    def _says_something(self, word: str) -> bool:
        return len(word) > 1 and word not in GRAMMAR and word not in self.single_boilerplate


def _stems(phrase: str) -> Stems:
    return tuple(stem(word) for word in split_words(phrase))


@cache
def read_lexicon() -> Lexicon:
    """Reads the seeds; an earlier name means whatever its later name means."""
    concepts = pl.read_csv(SEEDS / "repetition_concepts.csv", infer_schema=False)
    concept_of = {_stems(phrase): concept for phrase, concept, _ in concepts.iter_rows()}
    names = dict(
        (_stems(earlier), _stems(later))
        for earlier, later, *_ in pl.read_csv(SEEDS / "repetition_name_changes.csv", infer_schema=False).iter_rows()
    )
    for earlier in names:
        concept_of[earlier] = concept_of[_latest_name(earlier, names)]
    boilerplate = pl.read_csv(SEEDS / "repetition_boilerplate.csv", infer_schema=False)["phrase"].to_list()
    for phrase in boilerplate:
        concept_of.setdefault(_stems(phrase), BOILERPLATE)
    return Lexicon(
        concept_of=concept_of,
        kind_of=dict(concepts.select("concept", "concept_kind").iter_rows()),
        single_boilerplate=frozenset(phrase for phrase in boilerplate if " " not in phrase),
        longest=max(map(len, concept_of)),
    )


def _latest_name(name: Stems, names: dict[Stems, Stems]) -> Stems:
    while name in names:
        name = names[name]
    return name
