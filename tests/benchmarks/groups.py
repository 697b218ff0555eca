"""What is measured, group by group; each group runs in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import numpy as np

import mcda
from mcda.engine.blocks import BLOCK, stream
from mcda.sensitivity.sampling import spacings, weight_sampler
from mcda.sensitivity.simulation import Question, vary_weights
from tests.benchmarks import references
from tests.benchmarks.measure import AT_MOST, Row, child_cpu, faster, within

SIZES = {(5, 4): 2_000_000, (20, 10): 1_000_000, (100, 10): 500_000}  # alternatives, criteria: draws
Rows = Iterator[Row]


def name_of(n: int, m: int) -> str:
    """Give a size as people write it."""
    return f"{n}x{m}"


def drawn(matrix: np.ndarray, draws: int, **options: object) -> Callable[[], object]:
    """Ask for acceptability by draws, as a function that runs it once."""
    problem = mcda.Problem(matrix, ["max"] * matrix.shape[1])
    return lambda: mcda.acceptability(problem, draws=draws, exact=False, **options)


def smaa(*, quick: bool) -> Rows:
    """SMAA with TOPSIS, sampling included, against a loop over pymcdm."""
    limits = {(5, 4): 1900, (20, 10): 600, (100, 10): 180}
    for size, draws in SIZES.items():
        matrix, loop = references.values(*size), 1000
        theirs, per, rounds = references.pymcdm_loop(matrix, loop), (draws, loop), 3 if quick else 11
        where = f"SMAA-TOPSIS {name_of(*size)}"
        ranks, all_of_it = drawn(matrix, draws, details=False), drawn(matrix, draws)
        yield faster(f"{where}, ranks: pymcdm loop", ranks, theirs, limits[size], rounds=rounds, per=per)
        yield faster(f"{where}, all measures: pymcdm loop", all_of_it, theirs, limits[size] / 2, rounds=rounds, per=per)


def smaa_own(*, quick: bool) -> Rows:
    """SMAA against another package's own, where it is installed."""
    if find_spec("pysensmcda") is None:
        return
    from pymcdm.methods import TOPSIS
    from pysensmcda.smaa import simulate

    def theirs(matrix: np.ndarray, method: object, draws: int) -> Callable[[], object]:
        ones = np.ones(matrix.shape[1])
        options = {"num_samples": draws, "seed": 1, "store": "accumulate", "reverse_ranking": True}
        return lambda: simulate(method, matrix, ones, **options)

    rounds = 3 if quick else 9
    matrix, loop, draws = references.values(5, 4), 1000, SIZES[5, 4]
    yield faster(
        "SMAA-TOPSIS 5x4, ranks: pysensmcda simulate",
        drawn(matrix, draws, details=False),
        theirs(matrix, TOPSIS(), loop),
        1500,
        rounds=rounds,
        per=(draws, loop),
    )
    for size, limit in {(5, 4): 40, (20, 10): 10, (100, 10): 9}.items():
        matrix, loop, draws = references.values(*size), 10_000, SIZES[size]
        yield faster(
            f"SMAA weighted sum {name_of(*size)}, ranks: pysensmcda with m @ w",
            drawn(matrix, draws, method="weighted_sum", normalization="none", details=False),
            theirs(matrix, lambda values, weights, _: values @ weights, loop),
            limit,
            rounds=rounds,
            per=(draws, loop),
        )


def smaa_numpy(*, quick: bool) -> Rows:
    """SMAA against plain numpy, and the sampler alone."""
    rounds = 5 if quick else 15
    bare_limits = {(5, 4): (1.0, 1.25), (20, 10): (2.75, 3.25), (100, 10): (4.25, 5.5)}
    for size, draws in SIZES.items():
        matrix, some = references.values(*size), min(draws, 100_000)
        weighted = drawn(matrix, draws, method="weighted_sum", normalization="none", details=False)
        topsis = drawn(matrix, draws, details=False)
        whole, bare, per = references.whole_arrays(matrix, some), references.bare(matrix, some), (draws, some)
        where = name_of(*size)
        yield faster(f"SMAA weighted sum {where}: whole-array numpy", weighted, whole, 3, rounds=rounds, per=per)
        for what, ours, limit in zip(("weighted sum", "TOPSIS"), (weighted, topsis), bare_limits[size], strict=True):
            name = f"SMAA {what} {where}: bare draws, product and sort"
            yield within(name, ours, bare, limit, rounds=rounds, per=per)
    yield _sampler(rounds)
    yield _public_call(rounds)


