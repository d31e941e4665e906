"""A date of a document in, how it is written in Chinese out."""


def day(date: str) -> str:
    """Return YYYY, YYYY-MM or YYYY-MM-DD as it is written in Chinese: 2022年10月9日."""
    return "".join(f"{int(part)}{unit}" for part, unit in zip(date.split("-"), "年月日", strict=False))
