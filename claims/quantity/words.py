"""How counts and their relations are put into words, in English and Arabic.

Digits are Latin in both languages, in groups of three. Ranges and minus signs are
written in words, because a dash beside a number flips in right-to-left text.
"""

from decimal import Decimal

from claims.quantity.interval import Interval

_ENGLISH = {
    "EXACT": "{}",
    "ABOUT": "about {}",
    "AT_LEAST": "at least {}",
    "MORE_THAN": "more than {}",
    "AT_MOST": "at most {}",
    "LESS_THAN": "less than {}",
    "UP_TO": "up to {}",
    "RANGE": "{}",
    "FROM_TO": "{} to {}",
    "ABOUT_FROM_TO": "about {} to {}",
    "MINUS": "minus {}",
    "UNSTATED": "an unstated number",
    "LOW_INCLUDED": "at least {}",
    "LOW_EXCLUDED": "more than {}",
    "HIGH_INCLUDED": "at most {}",
    "HIGH_EXCLUDED": "less than {}",
    "AND": " and ",
    "NUMBERS_SHARED": "numbers of {} fit both",
    "NUMBER_SHARED": "only {} fits both",
    "TAKING_ABOUT": ", taking “about” as {}% either way",
    "SAME": "Both say {first}.",
    "AGREES": "{first} and {second} agree: {why}.",
    "OVERLAPS": "{first} and {second} overlap: {why}.",
    "CONFLICTS": "{first} and {second} conflict: {why}.",
    "NOT_COMPARABLE": "{first} and {second} are not comparable: {why}.",
    "SAME_BOUNDS": "they give the same bounds in other words",
    "LIES_IN": "{inner} lies within {outer}",
    "LIES_NEAR": "{inner} is within {percent}% of {outer}",
    "APART": "they are {gap} apart",
    "APART_TIMES": "they are {gap} apart ({ratio} times)",
    "TOUCH": "they meet only at {bound}, which is excluded",
    "DIFFERENT_UNIT": "they are counted in different units",
    "DIFFERENT_MEASURE": "they belong to different measures",
    "DIFFERENT_NATURE": "a level, a running total and an increment are different things",
    "DIFFERENT_DAY": "they hold for days further apart than the measure allows",
}

_ARABIC = {
    "EXACT": "{}",
    "ABOUT": "حوالي {}",
    "AT_LEAST": "ما لا يقل عن {}",
    "MORE_THAN": "أكثر من {}",
    "AT_MOST": "ما لا يزيد على {}",
    "LESS_THAN": "أقل من {}",
    "UP_TO": "ما يصل إلى {}",
    "RANGE": "{}",
    "FROM_TO": "من {} إلى {}",
    "ABOUT_FROM_TO": "من {} إلى {} تقريبًا",
    "MINUS": "ناقص {}",
    "UNSTATED": "عدد غير محدد",
    "LOW_INCLUDED": "لا تقل عن {}",
    "LOW_EXCLUDED": "تزيد على {}",
    "HIGH_INCLUDED": "لا تزيد على {}",
    "HIGH_EXCLUDED": "تقل عن {}",
    "AND": " و",
    "NUMBERS_SHARED": "الأعداد التي {} توافقهما معًا",
    "NUMBER_SHARED": "لا يوافقهما معًا إلا {}",
    "TAKING_ABOUT": "، على أن التقريب يعني فرقًا لا يتجاوز {}% زيادةً أو نقصانًا",
    "SAME": "الرقمان متطابقان: كلاهما «{first}».",
    "AGREES": "الرقمان «{first}» و«{second}» متوافقان: {why}.",
    "OVERLAPS": "الرقمان «{first}» و«{second}» متداخلان: {why}.",
    "CONFLICTS": "الرقمان «{first}» و«{second}» متعارضان: {why}.",
    "NOT_COMPARABLE": "لا تصح المقارنة بين «{first}» و«{second}»: {why}.",
    "SAME_BOUNDS": "حدودهما واحدة وإن اختلفت العبارة",
    "LIES_IN": "«{inner}» يقع ضمن «{outer}»",
    "LIES_NEAR": "«{inner}» لا يبعد أكثر من {percent}% عن «{outer}»",
    "APART": "الفارق بينهما {gap}",
    "APART_TIMES": "الفارق بينهما {gap} (بنسبة {ratio} إلى 1)",
    "TOUCH": "لا يلتقيان إلا عند {bound}، وهو مستثنى",
    "DIFFERENT_UNIT": "وحدتا العد مختلفتان",
    "DIFFERENT_MEASURE": "هما من مقياسين مختلفين",
    "DIFFERENT_NATURE": "المستوى والمجموع المتراكم والزيادة أشياء مختلفة",
    "DIFFERENT_DAY": "ما بين تاريخيهما أطول مما يسمح به المقياس",
}

_PHRASES = {"en": _ENGLISH, "ar": _ARABIC}

_MAGNITUDES = {
    "en": (
        "several",
        "tens",
        "hundreds",
        "thousands",
        "tens of thousands",
        "hundreds of thousands",
        "millions",
        "tens of millions",
        "hundreds of millions",
        "billions",
    ),
    "ar": (
        "بضعة",
        "عشرات",
        "مئات",
        "آلاف",
        "عشرات الآلاف",
        "مئات الآلاف",
        "ملايين",
        "عشرات الملايين",
        "مئات الملايين",
        "مليارات",
    ),
}


def phrase(language: str, name: str, *parts: str, **named: str) -> str:
    """The named phrase of "en" or "ar" with its blanks filled.

    Raises:
        ValueError: for any other language.
    """
    if language not in _PHRASES:
        message = f"Counts are written in {', '.join(_PHRASES)}, not in {language!r}."
        raise ValueError(message)
    return _PHRASES[language][name].format(*parts, **named)


def digits(number: Decimal, language: str) -> str:
    """A number in Latin digits, in groups of three, without idle zeros."""
    written = f"{abs(number).normalize():,f}"
    return phrase(language, "MINUS", written) if number < 0 else written


def magnitude(low: Decimal | None, language: str) -> str:
    """The word for a vague number of at least ``low``: 200 makes "hundreds"."""
    unstated = phrase(language, "UNSTATED")
    if low is None or low < 1:
        return unstated
    words = _MAGNITUDES[language]
    return words[min(low.adjusted(), len(words) - 1)]


def shared_numbers(shared: Interval, language: str) -> str:
    """Which numbers fit both of two quantities, as the end of a sentence."""
    if shared.low == shared.high:
        return phrase(language, "NUMBER_SHARED", digits(shared.low, language))
    sides = (
        ("LOW", shared.low, shared.excludes_low),
        ("HIGH", shared.high, shared.excludes_high),
    )
    limits = [
        phrase(
            language,
            f"{side}_{'EXCLUDED' if excluded else 'INCLUDED'}",
            digits(bound, language),
        )
        for side, bound, excluded in sides
        if bound.is_finite()
    ]
    return phrase(language, "NUMBERS_SHARED", phrase(language, "AND").join(limits))
