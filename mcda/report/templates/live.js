"use strict";
/* What the page computes: scores from a reduced form that Python wrote, and what follows from them.
   Everything here takes numbers and gives numbers or text; nothing touches the document.
   w: weights of the problem, one for each of its columns; the names are those of mcda/sensitivity/forms.py. */
const TIE = 1e-9, SAME = 1e-12, EPS = 2.220446049250313e-16;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

function dot(row, w) {
  let sum = 0;
  for (let j = 0; j < w.length; j++) sum += w[j] * row[j];
  return sum;
}

function normalized(list) {
  const total = list.reduce((a, b) => a + b, 0);
  return list.map(x => total > 0 ? x / total : 1 / list.length);
}

/* Weights of the problem's columns from the criteria's weights and the shares of sub-criteria within them. */
function weightsOf(live, weights, shares) {
  const main = normalized(weights);
  return live.columns === "leaves" ? live.leaves.map((leaf, l) => main[leaf.criterion] * shares[l]) : main;
}

/* The reduced form at the shares: Python's own, or made anew from the criteria's values, which are sums over their
   sub-criteria on the common scale; a column is divided by its unit and counted from its worst and its best value. */
function formOf(live, shares) {
  const make = live.make;
  if (!make) return live.form;
  const values = make.scaled.map(row => make.directions.map((_, c) =>
    row.reduce((sum, x, l) => make.owners[l] === c ? sum + x * (shares[l] ?? 1) : sum, 0)));
  const parts = live.form.kind === "topsis2" ? [[], []] : [[]];
  make.directions.forEach((direction, c) => {
    const column = values.map(row => row[c]), low = Math.min(...column), high = Math.max(...column);
    const unit = unitOf(make.normalization, column, low, high) || 1;
    column.forEach((x, i) => place(parts, i, c, x, { direction, low, high, unit, how: make.normalization }));
  });
  return { ...live.form, parts };
}

function unitOf(normalization, column, low, high) {
  return { vector: Math.sqrt(dot(column, column)), minmax: high - low, max: high }[normalization] ?? 1;
}

function place(parts, i, c, x, { direction, low, high, unit, how }) {
  for (const part of parts) part[i] = part[i] || [];
  const best = direction > 0 ? high : low, worst = direction > 0 ? low : high;
  if (parts.length === 2) {
    parts[0][i][c] = ((x - worst) / unit) ** 2;
    parts[1][i][c] = ((best - x) / unit) ** 2;
  } else if (how === "minmax") parts[0][i][c] = high > low ? Math.abs(x - worst) / unit : 1;
  else if (how === "none") parts[0][i][c] = x * direction;
  else parts[0][i][c] = direction > 0 ? x / unit : 1 - x / unit;
}

/* Scores (n) in the method's own unit. */
function scores(form, w) {
  const [one, two] = form.parts;
  if (form.kind === "topsis2") {
    const squares = w.map(x => x * x);
    return one.map((row, i) => {
      const merit = Math.sqrt(dot(row, squares)), span = merit + Math.sqrt(dot(two[i], squares));
      return span > 0 ? merit / span : 0.5;
    });
  }
  if (form.kind === "vikor") {
    const sums = placed(one.map(row => dot(row, w)));
    const most = placed(one.map(row => Math.max(...row.map((x, j) => x * w[j]))));
    return sums.map((s, i) => form.share * s + (1 - form.share) * most[i]);
  }
  return one.map(row => form.kind === "loglinear" ? Math.exp(dot(row, w)) : dot(row, w));
}

function placed(amounts) {
  const low = Math.min(...amounts), span = Math.max(...amounts) - low;
  return amounts.map(x => span > 0 ? (x - low) / span : 0);
}

/* Ranks (n): 1 is best; scores within TIE of the next better one share the average of their places. */
function ranks(found, higher) {
  const turned = higher ? found : found.map(x => -x);
  const order = turned.map((_, i) => i).sort((i, j) => turned[j] - turned[i] || i - j);
  const limit = TIE * Math.max(...turned.map(Math.abs)), out = [];
  for (let a = 0, b; a < order.length; a = b) {
    for (b = a + 1; b < order.length && !(turned[order[b - 1]] - turned[order[b]] > limit);) b++;
    for (let q = a; q < b; q++) out[order[q]] = (a + b + 1) / 2;
  }
  return out;
}

