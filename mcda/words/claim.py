"""Words of claims, coders and states, in English."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "claim.asserts_first": "{subject} is first",
    "claim.asserts_last": "{subject} is last",
    "claim.asserts_top": "{subject} is in the top {count}",
    "claim.asserts_bottom": "{subject} is in the bottom {count}",
    "claim.asserts_above": "{subject} is above {other}",
    "claim.asserts_below": "{subject} is below {other}",
    "claim.not_an_assertion": "{found!r} is no assertion: write for instance {example} first, {example} last, "
    "{example} above another, {example} in the top two, {example} in the bottom two",
    "claim.against_itself": "{found!r} is held against itself: name two alternatives",
    "claim.asserts_nothing": "{found} of {count} alternatives are meant, which asserts nothing: write a number from 1 "
    "to {most}",
    "claim.no_universe": "there is no choice to test the claim over: write at least one under universe",
    "claim.weights_twice": "{found!r} sets weights as {first!r} does: put all weights under one of the two",
    "claim.weights_mixed": "option {found!r} stands among weights: set weights and nothing else, or put the rest under "
    "another choice",
    "claim.same_weights": "{found!r} is about weights, which repeat no numbers: leave it out of the rule",
    "claim.too_many_orders": "{found} criteria have too many orders: list the orders that matter, or keep to {most} "
    "criteria",
    "claim.undefined_scores": "{method} gives no score here",
    "claim.nothing_tested": "no specification of {claim!r} can be ranked: change its universe",
    "claim.verdict_every": "holds under every choice",
    "claim.verdict_nearly_every": "holds under nearly every choice",
    "claim.verdict_most": "holds under most choices",
    "claim.verdict_more_than_half": "holds under more than half of the choices",
    "claim.verdict_half_or_less": "holds under half of the choices or fewer",
    "claim.verdict_few": "holds under few choices",
    "claim.verdict_hardly_any": "holds under hardly any choice",
    "claim.verdict_none": "holds under no choice",
    "claim.verdict_untested": "was not tested",
    "claim.first": "first",
    "claim.last": "last",
    "claim.several": "several, tied",
    "claim.asserted": "Claim: {assertion}. {source}, {place}: {words}",
    "claim.verdict": "Verdict over all choices: the claim {verdict} ({holds:,} of {count:,} specifications, "
    "{share:.1%}).",
    "claim.not_independent": "Specifications share data and choices. They are no independent draws, and a share of "
    "them is no probability; read routes and sets of weights first.",
    "claim.verdict_equivalent_only": "Over equivalent choices alone: the claim {verdict} ({holds:,} of {count:,}, "
    "{share:.1%}).",
    "claim.verdict_plausible_only": "Over equivalent and uncertain choices: the claim {verdict} ({holds:,} of "
    "{count:,}, {share:.1%}).",
    "claim.balanced": "With every option of every choice counting alike it holds in {share:.1%}.",
    "claim.ties": "In {ties:,} specifications a tie leaves it open; they count as not holding.",
    "claim.by_option": "{dimension}: {parts}.",
    "claim.option_share": "{option} {share:.1%} ({holds:,} of {count:,})",
    "claim.baseline_undefined": "At the baseline the method is undefined.",
    "claim.baseline_holds": "At the baseline it holds, by {margin:.1%} of the distance between best and worst score; "
    "{edge}: {leader}.",
    "claim.baseline_fails": "At the baseline it fails, by {margin:.1%} of the distance between best and worst score; "
    "{edge}: {leader}.",
    "claim.baseline_tied": "At the baseline a tie leaves it open.",
    "claim.weight_space": "With the baseline's other choices it holds under {share:.1%} of all weights (standard error "
    "{error:.2%}, {draws:,} draws, seed {seed}).",
    "claim.weight_space_routes": "The same by route: {parts}.",
    "claim.route_share": "{route} {share:.1%} (± {error:.2%})",
    "claim.breaks_any": "It takes {size} changed choice(s) to break it, in {count:,} way(s): {parts}.",
    "claim.breaks_equivalent": "Among equivalent options it takes {size}, in {count:,} way(s): {parts}.",
    "claim.breaks_never_any": "No combination of choices breaks it.",
    "claim.breaks_never_equivalent": "No combination of equivalent options breaks it.",
    "claim.makes_any": "It takes {size} changed choice(s) to make it hold, in {count:,} way(s): {parts}.",
    "claim.makes_equivalent": "Among equivalent options it takes {size}, in {count:,} way(s): {parts}.",
    "claim.makes_never_any": "No combination of choices makes it hold.",
    "claim.makes_never_equivalent": "No combination of equivalent options makes it hold.",
    "claim.step": "{dimension}: {option}",
    "claim.change_leads": "{changes} → {leader}",
    "claim.instead": "Where it does not hold ({count:,}), first is: {parts}.",
    "claim.instead_last": "Where it does not hold ({count:,}), last is: {parts}.",
    "claim.leader_share": "{leader} {share:.1%} ({count:,})",
    "claim.explained": "What the outcome hangs on, by share of its variance, alone and with interactions: {parts}.",
    "claim.explained_how": "These shares are exact for this universe; the ranges show them with any one option left "
    "out.",
    "claim.explained_little": "Below {limit:.0%} each: {parts}.",
    "claim.part": "{name} {first:.1%} alone, {total:.1%} in all ({low:.1%} to {high:.1%})",
    "claim.counts": "Of {combinations:,} combinations {repeats:,} repeat the numbers of another one, {excluded:,} are "
    "left out by rule and {skipped:,} cannot be ranked; {count:,} specifications remain.",
    "claim.excluded": "Left out ({count:,}): {when}. {why}",
    "claim.skipped": "Not ranked ({count:,}): {way}. For instance: {reason}",
    "claim.any_way": "any method",
    "claim.no_codings": "the study has {found} codings: at least two are needed to compare them",
    "claim.codings_are": "What is compared: {count} passes over the same sources with one codebook, each made without "
    "the others. They are no survey of experts.",
    "claim.no_proof": "That passes agree is no proof that they are right: they share sources, codebook and habits of "
    "reading, and may share an error. Where they part, the study takes the difference for uncertainty.",
    "claim.alpha": "{about}, {level}: alpha {alpha:.3f} ({low:.3f} to {high:.3f}, 95% by drawing {units} units anew), "
    "{word}.",
    "claim.alpha_alone": "{about}, {level}: alpha {alpha:.3f} over {units} unit(s), {word}.",
    "claim.alpha_undefined": "{about}, {level}: alpha is undefined, since all values of {units} unit(s) are the same.",
    "claim.level_ordinal": "by the order of ratings",
    "claim.level_interval": "by distance on the common scale",
    "claim.level_nominal": "same or not",
    "claim.about_ratings": "All readings",
    "claim.about_swot_criterion": "SWOT items, criterion",
    "claim.about_swot_sign": "SWOT items, sign",
    "claim.about_swot_both": "SWOT items, criterion and sign",
    "claim.same_cells": "All codings give the same value in {same} of {cells} cells.",
    "claim.same_items": "All codings assign {same} of {items} SWOT items alike.",
    "claim.no_group": "scenario {found!r} holds no group of profiles: name one whose weights are a group",
    "claim.profiles_are": "The profiles are readings of what the papers report of each state's stance, not statements "
    "by the states.",
    "claim.state": "{state}: first is {first}; consistency ratio {ratio:.3f}; its judgements rest on {rows} rows of "
    "evidence.",
    "claim.group": "As one group (geometric mean of the judgements): first is {first}. Consensus {consensus:.1%}, "
    "{word}.",
    "claim.shared": "The states disagree least with the ranking under these weights: {weights}. First is {first}; "
    "{total:g} pairs stand the other way round, summed over the states ({least:g} would be the least for any ranking; "
    "{group:g} under the group's weights, {equal:g} under equal ones). {alike:.1%} of all weights tried are as good.",
    "claim.no_base": "scenario {found!r} is based on none: name one that says what it changes",
    "claim.effect": "{scenario}, against {base}: {cells} cell(s) changed. It moves {who} most, by {gain:+.4f} of score "
    "(rank {before:g} to {after:g}). First stays {first}.",
    "claim.effect_first": "{scenario}, against {base}: {cells} cell(s) changed. It moves {who} most, by {gain:+.4f} of "
    "score (rank {before:g} to {after:g}). First is now {first}.",
    "claim.effect_claim": "{claim}: holds in {after:.1%} of {count:,} specifications of equivalent options "
    "({before:.1%} before).",
    "claim.moves_most": "Of these, {scenario} moves a format most: {who}, by {gain:+.4f}.",
}
