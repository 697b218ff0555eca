"""Words of sure, in English."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "sure.score_shapes": "values, lows and highs have shapes {found}: give each as codings, alternatives, leaves",
    "sure.score_range": "the range from {low!r} to {high!r} does not hold {found!r}: write numbers that do, low first",
    "sure.score_missing": "no coding says anything of this cell: give at least one range",
    "sure.leaf_criterion": "the leaves belong to criteria {found}: number the criteria from 0, each with a leaf",
    "sure.leaf_weights": "weights of leaves must be 0 or more, and above 0 for one leaf of each criterion",
    "sure.leaf_scales": "the scale of a leaf is empty: write two numbers, the lower first",
    "sure.no_scores": "vary {vary!r} needs to know what the scores may be: give scores",
    "sure.scores_do_not_fit": "the scores are for {found} alternatives and criteria: give them for {expected}",
    "sure.not_exact": "this cannot be measured exactly: leave exact out to draw instead",
    "sure.draws_and_error": "both draws and an error are given: leave one of them out",
    "sure.error": "{found!r} is no standard error of a share: write a number above 0, at most 0.5",
    "sure.range": "the range from {low!r} to {high!r} is empty: write two numbers of 0 or more, the lower first",
    "sure.centre": "the centre is {found!r}: write a number above 0 for every criterion",
    "sure.concentration": "concentration {found!r} will not do: write a number above 0",
    "sure.clash": "no weights meet {found}: loosen or leave out one of them",
    "sure.centre_and_equality": "a centre cannot be combined with equalities: leave one of the two out",
    "sure.too_narrow": "only {found} of {draws} draws meet the conditions: loosen them, or leave some out",
}
