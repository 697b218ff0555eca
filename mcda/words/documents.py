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
    "documents.sure.weights.first": "If all weights are equally likely, {first} comes first in {share} "
    "of {draws} random weightings (standard error {error}), more often than any other.",
    "documents.sure.weights.other": "If all weights are equally likely, {most} comes first most often, "
    "in {share} of {draws} random weightings (standard error {error}); {first}, first in this scenario, comes first in "
    "{own} ({own_error}).",
    "documents.sure.weights.tied": "If all weights are equally likely, {most} comes first most often, "
    "in {share} of {draws} random weightings (standard error {error}).",
    "documents.sure.exact.first": "If all weights are equally likely, {first} comes first in {share} of "
    "all weightings, more often than any other (measured exactly, not drawn).",
    "documents.sure.exact.other": "If all weights are equally likely, {most} comes first most often, in "
    "{share} of all weightings (measured exactly, not drawn); {first}, first in this scenario, comes first in {own}.",
    "documents.sure.exact.tied": "If all weights are equally likely, {most} comes first most often, in "
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
    "documents.sure.room": "Of all weights, that of {criterion} leaves the least room: it is {now}, and the first place "
    "holds from {low} to {high} while the other weights keep their proportions.",
    "documents.sure.room.all": "No weight, moved alone anywhere from 0% to 100%, takes the first place away.",
    "documents.sure.room.none": "At these weights the first place is shared or just changing hands: the smallest move "
    "of a weight decides it.",
    "documents.sure.alone": "There is one alternative alone; no choice of weights or scores can put another one first.",
    "documents.sure.near": "Practically tied, as their scores lie less than {limit} apart from neighbour to neighbour: "
    "{names}. No order should be read from them.",
    "documents.sure.apart": "No two neighbours in the ranking are practically tied (less than {limit} apart).",
    # what would change it
    "documents.change.losing": "The smallest change of all weights together that takes the first place away moves "
    "{moved} of all weight ({changes}); beyond it {level} is first.",
    "documents.change.losing.never": "No weights at all take the first place from {first}.",
    "documents.change.alone": "With one alternative alone, nothing changes the first place.",
    "documents.change.step": "{criterion} from {now} to {then}",
    "documents.change.moved": "Scores with a range: {count}. Of these, those that change the first place when moved "
    "alone to an end of their range: {moved}.",
    "documents.change.unmoved": "None of the {count} scores that have a range changes the first place when it is moved "
    "alone to an end of that range.",
    "documents.change.assumed": "Scores for which the evidence gives no value: {cells}.",
    "documents.change.assumed.cell": "{alternative}, {leaf} ({range})",
    "documents.change.assumed.many": "Scores for which the evidence gives no value: {count}; the tables of the report mark them.",
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
    "in the evidence): A\N{NO-BREAK SPACE}{a}, B\N{NO-BREAK SPACE}{b}, C\N{NO-BREAK SPACE}{c}, D\N{NO-BREAK SPACE}{d}.",
    "documents.origin.unit": "{title} ({unit})",
    "documents.origin.weighed": "{mark} {title} ({weight})",
    # figures
    "documents.picture.contributions": "Where the lead of the first over the second comes from",
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
    "codings read and their ranges; {draws} draws, standard errors at most {error}.",
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
    "documents.method.moved": "Each score was moved alone to both ends of its range, all else being equal.",
    "documents.method.software": "Computed with fiveplusone {version} (the versions of Python and of its packages stand "
    "in manifest.json); the study's files have the SHA-256 {hash}.",
    # the paper
    "documents.paper.title": "{study}: {scenario}",
    "documents.paper.methods": "Methods",
    "documents.paper.results": "Results",
    "documents.paper.evidence": "Evidence",
    "documents.paper.comment": "Results of a run, to be edited into a paper. Compile with pdflatex, xelatex or "
    "lualatex, bibtex, and the first twice again; letters beyond Latin and Cyrillic need xelatex or lualatex.",
    "documents.paper.table": "Needs the packages booktabs and array; made by a program, so edit a copy.",
    "documents.paper.table_long": "Needs the packages booktabs, array and longtable; made by a program, so edit a copy.",
    "documents.paper.words": "In words: {words}",
    "documents.paper.cite": "The evidence comes from {sources}, the computation from {software}.",
    # sources in BibTeX
    "documents.bibtex.note": "Study “{title}”, scenario {scenario}, SHA-256 {hash}",
    "documents.bibtex.version": "Version {version}",
    "documents.bibtex.software": "fiveplusone: multi-criteria decision support that traces every rank to its evidence",
    # the checklist
    "documents.checklist.title": "Checklist",
    "documents.checklist.intro": "Filled in by the program from the run, not by a person: “shown” means that this "
    "report contains it, “missing” that nothing in the run does, whatever was done elsewhere.",
    "documents.checklist.count": "Shown: {shown}. In part: {partly}. Missing: {missing}.",
    "documents.checklist.shown": "shown",
    "documents.checklist.partly": "in part",
    "documents.checklist.missing": "missing",
    "documents.checklist.ispor": "Good practices of ISPOR (Marsh and others 2016, doi 10.1016/j.jval.2015.12.016)",
    "documents.checklist.oecd": "Handbook of the OECD and the JRC (2008, doi 10.1787/9789264043466-en)",
    "documents.ispor.1a": "Decision problem: clearly described",
    "documents.ispor.1b": "Decision problem: confirmed by others, and reported",
    "documents.ispor.2a": "Criteria: how they were found, and why so",
    "documents.ispor.2b": "Criteria: defined, and the definitions justified",
    "documents.ispor.2c": "Criteria and their tree: checked, and reported",
    "documents.ispor.3a": "Performance: sources named and justified",
    "documents.ispor.3b": "Performance matrix: checked, and reported",
    "documents.ispor.4a": "Scoring: method named and justified",
    "documents.ispor.4b": "Scores: checked, and reported",
    "documents.ispor.5a": "Weighting: method named and justified",
    "documents.ispor.5b": "Weights: checked, and reported",
    "documents.ispor.6a": "Aggregation: function named and justified",
    "documents.ispor.6b": "Aggregation: results checked, and reported",
    "documents.ispor.7a": "Uncertainty: sources named",
    "documents.ispor.7b": "Uncertainty: analysed, and the analysis justified",
    "documents.ispor.8a": "Method and findings: reported",
    "documents.ispor.8b": "Findings: examined",
    "documents.oecd.1": "Theoretical framework",
    "documents.oecd.2": "Selection of data",
    "documents.oecd.3": "Imputation of missing data",
    "documents.oecd.4": "Multivariate analysis",
    "documents.oecd.5": "Normalization",
    "documents.oecd.6": "Weighting and aggregation",
    "documents.oecd.7": "Uncertainty and sensitivity",
    "documents.oecd.8": "Back to the data",
    "documents.oecd.9": "Links to other indicators",
    "documents.oecd.10": "Presentation",
    "documents.told.question": "The study asks: {question}",
    "documents.told.unconfirmed": "Reported; nothing in the run shows that anyone beside the authors of the study "
    "confirmed it.",
    "documents.told.criteria_about": "If anywhere, the study's own text says how the criteria were found; the program "
    "cannot judge that.",
    "documents.told.criteria_silent": "The study says nothing of how the criteria were found.",
    "documents.told.defined": "Every criterion asks a question, and every sub-criterion has a declared scale.",
    "documents.told.loose": "Every criterion asks a question; ratings without described steps: {bare}.",
    "documents.told.defined_swot": "Every criterion asks a question; what counts towards it is the coding's "
    "assignment of SWOT items.",
    "documents.told.tree": "The tree is reported; that the criteria are complete, do not overlap and are independent in "
    "preference was not tested.",
    "documents.told.sources": "Rows of the ledger cited: {rows}; sources: {sources}; scores that cite no row: {bare}.",
    "documents.told.sources_swot": "Rows of the ledger read as SWOT items: {rows}; sources: {sources}.",
    "documents.told.matrix_codings": "The matrix is reported with every reading; codings: {codings}, with the same value "
    "for {same} of {cells} scores. Nothing shows that anyone outside checked it.",
    "documents.told.matrix": "The matrix is reported; each score has one reading, and nothing shows that anyone checked "
    "it.",
    "documents.told.matrix_swot": "The items and their assignment are reported; this route follows one coding alone.",
    "documents.told.scales": "Declared scales and the normalization are named; that equal steps on a scale are worth "
    "the same was not asked of anyone.",
    "documents.told.grades": "Every score is shown with range and grade of evidence: A\N{NO-BREAK SPACE}{a}, B\N{NO-BREAK SPACE}{b}, C\N{NO-BREAK SPACE}{c}, D\N{NO-BREAK SPACE}{d}. "
    "Nothing shows that those who decide confirmed them.",
    "documents.told.balances": "Every balance is shown with its items; balances carry no ranges.",
    "documents.told.judged": "Pairwise judgements, with the eigenvector; whose judgements they are, the study says. "
    "Reasons stand beside them in the tables.",
    "documents.told.set": "The weights are named ({weights}), but nobody was asked for them in the run.",
    "documents.told.consistent": "{consistency} That those whose weights they are saw the result is not shown.",
    "documents.told.unasked": "Reported, with the ranges in which the first place holds; whose preferences they are, if "
    "anybody's, the run does not show.",
    "documents.told.function": "{method}. That bad values on one criterion may be made good on another was not asked "
    "of those who decide, and other methods were not run here.",
    "documents.told.lead": "Scores and ranks are reported; the lead of the first is taken apart by criterion and adds "
    "up exactly.",
    "documents.told.scores_only": "Scores and ranks are reported; there is no lead to take apart.",
    "documents.told.uncertain": "Named: weights, readings of the codings and their ranges, scores that are assumed "
    "({assumed}). Not named by the program: criteria left out, mistakes shared by all codings and sources.",
    "documents.told.uncertain_swot": "Named: weights. Not named by the program: ranges of the balances, criteria left "
    "out, mistakes shared by all sources.",
    "documents.told.varied": "Varied: {what}. Not varied here: method, normalization, structure and route.",
    "documents.told.varied_nothing": "Nothing was varied.",
    "documents.told.vary.weights": "the weights (drawn over all that are possible)",
    "documents.told.vary.exact": "the weights (measured over all that are possible)",
    "documents.told.vary.scores": "the scores (drawn from the codings and their ranges)",
    "documents.told.vary.flips": "each weight alone",
    "documents.told.vary.moved": "each score alone (to both ends of its range)",
    "documents.told.reported": "The method, the data, the program with its version, and the command that gives the "
    "same result again are reported.",
    "documents.told.examined": "What would change the first place is reported; a discussion with those who decide is "
    "not part of a run.",
    "documents.told.framework": "Question, criteria and their directions are declared; a theory that ties them to the "
    "question is not part of the run.",
    "documents.told.complete": "No value is missing.",
    "documents.told.imputed": "Missing values: {count}. {rule} Both ends of their ranges were tried.",
    "documents.told.imputed_untried": "Missing values: {count}. {rule} The ends of their ranges were not tried.",
    "documents.told.complete_swot": "Items are counted; an aspect that no source mentions counts as none.",
    "documents.told.multivariate": "Not done: correlations and common factors of the criteria were not looked at. "
    "Alternatives: {count}; with so few such measures would say little.",
    "documents.told.multivariate_open": "Not done: correlations and common factors of the criteria were not looked at.",
    "documents.told.normalization": "Named ({normalization}); others were not run here.",
    "documents.told.normalization_own": "The method fixes its own; others were not run here.",
    "documents.told.aggregation": "Weights: {weights}. {method}. That criteria may make up for each other is taken for "
    "granted.",
    "documents.told.details": "Every score leads to its readings, its reasons and the rows of the ledger.",
    "documents.told.links": "Not done: the result was not compared with other measures.",
    "documents.told.pictures": "Tables and figures have captions, and figures are told in words as well.",
    # faults
    "documents.letterhead.missing": "letterhead {found!r} cannot be read ({reason}): name a Word document (.docx)",
    "documents.letterhead.not_word": "letterhead {found!r} is no Word document: save it as a Word document (.docx), "
    "without macros and not as a template",
    "documents.letterhead.open": "letterhead {found!r} has a tag that is not closed in {text!r}: close it with }}}}",
    "documents.letterhead.tag": "letterhead {found!r} has a tag that cannot be filled ({reason}): write one of {allowed}",
    "documents.left_out": "{file} was left out, since the extra {extra!r} is not installed: pip install "
    "'fiveplusone[{extra}]'",
}
