"""Words of faults, in English: what was found, then what to write."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "fault.not_finite": "{found} is not a finite number: write a number",
    "fault.shape": "values have shape {found}: give a matrix of alternatives in rows and criteria in columns",
    "fault.length": "{what} has {found} entries: give {expected}, one for each {each}",
    "fault.direction": "direction {found!r} is unknown: write benefit or cost (max/min, +/-, 1/-1)",
    "fault.weight_negative": "weight {found!r} is negative: write 0 or more",
    "fault.weights_zero": "all weights are 0: give at least one above 0",
    "fault.duplicate_name": "{what} {found!r} stands twice: give each {what} its own name",
    "fault.empty": "there are no {what}: give at least one",
    "fault.scale": "the declared scale from {low!r} to {high!r} is empty: write two numbers, the lower first",
    "fault.no_scale": "no scale is declared for criterion {criterion!r}: declare one, or choose another normalization",
    "fault.not_positive": "{normalization} needs values above 0 in criterion {criterion!r}, but {alternative!r} has "
    "{found!r}: choose another normalization or change the value",
    "fault.negative_value": "{normalization} needs values of 0 or more in criterion {criterion!r}, but "
    "{alternative!r} has {found!r}: choose another normalization or change the value",
    "fault.unknown": "{what} {found!r} is unknown{suggestion}: write one of {allowed}",
    "fault.suggestion": " (did you mean {word!r}?)",
    "fault.fixed_normalization": "{method} fixes its own normalization: leave out {found!r}",
    "fault.option": "option {found!r} of {method} is unknown{suggestion}: write one of {allowed}",
    "fault.option_value": "option {option} of {method} is {found!r}: write {expected}",
}
