"""Words of the documents, in English."""

from __future__ import annotations

WORDS: dict[str, str] = {
    # the briefing
    "documents.kicker": "Briefing",
    "documents.annex": "Annex",
    "documents.footer": "fiveplusone {version} · scenario {scenario} · study {hash}",
    "documents.page": "Page {page} of {pages}",
    "documents.figure": "Figure",
    "documents.table": "Table",
    "documents.section.answer": "The answer",
    "documents.section.sure": "How sure this is",
    "documents.section.change": "What would change it",
    "documents.section.origin": "Where it comes from",
    "documents.section.sources": "Sources",
    "documents.section.method": "How the scores come about",
    "documents.section.about": "What the study says of itself",
    "documents.section.checklist": "What good practice asks, and what was done",
    "documents.section.rerun": "To cite and to rerun",
    "documents.neutral": "This says what follows from the evidence and the choices named; it recommends nothing.",
    # how sure
    "documents.sure.weights.first": "If all weights of the criteria are equally likely, {first} comes first in {share} "
    "of {draws} random weightings (standard error {error}), more often than any other.",
    "documents.sure.weights.other": "If all weights of the criteria are equally likely, {most} comes first most often, "
    "in {share} of {draws} random weightings (standard error {error}); {first}, first in this scenario, comes first in "
    "{own} ({own_error}).",
    "documents.sure.weights.tied": "If all weights of the criteria are equally likely, {most} comes first most often, "
    "in {share} of {draws} random weightings (standard error {error}).",
    "documents.sure.exact.first": "If all weights of the criteria are equally likely, {first} comes first in {share} of "
    "all weightings, more often than any other (measured exactly, not drawn).",
    "documents.sure.exact.other": "If all weights of the criteria are equally likely, {most} comes first most often, in "
    "{share} of all weightings (measured exactly, not drawn); {first}, first in this scenario, comes first in {own}.",
    "documents.sure.exact.tied": "If all weights of the criteria are equally likely, {most} comes first most often, in "
    "{share} of all weightings (measured exactly, not drawn).",
    "documents.sure.scores.first": "At the weights of this scenario, with each score drawn from what the codings read "
    "and their ranges, {first} comes first in {share} of {draws} draws (standard error {error}), more often than any "
    "other.",
    "documents.sure.scores.other": "At the weights of this scenario, with each score drawn from what the codings read "
    "and their ranges, {most} comes first most often, in {share} of {draws} draws (standard error {error}); {first}, "
    "first with the values in use, comes first in {own} ({own_error}).",
    "documents.sure.scores.tied": "At the weights of this scenario, with each score drawn from what the codings read "
    "and their ranges, {most} comes first most often, in {share} of {draws} draws (standard error {error}).",
    "documents.sure.refused.weights": "How often each alternative comes first under other weights was not measured: "
    "{method} gives no score for some of them.",
    "documents.sure.refused.scores": "How often each alternative comes first under other scores was not measured: "
    "{method} gives no score for some of them.",
    "documents.sure.balances": "The balances of SWOT items carry no ranges, so that it was not measured how far the "
    "scores themselves may be off.",
    "documents.sure.room": "Of the criteria, {criterion} leaves the least room: its weight is {now}, and the first "
    "place holds from {low} to {high} while the other weights keep their proportions.",
    "documents.sure.room.all": "No weight of a criterion, moved alone anywhere from 0% to 100%, takes the first place "
    "away.",
    "documents.sure.room.none": "At these weights the first place is shared or just changing hands: the smallest move "
    "of a weight decides it.",
    "documents.sure.near": "Practically tied, as their scores lie less than {limit} apart from neighbour to neighbour: "
    "{names}. No order should be read from them.",
    "documents.sure.apart": "No two neighbours in the ranking are practically tied (less than {limit} apart).",
    # what would change it
    "documents.change.losing": "The smallest change of all weights together that takes the first place away moves "
    "{moved} of all weight ({changes}); beyond it {level} is first.",
    "documents.change.losing.never": "No weights of the criteria at all take the first place from {first}.",
    "documents.change.step": "{criterion} from {now} to {then}",
    "documents.change.moved": "Scores with a range: {count}. Of these, those that change the first place when moved "
    "alone to an end of their range: {moved}.",
    "documents.change.unmoved": "None of the {count} scores that have a range changes the first place when it is moved "
    "alone to an end of that range.",
    "documents.change.assumed": "Scores for which the evidence gives no value, so that the middle of a range stands in: "
    "{cells}.",
    "documents.change.assumed.cell": "{alternative}, {leaf} ({range})",
    "documents.change.assumed.many": "Scores for which the evidence gives no value, so that the middle of a range "
    "stands in: {count}, listed in the study's tables.",
    "documents.change.assumed.same": "With all assumed scores at the low ends of their ranges, and with all at the high "
    "ends, {first} comes first.",
    "documents.change.assumed.ends": "With all assumed scores at the low ends of their ranges {low} comes first; with "
    "all at the high ends, {high}.",
    "documents.change.several": "Several changes at once can do what none does alone.",
    # where it comes from
    "documents.origin.counts": "Alternatives: {alternatives}. Criteria: {criteria}, with sub-criteria: {leaves}. "
    "Scores: {scores}, of which assumed: {assumed}. Rows of the ledger cited: {rows}. Sources: {sources}.",
    "documents.origin.items": "Alternatives: {alternatives}. Criteria: {criteria}. SWOT items: {items}, of which count "
    "towards no criterion: {silent}. Sources: {sources}.",
    "documents.origin.coding": "{codings}: {about}",
    "documents.origin.codings": "A coding is one reading of the sources, not a measurement. Where codings agree, that "
    "is no proof that they are right; where they part, the difference counts as uncertainty.",
    "documents.origin.single": "Each score has one reading, as the study gives it.",
    "documents.origin.same": "Scores for which all codings give the same value: {same} of {count}.",
    "documents.origin.grades": "Grades of evidence, from A (agreement in a narrow range, several rows) to D (no value "
    "in the evidence): A {a}, B {b}, C {c}, D {d}.",
    "documents.origin.unit": "{title} ({unit})",
    "documents.origin.weighed": "{mark} {title} ({weight})",
    # tables
    "documents.table.ranks": "Share of the random weightings that give each rank",
    "documents.table.flips": "How far each weight can move alone before the first place changes",
    "documents.table.moved": "Scores that change the first place when moved alone to an end of their range",
    "documents.head.rank": "Rank {rank}",
    "documents.head.scores": "First, scores drawn",
    "documents.head.now": "Weight now",
    "documents.head.low": "Holds from",
    "documents.head.high": "Holds up to",
    "documents.head.below": "First below that",
    "documents.head.above": "First above that",
    "documents.head.used": "Value in use",
    "documents.head.end": "Moved to",
    "documents.head.then": "Then first",
    "documents.head.item": "Item",
    "documents.head.asks": "What is asked",
    "documents.head.state": "In this report",
    "documents.head.told": "What the run shows, and what it does not",
    "documents.note.error": "Standard errors are at most {error}; draws: {draws}, seed: {seed}.",
    "documents.note.exact": "Measured exactly; nothing was drawn.",
    "documents.note.scores": "Last column: at the weights of this scenario, with each score drawn from what the "
    "codings read and their ranges; standard errors at most {error}.",
    "documents.note.more_ranks": "Further ranks are not shown.",
    "documents.note.roots": "The ends are roots of a closed form; at an end the first place is level, and farther away "
    "it may change again.",
    "documents.note.scan": "The ends were found by a scan in steps of {step}; at an end the first place is level, and "
    "farther away it may change again.",
    "documents.note.longest": "Shown: the {shown} with the smallest moves.",
    "documents.note.scorecard": "▲ more is better, ▼ less is better; the percentage is the criterion's weight, and in "
    "its line stand the means on the common scale, 0 to 1. Below a score: lowest to highest value of any coding, and "
    "the grade of evidence. Darker is better. †: no value in the evidence, the middle of the ranges stands in. ∆: set "
    "by the scenario.",
    "documents.note.balances": "▲ more is better, ▼ less is better; the percentage is the criterion's weight. Items "
    "that raise a criterion minus items that lower it; below, how many of each. Darker is better.",
    # the methods paragraph
    "documents.method.ranked": "The alternatives {alternatives} were ranked on the criteria {criteria}.",
    "documents.method.criterion": "{title} ({direction}, weight {weight})",
    "documents.method.inputs": "Scores: {route}. Weights: {weights}.",
    "documents.method.codings": "The scores are codings of the sources ({codings}), with {rows} cited rows of evidence; "
    "the value in use is the median of the codings, and ranges run from the lowest to the highest end of any coding.",
    "documents.method.ties": "Scores that differ by no more than {tie} of the largest one are equal and share the "
    "average of their ranks; scores closer than {limit} are called practically tied.",
    "documents.method.weights": "Rank acceptability over the weights: {draws} weight vectors drawn uniformly from all "
    "that are 0 or more and sum to 1 (seed {seed}); a tie is split over the ranks that it spans; the standard error of "
    "a share b is the root of b(1 − b) over the number of draws (SMAA-2, Lahdelma and Salminen 2001).",
    "documents.method.weights.exact": "Rank acceptability over the weights: the volume of all weights, 0 or more and "
    "summing to 1, that give an alternative a rank, measured exactly (SMAA-2, Lahdelma and Salminen 2001).",
    "documents.method.scores": "Rank acceptability over the scores, at the weights named: {draws} draws (seed {seed}); "
    "for each score one of its readings with equal chances, then a value from the triangular distribution on the "
    "range of that reading with its value as the mode (uniform where it gives none), independent of other scores.",
    "documents.method.roots": "Ranges of the weights: each weight runs from 0 to 1 while the others keep their "
    "proportions; the weights at which alternatives are level are roots of a closed form.",
    "documents.method.scan": "Ranges of the weights: each weight runs from 0 to 1 while the others keep their "
    "proportions; the weights at which alternatives are level were found by a scan in steps of {step}.",
    "documents.method.losing.linear": "The smallest change of all weights (sum of absolute changes) was found exactly "
    "as a linear programme.",
    "documents.method.losing.subdivision": "The smallest change of all weights (sum of absolute changes) was found by "
    "cutting all weights into pieces until the distance was proven within {gap}.",
    "documents.method.losing.scan": "The smallest change of all weights (sum of absolute changes) was searched on a "
    "lattice of weights {step} apart.",
    "documents.method.moved": "Each score was moved alone to both ends of its range, all else being equal.",
    "documents.method.software": "Computed with fiveplusone {version}, Python {python} and numpy {numpy}; the study's "
    "files have the SHA-256 {hash}.",
    # the paper
    "documents.paper.title": "{study}: {scenario}",
    "documents.paper.methods": "Methods",
    "documents.paper.results": "Results",
    "documents.paper.evidence": "Evidence",
    "documents.paper.comment": "Results of a run, to be edited into a paper. Compile with pdflatex, xelatex or "
    "lualatex, then bibtex; letters beyond Latin and Cyrillic need xelatex or lualatex and a font that has them.",
    "documents.paper.table": "Needs the packages booktabs and array. Made by a program: edit a copy.",
    "documents.paper.cite": "The evidence comes from the sources {sources}; the computation from {software}.",
    # sources in BibTeX
    "documents.bibtex.note": "Study “{title}”, scenario {scenario}, SHA-256 {hash}",
    "documents.bibtex.software": "fiveplusone: multi-criteria decision support that traces every rank to its evidence",
    # faults
    "documents.letterhead.missing": "letterhead {found!r} cannot be read ({reason}): name a Word document (.docx)",
    "documents.letterhead.not_word": "letterhead {found!r} is no Word document: save it as a Word document (.docx), "
    "without macros and not as a template",
    "documents.letterhead.tag": "letterhead {found!r} has a tag that cannot be filled ({reason}): write one of {allowed}",
    "documents.left_out": "{file} was left out, since the extra {extra!r} is not installed: pip install "
    "'fiveplusone[{extra}]'",
}
