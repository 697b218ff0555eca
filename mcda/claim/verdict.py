"""The verdict on a claim: a fixed scale of words for the share of specifications under which it holds.

The bounds were set before any result was looked at and are the same for every claim. A specification in which a tie
leaves the assertion open does not count as holding.

======================  ==================  ============================================
share of specifications  key                 words
======================  ==================  ============================================
all                      ``every``           holds under every choice
95 % or more             ``nearly_every``    holds under nearly every choice
75 % or more             ``most``            holds under most choices
more than 50 %           ``more_than_half``  holds in more than half of the choices
25 % or more             ``half_or_less``    holds in at most half of the choices
more than 5 %            ``few``             holds under few choices
more than 0              ``hardly_any``      holds under hardly any choice
0                        ``none``            holds under no choice
======================  ==================  ============================================
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction


def verdict(holds: int, specifications: int) -> str:
    """Give the key of the verdict in the catalogue of words; ``claim.verdict_untested`` where nothing was tested.

    Examples
    --------
    >>> verdict(95, 100), verdict(94, 100)
    ('claim.verdict_nearly_every', 'claim.verdict_most')
    """
    if not specifications:
        return "claim.verdict_untested"
    share = Fraction(holds, specifications)
    return "claim.verdict_" + next(key for key, reached in _SCALE if reached(share))


_SCALE: tuple[tuple[str, Callable[[Fraction], bool]], ...] = (
    ("every", lambda share: share == 1),
    ("nearly_every", lambda share: share >= Fraction(95, 100)),
    ("most", lambda share: share >= Fraction(75, 100)),
    ("more_than_half", lambda share: share > Fraction(1, 2)),
    ("half_or_less", lambda share: share >= Fraction(25, 100)),
    ("few", lambda share: share > Fraction(5, 100)),
    ("hardly_any", lambda share: share > 0),
    ("none", lambda share: share == 0),
)
