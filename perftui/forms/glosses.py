"""The English of a form's own words, shown behind them where English was chosen; the Chinese is what prints."""

import re
from functools import lru_cache

from perftui.forms.definition import Form
from perftui.locale import chosen_language
from perftui.model.width import cell_len

_LEAST = 2
"""The fewest characters of a word that is looked for inside a sentence."""


def english_of(form: Form, word: str) -> str:
    """The English of a label or another word of the form; "" where Chinese was chosen or it has none."""
    if chosen_language() == "zh":
        return ""
    parts = [form.english.get(part, "") for part in word.split("·")]  # a matrix's column and its amount
    return ", ".join(parts) if all(parts) else ""


def glossed(form: Form, word: str) -> str:
    """A word of the form with its English behind it."""
    return f"{word} {english_of(form, word)}".rstrip()


def glossed_within(form: Form, word: str, width: int) -> str:
    """A word of the form with its English where that fits into so many cells, else the word alone."""
    gloss = glossed(form, word)
    return gloss if cell_len(gloss) <= width else word


def glossed_sentence(form: Form, sentence: str) -> str:
    """A sentence with the English behind each word of the form; what is quoted in it is data and stays."""
    if chosen_language() == "zh" or not form.english:
        return sentence
    return _words(form).sub(lambda found: _in_brackets(form, found), sentence)


def _in_brackets(form: Form, found: re.Match[str]) -> str:
    return f"{found[0]} ({form.english[found['word']]})" if found["word"] else found[0]


@lru_cache(maxsize=4)
def _words(form: Form) -> re.Pattern[str]:
    """Quoted text, or a word of the form with the number of its row, standing by itself."""
    words = sorted((word for word in form.english if len(word) >= _LEAST), key=len, reverse=True)
    known = "|".join(map(re.escape, words))
    return re.compile(rf"“[^”]*”|(?<![㐀-鿿])(?P<word>{known})[0-9]*(?![㐀-鿿])")
