"""The small simplex against closed forms and against scipy's solver."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog

from mcda.sensitivity.linear import minimize

STATUS = {0: "optimal", 2: "infeasible", 3: "unbounded"}


def problem_of(seed):
    """Small whole numbers, so that ties, degenerate corners and rows that repeat each other are common."""
    rng = np.random.default_rng(seed)
    d, p, q = rng.integers(1, 9), rng.integers(0, 9), rng.integers(0, 3)

    def draw(*shape):
        return rng.integers(-3, 5, shape).astype(float) if seed % 2 else rng.normal(size=shape)

    A, b, E, e, c = draw(p, d), draw(p), draw(q, d), draw(q), draw(d)
    if seed % 3 == 0:
        E, e = np.vstack([E, np.ones((2, d))]), np.append(e, [1.0, 1.0])
    if seed % 5 == 0:
        A, b = np.vstack([A, np.ones(d)]), np.append(b, 7.0)
    return c, A, b, E, e


@pytest.mark.parametrize("seed", range(60))
def test_agrees_with_scipy(seed):
    c, A, b, E, e = problem_of(seed)
    status, x = minimize(c, A, b, E, e)
    found = linprog(c, A if len(A) else None, b if len(A) else None, E if len(E) else None, e if len(E) else None)
    assert status == STATUS[found.status]
    if status == "optimal":
        assert c @ x == pytest.approx(found.fun, abs=1e-8)
        assert (x >= -1e-9).all()
        assert (A @ x <= b + 1e-8).all()
        np.testing.assert_allclose(E @ x, e, atol=1e-8)


def test_textbook_optimum():
    """Dantzig's example as in Chvatal, "Linear Programming", 1983, problem 1.1: x = (2, 0, 1), value 13."""
    status, x = minimize([-5, -4, -3], [[2, 3, 1], [4, 1, 2], [3, 4, 2]], [5, 11, 8])
    assert status == "optimal"
    np.testing.assert_allclose(x, [2, 0, 1], atol=1e-12)


def test_no_cycling_on_the_example_that_cycles():
    """Chvatal 1983, page 31: the largest-coefficient rule cycles here; the optimum is 1."""
    c = [-10, 57, 9, 24]
    status, x = minimize(c, [[0.5, -5.5, -2.5, 9], [0.5, -1.5, -0.5, 1], [1, 0, 0, 0]], [0, 0, 1])
    assert status == "optimal"
    assert np.dot(c, x) == pytest.approx(-1)


def test_without_conditions():
    assert minimize([1, 2])[0] == "optimal"
    assert minimize([1, -2])[0] == "unbounded"


def test_rows_that_repeat_and_rows_that_clash():
    assert minimize([1, 1], A_eq=[[1, 1], [2, 2]], b_eq=[1, 2])[0] == "optimal"
    assert minimize([1, 1], A_eq=[[1, 1], [2, 2]], b_eq=[1, 3])[0] == "infeasible"
