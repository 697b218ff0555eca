"""Contributions against closed forms: linear games, products, and the sum under every method."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from mcda.engine.contributions import contributions


def owen_by_orders(lead, members: list[int]) -> np.ndarray:
    """The definition, slowly: the mean over all orders in which the leaves of a criterion stay together."""
    groups = {g: [j for j, owner in enumerate(members) if owner == g] for g in sorted(set(members))}
    out, count = np.zeros(len(members)), 0
    for order in permutations(groups):
        inner = [list(permutations(groups[g])) for g in order]
        for choice in np.ndindex(*(len(options) for options in inner)):
            mask = np.zeros((1, len(members)))
            count += 1
            for g, pick in enumerate(choice):
                for leaf in inner[g][pick]:
                    before = lead(mask)[0]
                    mask[0, leaf] = 1.0
                    out[leaf] += lead(mask)[0] - before
    return out / count


def test_linear_lead_gives_its_coefficients() -> None:
    found = contributions(lambda masks: masks @ np.array([3.0, 1.0, -2.0]), [0, 0, 1])
    assert found == pytest.approx([3, 1, -2], abs=1e-12)


def test_product_of_two_criteria_is_shared_equally() -> None:
    # v(S) = 1 where both are in: each gets 1/2 (Shapley 1953).
    assert contributions(lambda masks: masks.prod(axis=1), [0, 1]) == pytest.approx([0.5, 0.5], abs=1e-15)


def test_leaves_of_one_criterion_share_what_their_criterion_earns() -> None:
    # Three leaves of which two form a criterion, all needed: criteria get 1/2 each, the two leaves 1/4 (Owen 1977).
    assert contributions(lambda masks: masks.prod(axis=1), [0, 0, 1]) == pytest.approx([0.25, 0.25, 0.5], abs=1e-15)


@pytest.mark.parametrize("members", [[0, 1, 2], [0, 0, 1, 1], [0, 0, 0, 1, 2], [0, 0, 0, 0]])
def test_equals_the_mean_over_all_orders(members: list[int]) -> None:
    table = np.random.default_rng(7).normal(size=2 ** len(members))
    powers = 2 ** np.arange(len(members))

    def lead(masks: np.ndarray) -> np.ndarray:
        return table[(masks @ powers).astype(int)]

    found = contributions(lead, members)
    assert found == pytest.approx(owen_by_orders(lead, members), abs=1e-12)
    assert found.sum() == pytest.approx(table[-1] - table[0], abs=1e-12)
