"""Know personal data when a text holds it: one kind a pattern, few false alarms, time that grows only with the length.

The patterns run in the engine of polars, which never goes back over a text. What a pattern alone cannot tell (a check
digit, a word that is no surname) is asked afterwards, of the few texts that matched.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import polars as pl
import yaml

from throughline.workspace import PROJECT

WORDS_FILE = PROJECT / "expectations" / "personal_data.yml"

MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
DATE = (
    r"(?:\d{1,2}[/. -]\d{1,2}[/. -](?:\d{4}|\d{2})|\d{4}[/.-]\d{1,2}[/.-]\d{1,2}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ /.-]?{MONTH}[ ,/.-]{{1,2}}(?:\d{{4}}|'?\d{{2}})"
    rf"|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})"
)
BIRTH = r"(?:d\.? ?o\.? ?b\b\.?|date of birth|birth ?date|birthday)"

AREAS = (
    "AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|FK|FY"
    "|G|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR"
    "|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA"
    "|WC|WD|WF|WN|WR|WS|WV|YO|ZE"
)
STREET = "(?:Road|Rd|Street|Avenue|Ave|Lane|Crescent|Terrace|Gardens|Grove|Mews)"
# Streets by their place in the sentence alone: 3 Safe Place schemes, but 3 Safe Place, Leeds.
STREET_OR_NOT = "(?:Close|Court|Drive|Place|Row|Walk|Way|St)"
CHILD = (
    "(?:aged? [0-9]{1,2}|child|children|boy|girl|baby|son|daughter|brother|sister|sibling|twin|mother|father|carer"
    "|grandmother|grandfather|stepfather|stepmother|partner|teenager|young person)"
)
CALLED = r",? ?\(?(?:(?:who )?(?:is |was )?(?:called|named|known as)|whose name (?:is|was))"

# Read before the patterns: a day's ordinal looks like the end of a postcode, and a court like a street.
ORDINAL = r"\b\d{1,2}(?:st|nd|rd|th)\b"
COURTS = r"\b(?:Family|Crown|High|County|Youth|Supreme|Magistrates'?) Court\b"


@dataclass(frozen=True)
class Kind:
    """One kind of personal data: how it is told to a person, and the patterns that find it."""

    name: str
    patterns: tuple[str, ...]
    # Asked of each match, where the pattern alone would raise false alarms.
    is_one: Callable[[str], bool] | None = None
    # Whether a reference with such a look is still an honest reference: long numbers are common there.
    in_references: bool = True
    # Dates are taken out first, for kinds that a row of dates resembles.
    without_dates: bool = False


def has_nhs_check_digit(text: str) -> bool:
    """Whether ten digits end in the check digit of an NHS number."""
    digits = [int(character) for character in text if character.isdigit()]
    if len(digits) != 10:
        return False
    remainder = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return digits[9] == (0 if remainder == 11 else remainder)


def has_upn_check_letter(text: str) -> bool:
    """Whether a letter and twelve characters are a unique pupil number: the letter checks the rest."""
    letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
    characters = re.sub(r"[^A-Z0-9]", "", text.upper())
    numbers = [int(one) if one.isdigit() else letters.find(one) for one in characters[1:]]
    total = sum(number * weight for number, weight in zip(numbers, range(2, 14), strict=False))
    return len(numbers) == 12 and characters[0] == letters[total % 23]


@cache
def _words() -> dict[str, frozenset[str]]:
    lists = yaml.safe_load(WORDS_FILE.read_text(encoding="utf-8"))
    return {name: frozenset(str(word).lower() for word in words) for name, words in lists.items()}


def _is_name(match: str) -> bool:
    """Whether the words after a title, a forename or `called` are a surname and no look-alike."""
    words = re.findall(r"[^\W\d_][^\W\d_'’-]*(?:['’-][^\W\d_]+)*", match)
    if not words or words[0].lower() in ("st", "saint"):
        return False
    lowered = [word.lower() for word in words]
    if any(" ".join(lowered[start:]) in _words()["known_names"] for start in range(len(lowered))):
        return False
    return lowered[-1].removesuffix("'s").removesuffix("’s") not in _words()["not_surnames"]


@cache
def kinds() -> tuple[Kind, ...]:
    """Every kind of personal data, in the order in which a finding names them."""
    lists = yaml.safe_load(WORDS_FILE.read_text(encoding="utf-8"))
    titles = "|".join({form for title in lists["titles"] for form in (title, title.upper())})
    forenames = "|".join(sorted(lists["forenames"], key=len, reverse=True))
    surname = r"\p{Lu}[\p{L}'’-]*\p{L}"
    names = (
        rf"(?:^|[^\p{{L}}\d-])(?:{titles})\.? (?:\p{{Lu}}\.? ?){{0,3}}{surname}",
        r"(?:^|[^\p{L}\d-])(?:mr|mrs)\.? (?:\p{L}\.? )?\p{L}[\p{L}'’-]+",
        rf"(?:^|[^\p{{L}}\d'’-])(?:(?:St|Saint)\.? )?(?:{forenames}) (?:\p{{Lu}}\.? )?{surname}",
        rf"(?i:\b{CHILD}(?: aged? \d{{1,2}})?{CALLED}) {surname}",
    )
    return (
        Kind("a person's name", names, _is_name),
        Kind(
            "a date of birth",
            (
                rf"(?i)\b{BIRTH}[ :=(,-]*(?:(?:is|was|of|on|as|given as|recorded as)[ :]+)?(?:{DATE}|\d{{8}}\b)",
                rf"(?i)(?:^|[^\w-])born[ :,]+(?:on |in )?(?:the )?(?:\w+day,? )?(?:the )?{DATE}",
                rf"(?i)(?:^|[^\w.])b\. ?{DATE}",
                rf"(?i){DATE} ?(?:[(\[] ?{BIRTH}|d\.?o\.?b\b|(?:is|was) (?:his|her|their|the child's) {BIRTH})",
            ),
        ),
        Kind("an NHS number", (r"(?i)\bnhs(?: ?(?:no|num|number|#))?[ .:=#-]*(?:is )?\d(?:[ -]?\d){9}\b",)),
        Kind(
            "an NHS number",
            # Numbers given in England start with 3 or more; a lower first digit is a year or a number of another kind.
            (r"\b[3-9]\d{9}\b", r"\b[3-9]\d{2}[ -]\d{3}[ -]\d{4}\b", r"\b[3-9](?:[ -]?\d){9}\b"),
            has_nhs_check_digit,
            without_dates=True,
        ),
        Kind(
            "a unique pupil number",
            (r"(?i)\b[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]\b", r"(?i)\bupn\b[ .:=]*(?:is )?[A-Z](?:[ -]?\d){11}"),
            in_references=False,
        ),
        Kind(
            "a unique pupil number",
            (r"(?i)\b[A-HJ-NP-RT-Z](?:[ -]?\d){11}[ -]?[\dA-HJ-NP-RT-Z]\b",),
            has_upn_check_letter,
        ),
        Kind(
            "a postcode",
            (
                rf"\b(?:{AREAS})\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{{2}}\b",
                rf"\b(?:{AREAS.lower()})\d[a-z\d]? ?\d[abd-hjlnp-uw-z]{{2}}\b",
            ),
        ),
        Kind(
            "an address",
            (
                rf"\b\d{{1,3}}[A-Za-z]?,? (?:\p{{Lu}}[\p{{L}}'’.-]* ){{1,3}}(?:{STREET}|{STREET.upper()})\b",
                rf"\b\d{{1,3}}[A-Za-z]?,? (?:\p{{Lu}}[\p{{L}}'’.-]* ){{1,3}}{STREET_OR_NOT}(?:[.,;)]| in |$)",
                r"\b(?:Flat|FLAT|Apartment) \d{1,3}[A-Za-z]?,? (?:\d{1,3} )?\p{Lu}\p{L}+",
            ),
        ),
        Kind(
            "a phone number",
            (r"(?:\+ ?44|\b0044)[ ()0-]{0,5}[1-37](?:[ ()-]{0,2}\d){8,9}\b", r"\b07\d{3}[ -]?\d{3}[ -]?\d{3}\b"),
            without_dates=True,
        ),
        Kind(
            "a phone number",
            # Numbers that start 03 and 08 belong to organisations: helplines are named in recommendations.
            (r"(?:^|[^\w.])\(?0[127]\d(?:[ ()-]{0,2}\d){7,8}(?:\D|$)",),
            in_references=False,
            without_dates=True,
        ),
        Kind("an e-mail address", (r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+",)),
    )


def found_in(texts: pl.Series, *, are_references: bool = False) -> pl.Series:
    """For each text the kinds of personal data that it holds, as a list of their names."""
    plain = (
        pl.Series("text", texts.cast(pl.String).fill_null(""))
        .str.normalize("NFKC")
        .str.replace_all(r"[\u{00AD}\u{200B}-\u{200F}\u{2060}\u{FEFF}]", "")
        .str.replace_all(r"[\u{2010}-\u{2015}\u{2212}]", "-")
        .str.replace_all(r"\s+", " ")
        .str.replace_all(f"{ORDINAL}( ?of)? ?(?i:{MONTH})", "1 March")
        .str.replace_all(f"{ORDINAL}|{COURTS}", "")
    )
    undated = plain.str.replace_all(rf"(?i)\b{DATE}\b", ",")
    found: dict[str, pl.Series] = {}
    for kind in kinds():
        if are_references and not kind.in_references:
            continue
        holds = _holds(undated if kind.without_dates else plain, kind)
        found[kind.name] = found[kind.name] | holds if kind.name in found else holds
    lists = pl.DataFrame(found).select(
        pl.concat_list(pl.when(pl.col(name)).then(pl.lit(name)) for name in found).list.drop_nulls().alias("found")
    )
    return lists["found"]


def _holds(texts: pl.Series, kind: Kind) -> pl.Series:
    holds = pl.repeat(False, len(texts), dtype=pl.Boolean, eager=True)
    for pattern in kind.patterns:
        matched = texts.str.contains(pattern)
        if kind.is_one is not None and matched.any():
            found = texts.filter(matched).str.extract_all(pattern).to_list()
            right = pl.Series([any(kind.is_one(match) for match in matches) for matches in found])
            matched = matched.scatter(matched.arg_true(), right)
        holds = holds | matched
    return holds


def kinds_in(text: str) -> list[str]:
    """The kinds of personal data that one text holds."""
    return found_in(pl.Series([text]))[0].to_list()