def _sampler(rounds: int) -> Row:
    shares, numbers = np.empty((4, BLOCK), np.uint32), iter(range(10**9))
    generator = np.random.default_rng(1)
    return within(
        "weights of 4 criteria: Generator.dirichlet",
        lambda: spacings(stream(1, next(numbers)), shares),
        lambda: generator.dirichlet(np.ones(4), size=BLOCK),
        0.5,
        rounds=rounds,
    )


def _public_call(rounds: int) -> Row:
    """Checks and the making of the result on top of the counting itself, 100,000 draws of 5x4."""
    problem = mcda.Problem(references.values(5, 4), ["max"] * 4)
    question, sampler = Question(problem, "topsis", None, None), weight_sampler(problem.criteria)
    return within(
        "acceptability 5x4, 100,000 draws: its kernel",
        lambda: mcda.acceptability(problem, draws=100_000),
        lambda: vary_weights(question, sampler, draws=100_000, workers=1),
        1.15,
        rounds=4 * rounds,
    )


def memory(*, quick: bool) -> Rows:
    """Peak memory of many draws against that of few, and of few against the import of numpy; in MB, not seconds."""
    for size in ((5, 4), (100, 10)):
        if quick and size == (100, 10):
            continue
        empty, few, many = (_peak(size, draws) for draws in (0, 100_000, 10_000_000))
        where = f"SMAA-TOPSIS {name_of(*size)}"
        for name, ours, theirs, limit in (
            (f"{where}: MB more for 10,000,000 draws than for 100,000", many, few, 2),
            (f"{where}: MB more for 100,000 draws than for the import", few, empty, 15),
        ):
            yield Row(name=name, ratio=ours - theirs, sense=AT_MOST, limit=limit, ours=ours, theirs=theirs, unit="MB")


def _peak(size: tuple[int, int], draws: int) -> float:
    program = (
        "import numpy as np, mcda; from tests.benchmarks.references import values; "
        "from tests.benchmarks.measure import peak_memory; mcda.acceptability, mcda.Problem; "
        f"problem = mcda.Problem(values{size}, ['max'] * {size[1]}); "
        f"{draws} and mcda.acceptability(problem, draws={draws}, details=False); print(peak_memory())"
    )
    return float(subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout)


def topsis(*, quick: bool) -> Rows:
    """One TOPSIS against six lines of numpy."""
    for size, limit in {(5, 4): 3.0, (1000, 10): 1.2, (1_000_000, 20): 0.4}.items():
        if quick and size[0] > 1000:
            continue
        matrix = references.values(*size)
        weights = np.full(size[1], 1 / size[1])
        problem = mcda.Problem(matrix, ["max"] * size[1], weights)
        # The ranking of a million scores is a sort, which the formula does not do.
        ours = partial(scores, problem) if size[0] > 1000 else partial(mcda.rank, problem)
        theirs = partial(references.topsis_formula, matrix, weights)
        name, rounds = f"one TOPSIS {name_of(*size)}: numpy formula", 3 if size[0] > 1000 else 15
        yield within(name, ours, theirs, limit, rounds=rounds)


def scores(problem: mcda.Problem) -> np.ndarray:
    """Score by TOPSIS without ranking."""
    return mcda.scorer(problem, method="topsis")(problem.weights[None])