const rankAt = (form, w) => ranks(scores(form, w), form.higher);
const bestFirst = rank => rank.map((_, i) => i).sort((i, j) => rank[i] - rank[j] || i - j);
const leaders = rank => rank.map((_, i) => i).filter(i => rank[i] === Math.min(...rank));

/* Set one share; locked ones stay, the others keep their proportions (equal ones where all are 0). */
function setShare(weights, locked, position, share) {
  const others = weights.map((_, j) => j).filter(j => j !== position && !locked[j]);
  const held = weights.reduce((sum, x, j) => locked[j] && j !== position ? sum + x : sum, 0);
  const room = Math.max(0, 1 - held), to = others.length ? Math.min(Math.max(share, 0), room) : room;
  const total = others.reduce((sum, j) => sum + weights[j], 0), out = weights.slice();
  out[position] = to;
  for (const j of others) out[j] = (room - to) * (total > 0 ? weights[j] / total : 1 / others.length);
  return out;
}

/* Standard normals from text: a letter each, in steps of 1/10 from -3.2. */
function unpack(text, m) {
  const rows = [];
  for (let at = 0; at < text.length; at += m)
    rows.push([...text.slice(at, at + m)].map(letter => (LETTERS.indexOf(letter) - 32) / 10));
  return rows;
}

/* How often each alternative takes each rank (n, n) under weights times exp(spread z); ties split their draw. */
function acceptability(live, form, weights, shares, normals, spread) {
  const n = form.parts[0].length, out = Array.from({ length: n }, () => Array(n).fill(0));
  for (const z of normals) {
    const drawn = weights.map((x, j) => x * Math.exp(spread * z[j]));
    const rank = rankAt(form, weightsOf(live, drawn, shares));
    for (let i = 0; i < n; i++) {
      const level = rank.filter(r => r === rank[i]).length, from = rank[i] - (level + 1) / 2;
      for (let q = from; q < from + level; q++) out[i][q] += 1 / level / normals.length;
    }
  }
  return out;
}

/* The line on which one criterion's weight runs from 0 to 1 and the others keep their proportions: two corners. */
function line(live, weights, shares, criterion) {
  const alone = weights.map((_, j) => j === criterion ? 1 : 0);
  const rest = weights.map((x, j) => j === criterion ? 0 : x);
  const others = rest.some(x => x > 0) ? rest : alone.map(x => weights.length > 1 ? 1 - x : x);
  const whole = weightsOf(live, alone, shares), part = weightsOf(live, others, shares);
  return { whole, part, at: t => whole.map((x, j) => t * x + (1 - t) * part[j]) };
}

/* Every t at which two alternatives are level, as mcda/sensitivity/crossings.py finds them. */
function crossings(form, along) {
  const find = { topsis2: squaredRoots, vikor: globalThis.regretRoots }[form.kind] || straightRoots, out = [];
  find(form, along, (t) => { if (t >= 0 && t <= 1) out.push(t); });
  return out;
}

function pairs(n, each) {
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) each(i, j);
}

function straightRoots(form, along, add) {
  const end = form.parts[0].map(row => dot(row, along.whole)), start = form.parts[0].map(row => dot(row, along.part));
  pairs(end.length, (i, j) => {
    const a = end[i] - end[j], b = start[i] - start[j];
    if (a * b < 0) add(b / (b - a));
  });
}

/* M_i F_j = M_j F_i is a quadratic in s = (t / (1 - t))^2, since M and F are linear in s: the weights of the running
   criterion and of the others never share a column. */
function squaredRoots(form, along, add) {
  const sums = w => form.parts.map(part => part.map(row => dot(row, w.map(x => x * x))));
  const [m1, f1] = sums(along.whole), [m0, f0] = sums(along.part);
  pairs(m1.length, (i, j) => {
    const left = [m1[i] * f1[j], m1[i] * f0[j] + m0[i] * f1[j], m0[i] * f0[j]];
    const right = [m1[j] * f1[i], m1[j] * f0[i] + m0[j] * f1[i], m0[j] * f0[i]];
    for (const s of quadratic(left.map((x, k) => x - right[k]), left.map((x, k) => x + right[k])))
      if (s > 0) add(Math.sqrt(s) / (1 + Math.sqrt(s)));
  });
}

