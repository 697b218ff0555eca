"""Words of sure, in English."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "sure.nothing_varies": "nothing varies: let the weights vary, or give scores",
    "sure.regret_shape": "scores have shape {found}: give a matrix of scenarios in rows and alternatives in columns",
    "sure.first_always": "{first} is first whatever {criterion} weighs.",
    "sure.first_below": "{first} is first while {criterion} weighs less than {high:.3g}.",
    "sure.first_above": "{first} is first while {criterion} weighs more than {low:.3g}.",
    "sure.first_between": "{first} is first while {criterion} weighs between {low:.3g} and {high:.3g}.",
    "sure.first_always_tied": "{first} tie for the first place whatever {criterion} weighs.",
    "sure.first_below_tied": "{first} tie for the first place while {criterion} weighs less than {high:.3g}.",
    "sure.first_above_tied": "{first} tie for the first place while {criterion} weighs more than {low:.3g}.",
    "sure.first_between_tied": "{first} tie for the first place while {criterion} weighs between {low:.3g} and "
    "{high:.3g}.",
    "sure.resolution": "Found by a scan: every stretch of weights at least {resolution:.2g} long is in it.",
    "sure.stays_first": "{first} stays first whatever {criterion} weighs (now {now:.3g}).",
    "sure.stays_first_from": "{first} stays first until {criterion} weighs less than {low:.3g} (now {now:.3g}); then "
    "{below} is.",
    "sure.stays_first_to": "{first} stays first until {criterion} weighs more than {high:.3g} (now {now:.3g}); then "
    "{above} is.",
    "sure.stays_first_between": "{first} stays first while {criterion} weighs between {low:.3g} and {high:.3g} (now "
    "{now:.3g}); below that {below} is, above it {above}.",
    "sure.stays_first_nowhere": "{first} tie for the first place at the present weight of {criterion} ({now:.3g}) only.",
    "sure.critical": "In percent of its weight, {criterion} is the most critical criterion: a change of {change:.3g}% "
    "levels {first} and {second}.",
    "sure.first_already": "{alternative} is first already.",
    "sure.first_changes": "The nearest weights that put {alternative} first take it past {level}.",
    "sure.first_never": "No weights put {alternative} first: even where it does best it stays {shortfall:.3g} behind.",
    "sure.first_not_found": "No weights were found that put {alternative} first; at best it stays {shortfall:.3g} behind.",
    "sure.losing_already": "{alternative} is not first alone: it ties with {level}.",
    "sure.losing_changes": "{alternative} loses the first place to {level} at the nearest such weights.",
    "sure.losing_never": "{alternative} stays first whatever the weights.",
    "sure.losing_not_found": "No weights were found at which {alternative} loses the first place.",
    "sure.distance_l1": "This moves {moved:.1%} of all weight from some criteria to others.",
    "sure.distance_l2": "This moves the weights by {distance:.3g} (Euclidean distance).",
    "sure.distance_linf": "This moves no weight by more than {distance:.3g}.",
    "sure.mixture": "The proof: {mixture}, mixed in fixed shares, are at least as good on every criterion.",
    "sure.by_linear": "The answer is exact.",
    "sure.by_subdivision": "By cutting all weights into pieces: no weights nearer than {bound:.6g} do it, save perhaps in "
    "pockets smaller than {resolution:.2g}.",
    "sure.by_subdivision_never": "By cutting all weights into pieces: none do it, save perhaps in pockets smaller than "
    "{resolution:.2g}.",
    "sure.by_scan": "Found by a scan of weights {resolution:.2g} apart: a smaller pocket may have been missed.",
    "sure.twins": "{twins} has the same values and shares its place with {alternative}.",
    "sure.score_already": "{alternative} is first already.",
    "sure.score_not_found": "No single score, changed within its scale, puts {alternative} first.",
    "sure.score_changes": "The smallest change of one score that puts {alternative} first: {criterion} of {cell} from "
    "{value:.4g} to {reached:.4g}, {share:.1%} of its scale.",
    "sure.score_within": "The smallest one within the ranges of the scores: {criterion} of {cell} from {value:.4g} to "
    "{reached:.4g}, {share:.1%} of its scale.",
    "sure.score_is_within": "It stays within the range of that score.",
    "sure.score_only_beyond": "No such change stays within the ranges of the scores.",
    "sure.score_resolution": "Scores were moved in steps of {resolution:.2g} of the scale: a shorter stretch may have "
    "been missed.",
    "sure.sobol_constant": "{output} never varies: it is always {mean:.3g}.",
    "sure.sobol_rare": "{output} is {mean:.2g} on average and varies too rarely to say what it depends on: take more draws.",
    "sure.sobol_most": "{output} depends most on {factor}: alone it makes {first:.0%} (± {first_error:.1%}) of the "
    "variance, together with the others {total:.0%} (± {total_error:.1%}).",
    "sure.importance": "{criterion} has {weight:.0%} of the weight and {share:.0%} of the effect on the scores.",
    "sure.importance_none": "The scores do not differ, so no criterion has an effect on them.",
    "sure.reversal_drop": "Leaving out one alternative reverses others in {found} of {trials} cases, the first place in "
    "{first}.",
    "sure.no_reversal_drop": "Leaving out one alternative never reverses others ({trials} cases).",
    "sure.reversal_clone": "Adding a copy of one alternative reverses others in {found} of {trials} cases, the first "
    "place in {first}.",
    "sure.no_reversal_clone": "Adding a copy of one alternative never reverses others ({trials} cases).",
    "sure.reversal_near_clone": "Adding a slightly worse copy of one alternative reverses others in {found} of {trials} "
    "cases, the first place in {first}.",
    "sure.no_reversal_near_clone": "Adding a slightly worse copy of one alternative never reverses others ({trials} "
    "cases).",
    "sure.reversal_worsen": "Worsening one that is not first changes the first place in {found} of {trials} cases.",
    "sure.no_reversal_worsen": "Worsening one that is not first never changes the first place ({trials} cases).",
    "sure.reversal_pairs": "Ranked two by two, {found} of {trials} pairs stand the other way round.",
    "sure.no_reversal_pairs": "Ranked two by two, all {trials} pairs stand as in the whole ranking.",
    "sure.reversal_cycles": "Ranked two by two, {found} of {trials} triples beat each other in a circle.",
    "sure.no_reversal_cycles": "Ranked two by two, none of {trials} triples beat each other in a circle.",
    "sure.reversal_skipped": "{count} cases were left out because the method is undefined there.",
    "sure.minimax": "Regretted least at worst: {first}, {regret:.3g} behind the best in {scenario}.",
    "sure.domain_first": "First in the largest share of the scenarios ({share:.0%}): {first}.",
    "sure.domain_threshold": "{first} reaches {threshold:.3g} in the largest share of the scenarios, {share:.0%}.",
    "sure.one_at_a_time": "One score at a time: what scores do together is not in these ranges.",
    "sure.tornado_certain": "No score is uncertain, so the lead of {first} over {second} stays at {lead:.3g}.",
    "sure.tornado_widest": "The lead of {first} over {second}, now {lead:.3g}, depends most on {criterion} of {cell}, which "
    "moves it by {span:.3g}.",
    "sure.tornado_turns": "Scores that can turn that lead by themselves: {count}; the widest is {criterion} of {cell}.",
    "sure.tornado_holds": "No single score can turn that lead within its range.",
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