def promethee(*, quick: bool) -> Rows:
    """PROMETHEE II with linear preferences against all pairs in numpy, and against pymcdm."""
    from pymcdm.methods import PROMETHEE_II

    matrix, weights = references.values(1000, 10), np.full(10, 0.1)
    problem = mcda.Problem(matrix, ["max"] * 10)
    options = {"preference_functions": "linear", "q": 0.05, "p": 0.3}
    score = mcda.scorer(problem, method="promethee", options=options)
    ours, dense = partial(score, weights[None]), partial(references.promethee_dense, matrix, weights, 0.05, 0.3)
    np.testing.assert_allclose(ours()[0], dense(), atol=1e-12)
    rounds = 3 if quick else 7
    yield within("PROMETHEE II 1000x10: dense numpy", ours, dense, 0.12, rounds=rounds)

    def theirs() -> object:
        return PROMETHEE_II("vshape_2", p=[0.3] * 10, q=[0.05] * 10)(matrix, weights, np.ones(10), validation=False)

    if not quick:
        yield faster("PROMETHEE II 1000x10: pymcdm", ours, theirs, 35, rounds=rounds)


def ahp(*, quick: bool) -> Rows:
    """Weights and consistency of one judgement matrix against the eigenvalues alone."""
    matrix = np.array([[1, 2, 4, 3], [1 / 2, 1, 3, 2], [1 / 4, 1 / 3, 1, 1 / 2], [1 / 3, 1 / 2, 2, 1]])
    yield within(
        "AHP weights and consistency 4x4: np.linalg.eig",
        lambda: mcda.priorities(matrix),
        lambda: np.linalg.eig(matrix),
        2.0,
        rounds=5 if quick else 25,
    )


def sobol(*, quick: bool) -> Rows:
    """Sobol indices with intervals of five scores from four weights against SALib's sample and one analysis."""
    if find_spec("SALib") is None:
        return
    from SALib.analyze import sobol as analyze
    from SALib.sample import sobol as sample

    matrix, points = references.values(5, 4), 2048 if quick else 16384
    names = [f"w{j}" for j in range(4)]

    def scores(uniform: np.ndarray) -> np.ndarray:
        return np.einsum("kj,ij->ki", uniform, matrix)

    def theirs() -> object:
        space = {"num_vars": 4, "names": names, "bounds": [[0, 1]] * 4}
        drawn = sample.sample(space, points, calc_second_order=False)
        return analyze.analyze(space, scores(drawn)[:, 0], calc_second_order=False)

    yield within(
        f"Sobol indices, {points} points, all outcomes: SALib, one outcome",
        lambda: mcda.sobol(scores, names, draws=points),
        theirs,
        0.2,
        rounds=3 if quick else 7,
    )


def start(*, quick: bool) -> Rows:
    """Start of the command line against the start of Python and the import of numpy."""
    script = Path(sys.executable).with_name("mcda")
    python, command = [sys.executable], [str(script)] if script.exists() else [sys.executable, "-m", "mcda"]
    rounds = 5 if quick else 11
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "matrix.csv"
        rows = [["", *"abcd"], ["direction", *["benefit"] * 4]]
        rows += [[f"a{i}", *row] for i, row in enumerate(references.values(5, 4))]
        table.write_text("\n".join(",".join(map(str, row)) for row in rows), encoding="utf-8")
        bare, numpy = [*python, "-c", "pass"], [*python, "-c", "import numpy"]
        for what, ours, theirs, limit in (
            ("mcda --version: bare python", [*command, "--version"], bare, 2.5),
            ("mcda --help: bare python", [*command, "--help"], bare, 2.5),
            ("mcda rank of a 5x4 file: import numpy", [*command, "rank", "--matrix", str(table)], numpy, 1.6),
        ):
            times = np.array([[child_cpu(ours), child_cpu(theirs)] for _ in range(rounds)])
            medians = np.median(times, axis=0)
            ratio = float(np.median(times[:, 0] / times[:, 1]))
            yield Row(name=what, ratio=ratio, sense=AT_MOST, limit=limit, ours=medians[0], theirs=medians[1])


GROUPS = {
    "smaa": smaa,
    "smaa_own": smaa_own,
    "smaa_numpy": smaa_numpy,
    "memory": memory,
    "topsis": topsis,
    "promethee": promethee,
    "ahp": ahp,
    "sobol": sobol,
    "start": start,
}
QUICK = ("smaa", "smaa_numpy", "topsis", "promethee", "sobol")  # for continuous integration

if __name__ == "__main__":
    print(json.dumps([row.record() for row in GROUPS[sys.argv[1]](quick="--quick" in sys.argv)]))