/* Roots >= 0 of a s^2 + b s + c; sizes are the sums of the absolute terms and tell what is rounding. */
function quadratic(terms, sizes) {
  const noise = sizes.map(size => 8 * EPS * size);
  const [a, b, c] = terms.map((x, k) => Math.abs(x) <= noise[k] ? 0 : x), inside = b * b - 4 * a * c;
  const slack = 2 * (Math.abs(b) * noise[1] + 2 * Math.abs(a) * noise[2] + 2 * Math.abs(c) * noise[0]);
  if (inside < -slack) return [];
  if (Math.abs(inside) <= slack && a !== 0) return [-b / 2 / a].filter(s => s >= 0);
  const half = -(b + (b < 0 ? -1 : 1) * Math.sqrt(Math.max(inside, 0))) / 2;
  return [a ? half / a : -1, half ? c / half : -1].filter(s => s >= 0);
}

/* Who is first on each stretch of a line: [{low, high, first}], in rising order. */
function stretches(form, along) {
  const rising = crossings(form, along).concat(0, 1).sort((a, b) => a - b);
  const places = rising.filter((t, k) => k === 0 || t - rising[k - 1] > SAME), out = [];
  places[0] = 0;
  if (places.length > 1) places[places.length - 1] = 1;
  for (let k = 0; k + 1 < places.length; k++) {
    const first = leaders(rankAt(form, along.at((places[k] + places[k + 1]) / 2))), last = out[out.length - 1];
    if (last && String(last.first) === String(first)) last.high = places[k + 1];
    else out.push({ low: places[k], high: places[k + 1], first });
  }
  return out;
}

/* What each criterion contributes to the lead of a over b: the Shapley value, as mcda/explain.py works it out. A hybrid
   with b's values in some criteria stands in the place of a, and the form is made anew for it. */
function contributions(live, weights, shares, a, b) {
  const m = weights.length, make = live.make, w = weightsOf(live, weights, shares), leads = [], fact = [1];
  for (let k = 1; k <= m; k++) fact[k] = fact[k - 1] * k;
  for (let mask = 0; mask < 1 << m; mask++) {
    const hybrid = make.scaled[a].map((x, l) => mask >> make.owners[l] & 1 ? x : make.scaled[b][l]);
    const scaled = make.scaled.map((row, i) => i === a ? hybrid : row);
    const found = scores(formOf({ ...live, make: { ...make, scaled } }, shares), w);
    leads.push((live.form.higher ? 1 : -1) * (found[a] - found[b]));
  }
  const size = mask => [...mask.toString(2)].filter(bit => bit === "1").length;
  return weights.map((_, j) => leads.reduce((sum, lead, mask) => mask >> j & 1 ? sum :
    sum + fact[size(mask)] * fact[m - 1 - size(mask)] / fact[m] * (leads[mask | 1 << j] - lead), 0));
}

/* The largest relative difference from the scores that Python stored; the page shows no verdict above 1e-12. */
function deviation(live) {
  const shares = check => check.shares || live.leaves.map(leaf => leaf.share);
  return Math.max(...live.checks.map(check => {
    const found = scores(formOf(live, shares(check)), weightsOf(live, check.weights, shares(check)));
    return Math.max(...found.map((x, i) => Math.abs(x - check.scores[i]) / Math.max(1, Math.abs(check.scores[i]))));
  }));
}

/* The first places of a triangle of three weights, row by row: [{y, runs: [[x0, x1, first]]}], steps rows. */
function simplex(live, form, weights, shares, corners, steps) {
  const rest = corners.reduce((sum, c) => sum + weights[c], 0), rows = [];
  for (let y = 0; y < steps; y++) {
    const runs = [], top = (y + 0.5) / steps, cells = steps - y;
    for (let x = 0; x < cells; x++) {
      const right = (x + 0.5) / cells * (1 - top), w = weights.slice();
      [top, right, 1 - top - right].forEach((share, k) => { w[corners[k]] = rest * share; });
      const lead = leaders(rankAt(form, weightsOf(live, w, shares))), first = lead.length > 1 ? -1 : lead[0];
      if (runs.length && runs[runs.length - 1][2] === first) runs[runs.length - 1][1] = (x + 1) / cells;
      else runs.push([x / cells, (x + 1) / cells, first]);
    }
    rows.push({ y, runs });
  }
  return rows;
}

