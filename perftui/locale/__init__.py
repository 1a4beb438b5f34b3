"""Sentences for people: Chinese in the code is the message id, other languages are tables of translations.

``_("保存")`` returns the sentence in the chosen language; ``N_`` only marks one for translation.
A language is a folder of flat TOML tables (one file an area of the program).
"""

import os
from functools import cache
from pathlib import Path

LANGUAGES = ("zh", "en")
_chosen = "zh"
_ONE_CELL = str.maketrans({"·": "|", "…": "~", "→": ">", "×": "x", "↑": "^", "↓": "v"})
_signs: dict[int, str] = {}


def choose_language(name: str | None) -> str:
    """Choose the language of all later sentences: ``name``, else ``PERFTUI_LANG``, else Chinese. Returns it."""
    global _chosen
    wanted = (name or os.environ.get("PERFTUI_LANG") or "zh").lower()[:2]
    _chosen = wanted if wanted in LANGUAGES else "zh"
    return _chosen


def chosen_language() -> str:
    """The language that was chosen."""
    return _chosen


def draw_signs(*, wide: bool) -> None:
    """Shall our own signs stand for themselves, or, where a terminal draws them two cells wide, others of one cell?"""
    global _signs
    _signs = _ONE_CELL if wide else {}


@cache
def translations(language: str) -> dict[str, str]:
    """Every translated sentence of a language: Chinese -> translation. Empty for Chinese itself."""
    import tomllib  # costs 5 ms, and Chinese needs no table

    found: dict[str, str] = {}
    folder = Path(__file__).parent / language
    if language != "zh":
        for entry in sorted(folder.iterdir(), key=lambda item: item.name):
            if entry.name.endswith(".toml"):
                found.update(tomllib.loads(entry.read_text(encoding="utf-8")))
    return found


def _(sentence: str) -> str:
    """The sentence in the chosen language; itself where there is no translation."""
    translated = sentence if _chosen == "zh" else translations(_chosen).get(sentence, sentence)
    return translated.translate(_signs) if _signs else translated


def labelled(label: str, text: object) -> str:
    """A label and what stands behind it, with the colon of the chosen language."""
    return _("{label}：{text}").format(label=label, text=text)


def N_(sentence: str) -> str:  # noqa: N802 - gettext's own name for a marked, untranslated sentence
    """Mark a sentence of a module-level table for translation; ``_`` translates it where it is used."""
    return sentence
