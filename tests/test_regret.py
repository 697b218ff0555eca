"""Regret over scenarios, against worked examples."""

from __future__ import annotations

import numpy as np
import pytest

from mcda.errors import ProblemError
from mcda.sensitivity.regret import regret

# Four acts under four states [Milnor, "Games against nature", 1954]: each of four criteria chooses another act, and
# Savage's, the least largest regret, chooses the fourth.
ACTS = np.array([[2, 2, 0, 1], [1, 1, 1, 1], [0, 4, 0, 0], [1, 3, 0, 0]], float)
NAMES = ("laplace", "wald", "hurwicz", "savage")
STATES = ("rain", "sun", "wind", "snow")


def test_savage_1951_on_milnor_1954_by_hand() -> None:
    """The best under each state are 2, 4, 1 and 1."""
    found = regret(ACTS.T, alternatives=NAMES, scenarios=STATES)
    assert found.regrets.T.tolist() == [[0, 2, 1, 0], [1, 3, 0, 0], [2, 0, 1, 1], [1, 1, 1, 1]]
    assert found.worst.tolist() == [2, 3, 2, 1]
    assert found.minimax == ("savage",)
    assert found.worst_scenarios == ("sun", "sun", "rain", "rain")
    assert found.mean.tolist() == [0.75, 1, 1, 1]


def test_starr_1963_domain_splits_ties() -> None:
    """First are laplace, hurwicz, wald, and under the last state laplace and wald together."""
    found = regret(ACTS.T, alternatives=NAMES, scenarios=STATES)
    assert found.domain.tolist() == [1.5 / 4, 1.5 / 4, 1 / 4, 0]
    weighted = regret(ACTS.T, alternatives=NAMES, scenarios=STATES, weights=[4, 3, 2, 1])
    assert weighted.domain == pytest.approx([0.45, 0.25, 0.3, 0])
    assert weighted.mean == pytest.approx([0.8, 1.3, 1.1, 1.0])
    assert weighted.worst.tolist() == found.worst.tolist()


def test_threshold_counts_who_satisfies() -> None:
    found = regret(ACTS.T, alternatives=NAMES, threshold=1)
    assert found.domain.tolist() == [3 / 4, 1, 1 / 4, 1 / 2]


def test_losses_are_the_mirror_of_gains() -> None:
    gains, losses = regret(ACTS.T, threshold=1), regret(-ACTS.T, threshold=-1, higher_is_better=False)
    assert gains.regrets.tolist() == losses.regrets.tolist()
    assert gains.domain.tolist() == losses.domain.tolist()
    assert regret(-ACTS.T, higher_is_better=False).domain.tolist() == regret(ACTS.T).domain.tolist()


def test_ties_in_the_least_regret_are_all_named() -> None:
    found = regret([[3, 1], [1, 3]])
    assert found.minimax == ("a1", "a2")
    assert found.domain.tolist() == [0.5, 0.5]


@pytest.mark.parametrize("seed", range(10))
def test_regret_against_a_slow_twin(seed: int) -> None:
    draw = np.random.default_rng(seed)
    scores, weights = draw.normal(size=(6, 4)), draw.uniform(size=6)
    found = regret(scores, weights=weights)
    slow = [[max(row) - one for one in row] for row in scores]
    worst = [max(row[i] for row in slow) for i in range(4)]
    share = [sum(w for w, row in zip(weights, scores, strict=True) if row[i] == max(row)) for i in range(4)]
    assert found.worst == pytest.approx(worst)
    assert found.minimax == (f"a{int(np.argmin(worst)) + 1}",)
    assert found.domain == pytest.approx(np.array(share) / weights.sum())
    assert found.domain.sum() == pytest.approx(1)
    shifted = regret(scores + draw.normal(size=(6, 1)), weights=weights)
    assert shifted.regrets == pytest.approx(found.regrets)


def test_all_faults_at_once_and_no_nan() -> None:
    with pytest.raises(ProblemError) as raised:
        regret([[1, np.nan], [2, np.inf]], alternatives=["a"], scenarios=["s", "t", "u"], threshold=np.nan)
    assert [fault.code for fault in raised.value.faults] == ["fault.length"] * 2 + ["fault.not_finite"] * 3
    for shape in ((), (3,), (0, 2), (2, 2, 2)):
        with pytest.raises(ProblemError, match="scenarios in rows and alternatives in columns"):
            regret(np.zeros(shape))
    with pytest.raises(ProblemError, match="negative"):
        regret([[1, 2], [3, 4]], weights=[1, -1])
