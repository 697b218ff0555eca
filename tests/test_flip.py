"""The smallest changes that turn the first place: against exhaustive grids, closed forms and general optimizers."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize as scipy_minimize
from scipy.optimize import nnls

import mcda
from mcda.sensitivity.cells_topsis import topsis_floor, topsis_judge
from mcda.sensitivity.cells_vikor import vikor_judge
from mcda.sensitivity.descent import descend, length
from mcda.sensitivity.flip import NORMS
from mcda.sensitivity.forms import reduced, upward
from mcda.sensitivity.nonnegative import nonnegative_least_squares
from mcda.sensitivity.polyhedron import dominating_mixture, largest_lead, nearest_weights
from mcda.sensitivity.reach import lattice
from mcda.sensitivity.subdivision import Target, nearest_of_cells, search

GRIDS = {m: lattice(m, most)[0] for m, most in ((2, 4000), (3, 8000), (4, 12000), (5, 12000))}
LINEAR = ("weighted_sum", "weighted_product", "promethee", "ahp", "spotis")


def some(seed, *, m=None, whole=False):
    rng = np.random.default_rng(seed)
    m = int(rng.integers(2, 5)) if m is None else m
    values = 1 + 4 * rng.random((int(rng.integers(3, 6)), m))
    values = values.round() if whole else values
    return mcda.Problem(values, rng.choice([-1, 1], m), 0.1 + rng.random(m))


def on_grid(problem, method, norm, wanted):
    """Give the least distance of the weights of a grid at which ``wanted(ranks (k, n)) -> (k,)`` holds."""
    grid = GRIDS[len(problem.criteria)]
    holds = wanted(mcda.ranks(upward(problem, method=method)(grid)))
    return length(grid[holds] - problem.weights, norm).min() if holds.any() else np.inf


def ranks_at(problem, weights, method):
    return mcda.rank(mcda.Problem(problem.values, problem.directions.tolist(), weights), method=method).ranks


def others(problem, i):
    """Give the alternatives that differ from one."""
    return np.flatnonzero((problem.values != problem.values[i]).any(axis=1))


@pytest.mark.parametrize("norm", NORMS)
@pytest.mark.parametrize("method", ["topsis", "vikor", *LINEAR])
def test_no_weights_of_an_exhaustive_grid_are_nearer(method, norm):
    for seed in range(1, 2 if method == "vikor" else 5):
        problem = some(seed, whole=seed % 3 == 2)
        for i, name in enumerate(problem.alternatives[:3]):
            found = mcda.smallest_change(problem, name, norm=norm, method=method, cells=20_000)
            rivals = others(problem, i)
            best = on_grid(problem, method, norm, lambda ranks, i=i, j=rivals: (ranks[:, [i]] < ranks[:, j]).all(1))
            assert found.bound <= best + 1e-9
            assert found.distance <= best + 1e-9
            if found.status == "never":
                assert np.isinf(best)
            if found.weights is not None:
                ranks = ranks_at(problem, found.weights, method)
                assert (ranks[i] < ranks[rivals]).all()
                assert found.distance == pytest.approx(length(found.weights - problem.weights, norm), abs=1e-15)
                assert found.weights.sum() == pytest.approx(1)
                assert (found.weights >= 0).all()


@pytest.mark.parametrize("norm", NORMS)
@pytest.mark.parametrize("method", ["topsis", *LINEAR])
def test_the_bound_meets_the_distance(method, norm):
    for seed in range(10, 14):
        problem = some(seed)
        for name in problem.alternatives:
            found = mcda.smallest_change(problem, name, norm=norm, method=method)
            assert found.status in ("already", "changes", "never")
            if found.status == "changes":
                assert found.bound <= found.distance <= found.bound + 1.1e-6
                assert found.level
            assert found.undecided == 0


@pytest.mark.parametrize("norm", NORMS)
def test_five_criteria_of_topsis_too(norm):
    problem = some(21, m=5)
    for i, name in enumerate(problem.alternatives[:3]):
        found = mcda.smallest_change(problem, name, norm=norm)
        best = on_grid(problem, "topsis", norm, lambda ranks, i=i: (ranks[:, [i]] < np.delete(ranks, i, 1)).all(1))
        assert found.bound <= found.distance <= best + 1e-9


@pytest.mark.parametrize("norm", NORMS)
@pytest.mark.parametrize("method", ["topsis", "weighted_sum", "waspas", "edas"])
def test_the_distance_to_losing_is_not_longer_than_a_grid_finds(method, norm):
    for seed in range(2):
        problem = some(seed)
        found = mcda.distance_to_losing(problem, norm=norm, method=method)
        winner = problem.alternatives.index(found.alternative)
        best = on_grid(problem, method, norm, lambda ranks, i=winner: ranks[:, i] > ranks.min(axis=1))
        assert found.distance <= best + 1e-9
        if found.status == "changes":
            ranks = ranks_at(problem, found.weights, method)
            assert ranks[problem.alternatives.index(found.level[0])] < ranks[winner]
            if found.evidence != "scan":
                assert found.bound >= found.distance - 1.1e-6


def test_two_criteria_in_closed_form():
    # Weighted sum, a leads b while w1 (1 - 0.2) > w2 (1 - 0.4): level at w1 = 3/7.
    problem = mcda.Problem([[1, 0.4], [0.2, 1]], ["max", "max"], [0.75, 0.25])
    at = 0.75 - 3 / 7
    for norm, distance in (("l1", 2 * at), ("l2", np.sqrt(2) * at), ("linf", at)):
        found = mcda.smallest_change(problem, "a2", norm=norm, method="weighted_sum", normalization="none")
        assert found.bound == pytest.approx(distance, abs=1e-12)
        assert found.distance == pytest.approx(distance, abs=1e-7)
        mirror = mcda.distance_to_losing(problem, norm=norm, method="weighted_sum", normalization="none")
        assert mirror.distance == pytest.approx(found.distance, abs=1e-12)
        assert mirror.level == ("a2",)


@pytest.mark.parametrize("norm", ["l1", "linf"])
def test_the_global_optimum_is_found_where_a_local_search_can_end_elsewhere(norm):
    problem = some(24, m=3)
    score = upward(problem)
    grid = GRIDS[3]

    def leads(weights):
        scores = score(weights)
        return scores[:, [0]] - scores[:, 1:] - 1e-9

    starts = grid[(leads(grid) > 0).all(axis=1)]
    ends = [descend(leads, point, problem.weights, norm) for point in starts[:: len(starts) // 12]]
    local = [float(length(end - problem.weights, norm)) for end in ends]
    assert max(local) > min(local) + 0.005  # one of the ways ends in a trap
    found = mcda.smallest_change(problem, "a1", norm=norm)
    assert found.distance == pytest.approx(min(local), abs=2e-6)
    assert found.bound > min(local) - 2e-6


def test_a_never_of_a_linear_method_is_proven_by_a_mixture():
    problem = mcda.Problem([[1, 0], [0, 1], [0.4, 0.4]], ["max", "max"], alternatives=["road", "rail", "sea"])
    found = mcda.smallest_change(problem, "sea", method="weighted_sum", normalization="none")
    assert found.status == "never"
    assert np.isinf(found.distance)
    assert np.isinf(found.bound)
    mixed = sum(share * problem.values[problem.alternatives.index(name)] for name, share in found.mixture.items())
    assert (mixed >= problem.values[2]).all()
    assert found.shortfall == pytest.approx(0.1)
    assert found.closest == pytest.approx([0.5, 0.5])
    assert [note.code for note in found.notes()] == ["sure.first_never", "sure.mixture", "sure.by_linear"]


def test_a_never_of_topsis_is_proven_by_subdivision():
    problem = mcda.Problem([[9, 9, 2], [2, 3, 9], [1, 2, 1]], ["max"] * 3)
    found = mcda.smallest_change(problem, "a3")
    assert (found.status, found.evidence, found.undecided) == ("never", "subdivision", 0)
    assert np.isinf(found.bound)
    assert found.shortfall > 0
    losing = mcda.distance_to_losing(mcda.Problem([[9, 9], [2, 3]], ["max", "max"]))
    assert losing.status == "never"
    assert "stays first whatever the weights" in str(losing.notes()[0])


def test_who_is_first_is_first_already_and_twins_are_set_aside():
    problem = mcda.Problem([[3, 1], [3, 1], [1, 2]], ["max", "max"], [2, 1])
    found = mcda.smallest_change(problem, "a1", method="weighted_sum")
    assert (found.status, found.distance, found.twins, found.ahead) == ("already", 0, ("a2",), ())
    away = mcda.smallest_change(problem, "a3", method="weighted_sum")
    assert away.ahead == ("a1", "a2")
    assert set(away.level) == {"a1", "a2"}
    alike = mcda.smallest_change(mcda.Problem([[1, 1], [1, 1]], ["max", "max"]), "a1")
    assert (alike.status, alike.twins) == ("already", ("a2",))


def test_a_tie_by_chance_is_left_at_no_distance():
    problem = mcda.Problem([[1, 0], [0, 1]], ["max", "max"])
    for method in ("weighted_sum", "topsis"):
        found = mcda.smallest_change(problem, "a1", method=method)
        assert found.status == "changes"
        assert found.distance == pytest.approx(0, abs=1e-5)
        assert found.ahead == ("a2",)
    losing = mcda.distance_to_losing(problem)
    assert (losing.status, losing.distance, losing.level) == ("already", 0, ("a2",))


def test_one_alternative_and_one_criterion():
    assert mcda.smallest_change(mcda.Problem([[1, 2]], ["max", "max"]), "a1").status == "already"
    assert mcda.distance_to_losing(mcda.Problem([[1, 2]], ["max", "max"])).status == "never"
    column = mcda.Problem([[1], [2]], ["max"])
    for method in ("topsis", "weighted_sum", "vikor", "waspas"):
        assert mcda.smallest_change(column, "a2", method=method).status == "already"
        assert mcda.smallest_change(column, "a1", method=method).status in ("never", "not_found")


def test_without_a_short_form_the_answer_says_that_it_is_a_scan():
    problem = mcda.Problem([[9, 2], [3, 8], [2, 2]], ["max", "max"], [3, 1])
    found = mcda.smallest_change(problem, "a2", method="waspas")
    assert (found.status, found.evidence, found.bound) == ("changes", "scan", 0)
    assert 0 < found.resolution < 0.01
    none = mcda.smallest_change(problem, "a3", method="waspas")
    assert (none.status, none.weights) == ("not_found", None)
    assert none.shortfall > 0


def test_many_criteria_get_a_bound_that_is_true_if_wide():
    rng = np.random.default_rng(2)
    problem = mcda.Problem(rng.random((4, 9)), ["max"] * 9, 0.2 + rng.random(9))
    second = mcda.rank(problem).order()[1]
    found = mcda.smallest_change(problem, problem.alternatives[second], cells=2000)
    assert 0 < found.bound < found.distance
    near = problem.weights + found.bound * 0.999 / 2 * (np.eye(9)[:, None] - np.eye(9)[None]).reshape(-1, 9)
    near = near[(near >= 0).all(axis=1)]
    ranks = mcda.ranks(upward(problem)(near))
    assert (ranks[:, second] > 1).all()


def test_bad_questions_are_refused():
    problem = mcda.Problem([[1, 2], [2, 1]], ["max", "max"])
    with pytest.raises(mcda.ProblemError, match="alternative 'a3' is unknown"):
        mcda.smallest_change(problem, "a3")
    with pytest.raises(mcda.ProblemError, match="norm 'l3' is unknown"):
        mcda.distance_to_losing(problem, norm="l3")


# The tools


@pytest.mark.parametrize("seed", range(20))
def test_the_projection_is_that_of_a_general_optimizer_and_leads_and_mixtures_agree(seed):
    rng = np.random.default_rng(seed)
    m = int(rng.integers(2, 6))
    leads, start = rng.normal(size=(int(rng.integers(1, 5)), m)), rng.dirichlet(np.ones(m))
    largest, inside = largest_lead(leads)
    assert (dominating_mixture(leads) @ leads).max() == pytest.approx(largest, abs=1e-9)  # duality
    found = nearest_weights(leads, start, "l2")
    assert (found is None) == (largest < 0)
    if found is not None:
        peer = scipy_minimize(
            lambda w: ((w - start) ** 2).sum(),
            inside,
            constraints=[{"type": "ineq", "fun": lambda w: leads @ w}, {"type": "eq", "fun": lambda w: w.sum() - 1}],
            bounds=[(0, 1)] * m,
            method="SLSQP",
            options={"ftol": 1e-15},
        )
        assert length(found - start, "l2") <= np.sqrt(peer.fun) + 1e-7
        assert (leads @ found).min() >= -1e-12


@pytest.mark.parametrize("seed", range(30))
def test_least_squares_of_0_or_more_leave_what_scipy_leaves(seed):
    rng = np.random.default_rng(seed)
    matrix, target = rng.normal(size=rng.integers(1, 8, 2)), None
    matrix = matrix.round() if seed % 3 == 0 else matrix
    target = rng.normal(size=len(matrix))
    found = nonnegative_least_squares(matrix, target)
    assert (found >= 0).all()
    assert np.linalg.norm(matrix @ found - target) == pytest.approx(nnls(matrix, target)[1], abs=1e-9)


JUDGES = {"topsis": topsis_judge, "vikor": vikor_judge}


@pytest.mark.parametrize("norm", NORMS)
@pytest.mark.parametrize("method", JUDGES)
@pytest.mark.parametrize("seed", range(5))
def test_no_weights_drawn_from_a_hopeless_cell_meet_the_target(seed, method, norm):
    rng = np.random.default_rng(seed)
    problem = some(seed, m=4)
    form, score = reduced(problem, method=method), upward(problem, method=method)
    cells = rng.dirichlet(np.ones(4) * 0.5, (200, 4))
    cells = cells.mean(axis=1, keepdims=True) + 0.3 * (cells - cells.mean(axis=1, keepdims=True))
    inner = np.einsum("kpa,kaj->kpj", rng.dirichlet(np.ones(4), (200, 100)), cells)
    rivals = list(range(1, len(problem.alternatives)))
    scores = score(inner.reshape(-1, 4)).reshape(200, 100, -1)
    leads = (scores[..., [0]] > scores[..., 1:] + 1e-12).all(axis=-1)
    away = length(inner - problem.weights, norm)
    point = problem.weights[None] * 0.5 + 0.5 * np.eye(4)[0]
    for within, known in ((np.inf, None), (0.4, point[0]), (0.15, point[0])):
        target = Target(start=problem.weights, norm=norm, within=within, point=known)
        hopeless = JUDGES[method](form, 0, rivals)(target)(cells)
        assert not (hopeless & (leads & (away < within)).any(axis=1)).any()
    assert hopeless.any()
    assert (nearest_of_cells(cells, problem.weights, norm)[:, None] <= away + 1e-12).all()


@pytest.mark.parametrize("norm", NORMS)
def test_a_search_finds_a_small_pocket_a_little_nearer_than_what_is_known(norm):
    start, near, far = np.full(3, 1 / 3), np.array([0.55, 0.2, 0.25]), np.array([0.09, 0.3, 0.61])
    radii = np.array([0.002, 0.03])

    def leads(weights):
        away = np.stack([length(weights - centre, "l2") for centre in (near, far)], axis=1)
        return (radii - away).max(axis=1, keepdims=True)

    def hopeless(cells):
        centres = cells.mean(axis=1)
        size = length(cells - centres[:, None], "l2").max(axis=1)
        away = np.stack([length(centres - centre, "l2") for centre in (near, far)], axis=1)
        return (away - size[:, None] > radii).all(axis=1)

    found = search(leads, lambda target: hopeless, start, norm=norm, resolution=1e-4, most=100_000, known=far)
    assert length(found.point - near, "l2") < 0.002
    assert found.finished
    assert found.distance - 1e-4 <= found.bound + 1e-12
    assert found.distance < 0.95 * length(far - start, norm)
    far_alone = search(leads, lambda target: hopeless, start, norm=norm, resolution=1e-4, most=100_000, cap=0.01)
    assert far_alone.point is None
    assert far_alone.bound == pytest.approx(0.01 - 1e-4)


@pytest.mark.parametrize("norm", NORMS)
def test_within_the_floor_nothing_happens(norm):
    for seed in range(5):
        problem = some(seed, m=4)
        order = mcda.rank(problem).order()
        floor = topsis_floor(reduced(problem), order[1], [order[0]], problem.weights, norm)
        rng = np.random.default_rng(seed)
        steps = rng.normal(size=(2000, 4))
        steps -= steps.mean(axis=1, keepdims=True)
        weights = problem.weights + floor * steps / length(steps, norm)[:, None]
        scores = upward(problem)(weights[(weights >= 0).all(axis=1)])
        assert floor > 0
        assert (scores[:, order[1]] < scores[:, order[0]]).all()


def test_a_lattice_holds_all_multiples():
    points, parts = lattice(3, 100)
    assert len(points) == (parts + 1) * (parts + 2) // 2 <= 100
    assert points.sum(axis=1) == pytest.approx(1)
    assert lattice(1, 100)[0].tolist() == [[1]]


# Single scores


def test_a_single_score_in_closed_form():
    # c1 of rail must reach 5 + 3 = 8 to level the sums 7 + 4 and 3 + x; of road it must fall from 7 to 4.
    problem = mcda.Problem([[7, 4], [5, 3]], ["max", "max"], alternatives=["road", "rail"], scales=[[0, 10], [0, 10]])
    found = mcda.smallest_score_change(
        problem, "rail", low=[[3, 4], [4, 1]], high=[[8, 5], [9, 4]], method="weighted_sum", normalization="scale"
    )
    cells = {(c.alternative, c.criterion): c for c in found.changes}
    assert cells["rail", "c1"].reached == pytest.approx(8, abs=1e-6)
    assert cells["road", "c1"].reached == pytest.approx(4, abs=1e-6)
    assert cells["rail", "c2"].reached == pytest.approx(6, abs=1e-6)
    assert cells["road", "c2"].reached == pytest.approx(1, abs=1e-6)
    assert all(c.share == pytest.approx(0.3, abs=1e-7) for c in found.changes)
    assert {key for key, c in cells.items() if c.within} == {("rail", "c1"), ("road", "c1")}
    assert [c.share for c in found.changes] == sorted(c.share for c in found.changes)


@pytest.mark.parametrize("method", ["topsis", "weighted_sum", "edas"])
def test_no_value_of_a_fine_grid_does_it_with_a_smaller_change(method):
    rng = np.random.default_rng(7)
    problem = mcda.Problem(1 + 4 * rng.random((4, 3)), ["max", "min", "max"], scales=[[1, 5]] * 3)
    name = problem.alternatives[mcda.rank(problem, method=method).order()[1]]
    found = mcda.smallest_score_change(problem, name, method=method)
    chosen = problem.alternatives.index(name)
    for i in range(4):
        for j in range(3):
            shares = []
            for value in np.linspace(1, 5, 201):
                values = problem.values.copy()
                values[i, j] = value
                changed = mcda.Problem(values, ["max", "min", "max"], scales=[[1, 5]] * 3)
                if mcda.rank(changed, method=method).ranks[chosen] == 1:
                    shares.append(abs(value - problem.values[i, j]) / 4)
            mine = [c.share for c in found.changes if (c.alternative, c.criterion) == (f"a{i + 1}", f"c{j + 1}")]
            assert bool(mine) == bool(shares)
            if mine:
                assert min(mine) <= min(shares) + 1e-9
    for change in found.changes:
        values = problem.values.copy()
        i, j = problem.alternatives.index(change.alternative), problem.criteria.index(change.criterion)
        values[i, j] = change.reached
        changed = mcda.Problem(values, ["max", "min", "max"], scales=[[1, 5]] * 3)
        assert mcda.rank(changed, method=method).ranks[chosen] == 1


def test_scores_that_cannot_do_it_and_scores_that_need_not():
    problem = mcda.Problem([[9, 9], [1, 1]], ["max", "max"], scales=[[0, 10], [0, 10]])
    assert mcda.smallest_score_change(problem, "a1", method="weighted_sum").status == "already"
    found = mcda.smallest_score_change(problem, "a2", method="weighted_sum", normalization="scale")
    assert (found.status, found.changes) == ("not_found", ())
    with pytest.raises(mcda.ProblemError, match="low: values have shape"):
        mcda.smallest_score_change(problem, "a2", low=[[1]], high=[[9, 9], [1, 1]])
    with pytest.raises(mcda.ProblemError, match="swap them"):
        mcda.smallest_score_change(problem, "a2", low=[[9, 9], [2, 1]], high=[[9, 9], [1, 1]])


def test_values_at_which_a_method_is_undefined_are_passed_by():
    problem = mcda.Problem([[3, 2], [2, 1]], ["max", "min"], scales=None)
    found = mcda.smallest_score_change(problem, "a2", low=[[1, 0], [1, 0]], high=[[5, 4], [5, 4]], method="copras")
    assert all(np.isfinite(change.reached) for change in found.changes)
