"""Does a text match what somebody typed to find it?"""


def matches(wanted: str, *texts: str) -> bool:
    """Every word that was typed stands in one of the texts, upper or lower case."""
    haystack = " ".join(texts).casefold()
    return all(word in haystack for word in wanted.casefold().split())
