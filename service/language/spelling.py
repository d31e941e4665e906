"""Two writings in, how much they sound alike out."""

from service.language.pinyin import blurred, readings

# Of the readings of a character, those that are met in modern texts are among its first.
_USUAL = 3


def blurs(typed: str, meant: str) -> int | None:
    """Return at how many characters two writings of one length sound only nearly alike (shang, san); None if they differ.

    Tones do not count, and of a character's readings any will do.
    """
    found = 0
    for one, other in zip(typed, meant, strict=True):
        mine, yours = set(readings(one)[:_USUAL]), set(readings(other)[:_USUAL])
        if one == other or mine & yours:
            continue
        if not {blurred(syllable) for syllable in mine} & {blurred(syllable) for syllable in yours}:
            return None
        found += 1
    return found


def is_mistyped(typed: str, meant: str, *, count: int, word: bool, words_typed: bool) -> bool:
    """Return whether a writing that stands ``count`` times is likely meant by another one that stands nowhere.

    The shorter they are, the more they have to have in common. ``word`` tells whether a dictionary has what was meant,
    ``words_typed`` whether all that was typed otherwise are its words too (银子 in 招商银子), which only an input method
    does, and it hears well.
    """
    nearly = blurs(typed, meant)
    if nearly is None or (words_typed and nearly):
        return False
    length = len(typed)
    same = sum(one == other for one, other in zip(typed, meant, strict=True))
    if length == 2:
        return not nearly and same == 1 and word and count > 1
    if length == 3:
        return nearly <= same - 1 and (word or (same == 2 and count > 2))
    return nearly <= 1 and (word or 2 * same >= length or count > 2)
