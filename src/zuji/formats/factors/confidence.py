"""From a raw score to a confidence: how often candidates of that score were right on the tuning half of the labelled set."""

THRESHOLD = 0.7
"""Below this confidence the answer is "no match"; the candidates are still listed for a person to look at."""

BANDS: tuple[tuple[float, float], ...] = ((0.95, 0.99), (0.9, 0.94), (0.8, 0.88), (0.0, 0.1))
"""Raw scores from a bound upwards, and their confidence: (right + 1) / (lines + 2) of the first candidates of the band (rule of
succession: what was seen seldom is not sure). A test counts them again."""


def calibrated(score: float) -> float:
    """The confidence that belongs to a raw score of 0 to 1; never falls as the score rises.

    >>> calibrated(1.0), calibrated(0.85), calibrated(0.79)
    (0.99, 0.88, 0.1)
    """
    return next(confidence for bound, confidence in BANDS if score >= bound)
