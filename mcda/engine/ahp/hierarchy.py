"""A tree of criteria: local and global weights, and alternatives weighed against each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from mcda.engine.ahp.prioritize import Priorities, priorities
from mcda.engine.problem import Array
from mcda.engine.ranking import ranks
from mcda.engine.shares import shares
from mcda.errors import Fault, ProblemError, unknown, within

Prioritize: TypeAlias = Callable[..., Priorities]

MODES = ("distributive", "ideal")


@dataclass(frozen=True, eq=False)
class Node:
    """A goal, a criterion or a sub-criterion.

    Parameters
    ----------
    name : distinct among its siblings
    judgements : (c, c) of its c children; of the alternatives where it has none; as for ``priorities``
    children : what it consists of
    weights : (c,) numbers of 0 or more instead of judgements
    """

    name: str
    judgements: object = None
    children: tuple[Node, ...] = ()
    weights: ArrayLike | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Placed:
    """A node of the tree with what it counts for.

    Attributes
    ----------
    path : names from the root to the node
    local_weight : share of its parent; 1 at the root
    global_weight : share of the whole; 1 at the root
    compared : (c,) names of its children, or of the alternatives
    local_weights : (c,) shares of what is compared, summing to 1; empty where nothing is
    priorities : what its judgements say; None where weights were given or there was nothing to judge
    """

    path: tuple[str, ...]
    local_weight: float
    global_weight: float
    compared: tuple[str, ...]
    local_weights: Array
    priorities: Priorities | None


@dataclass(frozen=True, kw_only=True, eq=False)
class Hierarchy:
    """A tree with its weights, and the alternatives' scores.

    Attributes
    ----------
    nodes : every node, each before its children
    leaves : global weights of the nodes without children, by path; they sum to 1
    alternatives : (n,) names; none where only weights were asked for
    scores : (n,) summing to 1, more is better
    mode : ``distributive`` or ``ideal``
    """

    nodes: tuple[Placed, ...]
    leaves: Mapping[tuple[str, ...], float]
    alternatives: tuple[str, ...]
    scores: Array
    mode: str

    @property
    def ranks(self) -> Array:
        """Ranks (n,) of the alternatives, 1 best; ties share their average rank."""
        return ranks(self.scores)

    def at(self, *path: str) -> Placed:
        """Find a node by the names below the root."""
        return next(node for node in self.nodes if node.path[1:] == path)


def synthesize(
    root: Node,
    alternatives: Sequence[str] = (),
    *,
    mode: str = "distributive",
    method: str = "eigenvector",
    random_index: str = "aguaron",
) -> Hierarchy:
    """Weigh a tree of criteria, and the alternatives under it [1]_.

    A node's global weight is the product of the local weights down to it. An alternative's score is the sum, over the
    nodes without children, of their global weights times its share there: ``distributive`` takes the shares as they
    are, summing to 1; ``ideal`` divides them by the largest, so that an added alternative that is nowhere the best
    turns no others round [2]_, and brings the scores to sum 1 at the end.

    Parameters
    ----------
    root : the goal
    alternatives : (n,) distinct names; none to weigh the tree alone
    mode : ``distributive`` or ``ideal``
    method, random_index : as for ``priorities``

    Returns
    -------
    Hierarchy

    Raises
    ------
    ProblemError
        With every fault at once, each with the path of its node.

    References
    ----------
    .. [1] Saaty, "The Analytic Hierarchy Process", 1980, chapter 4.
    .. [2] Millet and Saaty, "On the relativity of relative measures", EJOR 121, 2000.

    Examples
    --------
    >>> price = Node("price", [[1, 3], [None, 1]])
    >>> speed = Node("speed", [[1, "1/4"], [None, 1]])
    >>> synthesize(Node("car", [[1, 2], [None, 1]], (price, speed)), ["old", "new"]).scores.round(3)
    array([0.567, 0.433])
    """
    if mode not in MODES:
        raise ProblemError([unknown("mode", mode, MODES)])
    names, faults = tuple(map(str, alternatives)), list[Fault]()
    prioritize = partial(priorities, method=method, random_index=random_index)
    nodes = tuple(_descend(root, (), (1.0, 1.0), names, prioritize, faults))
    faults += [*_twice(names, "alternative")]
    if faults:
        raise ProblemError(faults)
    inner = {node.path[:-1] for node in nodes}
    leaves = [node for node in nodes if node.path not in inner]
    return Hierarchy(
        nodes=nodes,
        leaves=MappingProxyType({node.path: node.global_weight for node in leaves}),
        alternatives=names,
        scores=_scores(leaves, mode) if names else np.empty(0),
        mode=mode,
    )


def _descend(
    node: Node,
    above: tuple[str, ...],
    weight: tuple[float, float],
    alternatives: tuple[str, ...],
    prioritize: Prioritize,
    faults: list[Fault],
) -> Iterator[Placed]:
    """Place a node, with its local and global weight, and all below it; faults are gathered on the way."""
    path = (*above, node.name)
    names = tuple(child.name for child in node.children)
    key = " > ".join(path)
    faults += _twice(names, "child", key)
    judged, local = None, np.ones(len(names or alternatives))
    try:
        judged, local = _weigh(node, names or alternatives, prioritize)
    except ProblemError as error:
        faults += [replace(fault, key=within(key, fault.key)) for fault in error.faults]
    yield Placed(
        path=path,
        local_weight=weight[0],
        global_weight=weight[1],
        compared=names or alternatives,
        local_weights=local,
        priorities=judged,
    )
    for child, share in zip(node.children, local.tolist(), strict=False):
        yield from _descend(child, path, (share, weight[1] * share), alternatives, prioritize, faults)


def _weigh(node: Node, compared: tuple[str, ...], prioritize: Prioritize) -> tuple[Priorities | None, Array]:
    """Give the shares of what a node compares, and what its judgements say."""
    if node.judgements is not None and node.weights is not None:
        raise ProblemError([Fault(code="fault.judgements_or_weights")])
    if not compared:
        return None, np.empty(0)
    if node.judgements is not None:
        judged = prioritize(node.judgements, labels=compared)
        return judged, judged.weights
    if node.weights is None and len(compared) > 1:
        raise ProblemError([Fault(code="fault.nothing_judged", values={"names": ", ".join(compared)})])
    return None, shares(node.weights, compared, "name")


def _scores(leaves: list[Placed], mode: str) -> Array:
    """Sum the alternatives' shares over the leaves, by the leaves' global weights; the scores sum to 1."""
    local = np.array([leaf.local_weights for leaf in leaves])
    if mode == "ideal":
        local = local / local.max(axis=1, keepdims=True)
    totals = np.einsum("l,li->i", np.array([leaf.global_weight for leaf in leaves]), local)
    scores: Array = totals / totals.sum()
    return scores


def _twice(names: tuple[str, ...], what: str, key: str = "") -> list[Fault]:
    twice = sorted({name for name in names if names.count(name) > 1})
    return [Fault(code="fault.duplicate_name", values={"what": what, "found": name}, key=key) for name in twice]
