"""Weights in, the same on a grid out, so that sums of them are exact in whatever order they are added."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

FLOATS = NDArray[np.float64]

# To add this and take it away again leaves multiples of 2 ** -38 of what is below 8,192: finer than anybody compares scores,
# and coarse enough for sums up to 32,768.
GRID, STEP = 1.5 * 2.0**14, 2.0**-38


def rounded(weights: FLOATS) -> FLOATS:
    """Return weights rounded to the grid."""
    placed: NDArray[Any] = weights + GRID
    placed -= GRID
    return placed
