"""The report as one self-contained page: the first thing an adviser opens."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from mcda.engine.methods import rank
from mcda.engine.ranking import Ranking
from mcda.explain import Lead, explain_lead
from mcda.report import live
from mcda.report.filling import STEPS, answered, anywhere, claimed, compared, led, words
from mcda.report.folded import Folded
from mcda.report.manifest import manifest
from mcda.report.proofs import cited, proofs
from mcda.report.scorecard import SHADES, scorecard
from mcda.report.texts import Texts, packed
from mcda.study.scenario import Case
from mcda.words import LANGUAGES, speaking, template

if TYPE_CHECKING:
    from mcda.claim.examine import ClaimResult

FIRST = '<meta charset="utf-8">'
MARK = '<meta name="generator" content="fiveplusone: mcda page">'  # of what may be written over
TEMPLATES = Path(__file__).parent / "templates"
SCRIPTS = ("live.js", "words.js", "proof.js", "page.js")
REGRET = "regret.js"  # for VIKOR alone
SECTIONS = (
    "answer",
    "ranking",
    "weights",
    "sure",
    "bands",
    "others",
    "evidence",
    "triangle",
    "pair",
    "curve",
    "lead",
    "criteria",
    "assumed",
    "method",
    "about",
    "sources",
    "rerun",
)
TONGUES = {"en": "English", "ru": "Русский", "kk": "Қазақша"}
# Of alternatives, dark enough for white letters on them and told apart by people who do not see red or green.
COLORS = ("#0b5a94", "#b84d00", "#00735a", "#a2457f", "#5c5c5c", "#806000", "#4b4fa8", "#8c1c13")
SPACED = re.compile(r'("(?:\\.|[^"\\\n])*"|`[^`]*`)|[ ]*([{}()\[\];,=+*<>?:&|!-])[ ]*')  # text, or a sign of a script


def report_page(
    case: Case,
    ranking: Ranking,
    lead: Lead | None,
    record: Mapping[str, object],
    lang: str,
    *,
    files: Sequence[str],
    rivals: Sequence[live.Other] | None = None,
    claims: Sequence[ClaimResult] = (),
) -> str:
    """Write the page of a case.

    Parameters
    ----------
    ranking, lead : of the case; the lead of the first over the second, None where there is no second
    record : the manifest
    files : names of the files that lie beside the page
    rivals : the other scenarios of the study; None to rank those in its folder
    claims : whose specification curves are shown
    """
    with speaking(lang):
        rivals = live.others(case) if rivals is None else rivals
        texts = Texts(lang)
        values = {
            "lang": lang,
            "tongues": TONGUES,
            "folders": _folders(files),
            "record": {**record, "seed": live.SEED, "draws": live.DRAWS} if live.form_of(case) else record,
            "shades": shades(),
            "colors": len(COLORS),
            **words(texts),
            **answered(case, ranking, texts),
            **led(case, lead, texts),
            **anywhere(case, texts),
            **compared(case, rivals, texts),
            **claimed(claims, texts),
        }
        shown = {"lead": bool(lead), "assumed": bool(case.leaves), "others": bool(rivals), "curve": bool(claims)}
        values["sections"] = [key for key in SECTIONS if shown.get(key, True)]
        return _written(case, ranking, texts, values, rivals=rivals)


def page_alone(case: Case, *, lang: str, command: str, claims: Sequence[ClaimResult] = ()) -> str:
    """Write the page of a case with no files beside it; it bears ``MARK``."""
    chosen = case.scenario
    ranking = rank(case.problem, method=chosen.method, normalization=chosen.normalization, options=chosen.options)
    best = [ranking.alternatives[i] for i in ranking.order()[:2]]
    lead = explain_lead(case, *best) if len(best) == 2 else None
    record = manifest(case, command=command, seed=live.SEED, draws=live.DRAWS, packages=("Jinja2",))
    text = report_page(case, ranking, lead, record, lang, files=(), claims=claims)
    return text.replace(FIRST, f"{FIRST}\n{MARK}", 1)


def shades() -> list[str]:
    """Give the colours of merit in equal steps from worst to best."""
    anchors = [[int(color[i : i + 2], 16) for i in (1, 3, 5)] for color in SHADES]
    out = []
    for step in range(STEPS + 1):
        place = step / STEPS * (len(anchors) - 1)
        k = min(int(place), len(anchors) - 2)
        mixed = [a + (b - a) * (place - k) for a, b in zip(anchors[k], anchors[k + 1], strict=True)]
        out.append("#" + "".join(f"{round(part):02x}" for part in mixed))
    return out


def _written(
    case: Case, ranking: Ranking, texts: Texts, values: dict[str, object], *, rivals: Sequence[live.Other]
) -> str:
    """Fill the templates: the body first, since it decides which texts the document has already."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    folded, groups = Folded(), scorecard(case)
    environment.filters["fold"] = folded.fold
    papers = cited(case, groups)
    data = _live(case, ranking, rivals, texts)
    body = environment.get_template("page.html").render(values, case=case, groups=groups, papers=papers, live=data)
    behind = proofs(case, groups, papers, texts)
    said = {lang: {key: template(_key(key), lang) for key in live.SAID} for lang in LANGUAGES}
    style = _bare(environment.get_template("page.css").render(shades=shades(), colors=COLORS)).replace("\n", "")
    script = _script(ranking.method)
    return environment.get_template("frame.html").render(
        lang=texts.lang,
        case=case,
        body=Markup(_tidy(body)),
        style=Markup(style),
        script=Markup(script),
        policy=f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; img-src data:; "
        "base-uri 'none'; form-action 'none'",
        live_json=Markup(live.to_json(data)),
        packed=packed({**behind, "folded": folded.fragments, "words": said, "texts": texts.listed()}),
    )


def _live(case: Case, ranking: Ranking, rivals: Sequence[live.Other], texts: Texts) -> dict[str, object]:
    """Give what the page computes with; titles by their place among all texts."""
    titles = {"heading": case.scenario.title, "study": case.study.title}
    return {
        **live.export(case, ranking, tuple(rivals), titled=texts.titled),
        **{name: texts.titled(title) for name, title in titles.items()},
        "colors": COLORS,
        "seed": live.SEED,
    }


def _folders(files: Sequence[str]) -> dict[str, list[str]]:
    """Sort the names of files by their folder."""
    found: dict[str, list[str]] = {}
    for name in files:
        folder, _, own = name.rpartition("/")
        found.setdefault(folder, []).append(own)
    return found


def _key(key: str) -> str:
    """Give the full key of a word of the script: the page's own where no area is named."""
    return key if key.startswith("report.") else f"page.live.{key}"


def _tidy(text: str) -> str:
    """Leave out empty lines and spaces at the ends of lines."""
    return "\n".join(line.rstrip() for line in text.splitlines() if line.strip()) + "\n"


def _script(method: str) -> str:
    """Give what the page runs, without spaces that only a reader needs."""
    names = (*SCRIPTS[:1], REGRET, *SCRIPTS[1:]) if method == "vikor" else SCRIPTS
    code = _bare("\n".join((TEMPLATES / name).read_text(encoding="utf-8") for name in names))
    return re.sub(r"(?<=[{;,(])\n", "", SPACED.sub(lambda found: found[1] or found[2], code))


def _bare(text: str) -> str:
    """Leave comments and indents out of a style or a script of ours."""
    return _tidy(re.sub(r"(?m)^ +", "", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)))


def _digest(text: str) -> str:
    """Name a style or script in a content security policy."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
