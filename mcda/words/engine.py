"""Words of engine, in English."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "engine.reciprocal_mended": "{first} over {second} was given as {found}; taken as {used}, the exact reciprocal of "
    "{other}",
    "engine.random_index_fit": "no random index for n = {n} in {table}; taken from {source}",
    "engine.judgements_missing": "{missing} of {pairs} judgements are missing; the random index is {share:.2f} of the "
    "table's (Ágoston and Csató 2022)",
    "engine.consensus_very_low": "very low",
    "engine.consensus_low": "low",
    "engine.consensus_moderate": "moderate",
    "engine.consensus_high": "high",
    "engine.consensus_very_high": "very high",
    "engine.few_levels": "With {n} alternatives {measure} can take only {levels} values (without ties): read it as a "
    "description, not as a test.",
    "engine.ws_reference": "WS is not symmetric: it asks how far the places of the reference's best are kept. It is "
    "not a correlation: a reversed ranking is above 0.",
    "engine.measure_spearman": "Spearman's rho",
    "engine.measure_kendall_tau_b": "Kendall's tau-b",
    "engine.measure_weighted_spearman": "weighted Spearman's rho",
    "engine.measure_ws": "WS",
    "engine.kemeny_several": "{orders} orders are equally good; ranks are mean places in them.",
    "engine.alpha_reliable": "reliable (0.800 or more)",
    "engine.alpha_tentative": "for tentative conclusions only (0.667 to 0.800)",
    "engine.alpha_unreliable": "too low to conclude from (below 0.667)",
    "engine.alpha_undefined": "undefined",
    "engine.alpha_no_variation": "All ratings that can be paired are the same: nothing shows whether the coders can "
    "tell units apart, so alpha is undefined.",
    "engine.alpha_one_unit": "Only one unit was rated by two coders: too few to resample.",
    "engine.alpha_draws_undefined": "{undefined} of {draws} draws held no variation and are left out.",
    "engine.expected.share": "a number from 0 to 1",
    "engine.expected.above_zero": "a number above 0",
    "engine.expected.above": "a number above {option}, which is {found}",
    "engine.expected.one_of": "one of {words}",
    "engine.expected.bounds": "{count} pairs, the lower and the upper end of each criterion",
    "engine.expected.within": "ends that hold the values of criterion {criterion!r}, from {low!r} to {high!r}",
    "engine.expected.point": "{count} numbers, one for each criterion, within the bounds",
    "engine.expected.interval": "{count} pairs, the two ends of the ideal of each criterion, within the bounds",
    "engine.expected.positive_point": "{count} numbers above 0, one for each criterion",
    "engine.expected.grid": "{count} lists, each of two or more rising numbers",
    "engine.expected.objects": "fewer values, so that at most {most} combinations are to be compared",
    "engine.expected.per_criterion": "a number of 0 or more, or {count} of them, one for each criterion",
    "engine.expected.functions": "one of {words}, or {count} of them, one for each criterion",
    "engine.expected.q": "a threshold of indifference, which {function} of criterion {criterion!r} needs",
    "engine.expected.p": "a threshold of preference, which {function} of criterion {criterion!r} needs",
    "engine.expected.s": "a spread above 0, which {function} of criterion {criterion!r} needs",
    "engine.expected.p_above_q": "at least {q!r} for criterion {criterion!r}, its threshold of indifference",
    "engine.excluded.aroman": "it adds what alternatives cost to what they are worth, so that a dominated one can be "
    "first",
    "engine.needs.positive": "every value above 0",
    "engine.needs.positive_costs": "every cost above 0 and every benefit 0 or more",
    "engine.needs.positive_averages": "the average of every criterion above 0",
    "engine.needs.something_in_each": "no criterion that is 0 for all alternatives",
    "engine.needs.different": "at least two alternatives that differ",
    "engine.needs.none_worst_in_all": "no alternative that is worst in every criterion",
    "engine.needs.four_alternatives": "at least 4 alternatives",
    "engine.needs.at_most_1000": "at most 1000 alternatives",
}