/* Numbers: a decimal comma in Russian and Kazakh; browsers do not know Kazakh, so nothing is left to them. */
function decimal(value, digits, lang) {
  const near = Number(value.toFixed(digits)) + 0, text = Math.abs(near).toFixed(digits);
  return (near < 0 ? "\u2212" : "") + (lang === "en" ? text : text.replace(".", ","));
}

function percent(share, lang, digits = 1) {
  const text = decimal(100 * share, digits, lang).replace(/[.,]0+$/, "");
  return text + (lang === "ru" ? "\u00a0%" : "%");
}

/* A written number with the signs of another language. */
function renumbered(text, from, to) {
  const english = from === "en" ? text : text.replace(/\u00a0%/g, "%").replace(/[,\u00a0]/g, sign => sign === "," ? "." : ",");
  const signs = { ".": ",", ",": "\u00a0", "%": to === "ru" ? "\u00a0%" : "%" };
  return to === "en" ? english : english.replace(/[.,%]/g, sign => signs[sign]);
}

const signed = (value, lang) => (Number(value.toFixed(3)) > 0 ? "+" : "") + decimal(value, 3, lang);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

/* The state in the address: weights, shares that were moved, locks, spread, language. */
function toFragment(live, state) {
  const list = (items, numbers) => items.map((item, k) => `${item.key}:${+numbers[k].toPrecision(12)}`).join(",");
  let text = "w=" + list(live.criteria, normalized(state.weights));
  if (state.shares.some((x, l) => x !== live.leaves[l].share)) text += "&s=" + list(live.leaves, state.shares);
  const locks = live.criteria.filter((_, c) => state.locked[c]).map(item => item.key);
  if (locks.length) text += "&lock=" + locks.join(",");
  return text + `&spread=${state.spread}&lang=${state.lang}`;
}

/* The state that a fragment holds, or null where it holds none; what does not fit the page is left out. */
function fromFragment(live, text, before) {
  const fields = Object.fromEntries(text.replace(/^#/, "").split("&").map(part => part.split("=")));
  if (fields.w === undefined) return null;
  const numbers = (field, items) => {
    const given = Object.fromEntries((field || "").split(",").map(part => part.split(":")));
    const list = items.map(item => Number(given[item.key]));
    return list.every(x => Number.isFinite(x) && x >= 0) && list.some(x => x > 0) ? list : null;
  };
  const weights = numbers(fields.w, live.criteria), locks = (fields.lock || "").split(",");
  const shares = numbers(fields.s, live.leaves);
  return {
    weights: weights ? normalized(weights) : before.weights,
    shares: shares && live.subsliders ? withinCriteria(live, shares) : live.leaves.map(leaf => leaf.share),
    locked: live.criteria.map(item => locks.includes(item.key)),
    spread: live.spreads.includes(Number(fields.spread)) ? Number(fields.spread) : before.spread,
    lang: live.languages.includes(fields.lang) ? fields.lang : before.lang,
  };
}

/* Shares brought to sum to 1 within each criterion; equal ones where all are 0. */
function withinCriteria(live, shares) {
  const total = c => shares.reduce((sum, x, l) => live.leaves[l].criterion === c ? sum + x : sum, 0);
  const count = c => live.leaves.filter(leaf => leaf.criterion === c).length;
  return shares.map((x, l) => {
    const c = live.leaves[l].criterion;
    return total(c) > 0 ? x / total(c) : 1 / count(c);
  });
}

/* The scenario file that `mcda rank` reads, with every digit, so that it ranks the same. */
function scenarioText(live, state, titles) {
  const quote = text => JSON.stringify(text), save = live.save;
  const lines = ["title:", ...live.languages.map(lang => `  ${lang}: ${quote(titles[lang])}`)];
  lines.push(`based_on: ${save.base}`, `method: ${save.method}`);
  if (save.normalization) lines.push(`normalization: ${save.normalization}`);
  lines.push(`route: ${save.route}`, "weights:", "  shares:");
  live.criteria.forEach((item, c) => lines.push(`    ${item.key}: ${plain(state.weights[c])}`));
  if (save.shares || state.shares.some((x, l) => x !== live.leaves[l].share)) {
    lines.push("  set:");
    live.leaves.forEach((leaf, l) => lines.push(`    ${leaf.key}: ${plain(state.shares[l])}`));
  }
  return lines.join("\n") + "\n";
}

/* A number without a power of ten, which YAML would read as a word. */
function plain(value) {
  const text = String(value);
  return text.includes("e") ? value.toFixed(20) : text;
}
