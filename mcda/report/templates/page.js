/* The page itself: reads the data, follows the sliders, writes words. Labels reach the document as text only. */
(async () => {
  const $ = id => document.getElementById(id), live = JSON.parse($("live").textContent);
  const packed = await unpacked($("packed").textContent), texts = packed.texts[0].map((_, k) => packed.texts.map(list => list[k])), WORDS = packed.words;
  const all = query => [...document.querySelectorAll(query)];
  const normals = unpack(live.draws, live.criteria.length), COLORS = live.colors;
  const start = () => ({
    weights: live.criteria.map(c => c.weight), shares: live.leaves.map(leaf => leaf.share),
    locked: live.criteria.map(() => false), spread: live.spreads[1], lang: document.documentElement.lang,
  });
  let state = start(), past = [], timers = {}, painting = false, corners = [0, 1, 2], duel = null;
  const tongue = () => Math.max(0, live.languages.indexOf(state.lang));
  const title = item => texts[item.title][tongue()];
  const say = (key, values = {}) => fill(WORDS[state.lang][key], values);
  const score = x => decimal(x, 3, state.lang), share = (x, digits) => percent(x, state.lang, digits);
  const list = names => names.length < 2 ? names.join("") :
    say("and", { most: names.slice(0, -1).join(", "), last: names[names.length - 1] });

  const later = (name, wait, run) => { clearTimeout(timers[name]); timers[name] = setTimeout(run, wait); };
  const hide = (node, yes) => { if (node) node.hidden = yes; };

  for (const node of all("[data-f]")) node.replaceWith(...packed.folded[node.dataset.f].map(built));
  const inTongue = inLanguages(texts, live.languages, state.lang), written = state.lang;
  const behind = proofs(packed, {
    say, text: place => texts[place][tongue()], number: text => renumbered(text, written, state.lang),
    alternatives: () => live.alternatives.map(title),
  });

  function speak() {
    inTongue(state.lang);
    for (const node of all("[data-lang]")) node.setAttribute("aria-pressed", node.dataset.lang === state.lang);
    document.title = texts[live.heading][tongue()] + " \u2013 " + texts[live.study][tongue()];
    $("openall").textContent = say($("openall").getAttribute("aria-expanded") === "true" ? "close_all" : "open_all");
    behind.anew();
  }

  /* what follows from the weights */
  function verdict(found, rank) {
    const order = bestFirst(rank), names = order.map(i => title(live.alternatives[i])), first = leaders(rank).length;
    const near = order.filter(i => Math.abs(found[i] - found[order[0]]) < live.tied).length;
    if (names.length === 1) return say("alone", { first: names[0] });
    if (first > 1) return say("tied", { names: list(names.slice(0, first)), score: score(found[order[0]]) });
    if (near > 1) {
      const each = order.slice(0, near).map((i, k) => `${names[k]} (${score(found[i])})`);
      return say("near", { names: list(each), limit: decimal(live.tied, 3, state.lang) });
    }
    return say("first", {
      first: names[0], score: score(found[order[0]]), second: names[1], second_score: score(found[order[1]]),
      gap: score(Math.abs(found[order[0]] - found[order[1]])),
    });
  }

  const unmoved = () => state.weights.every((x, c) => Math.abs(x - live.criteria[c].weight) < 1e-12) &&
    state.shares.every((x, l) => Math.abs(x - live.leaves[l].share) < 1e-12);

  function showRanking(found, rank) {
    const body = $("places"), order = bestFirst(rank), ends = [Math.min(0, ...found), Math.max(0, ...found)];
    const [low, high] = ends[0] >= 0 && ends[1] <= 1 ? [0, 1] : ends;
    const at = x => 100 * (x - low) / (high - low || 1);
    order.forEach((i, place) => {
      const row = body.querySelector(`[data-i="${i}"]`), fillBar = row.querySelector("rect");
      const near = [order[place - 1], order[place + 1]].some(k => k !== undefined && Math.abs(found[k] - found[i]) < live.tied);
      row.querySelector(".rank").textContent = decimal(rank[i], rank[i] % 1 ? 1 : 0, state.lang);
      row.querySelector(".score").textContent = score(found[i]);
      const mark = row.querySelector(".near");
      mark.hidden = !near;
      mark.textContent = say("near_mark");
      fillBar.setAttribute("x", Math.min(at(0), at(found[i])).toFixed(2) + "%");
      fillBar.setAttribute("width", Math.abs(at(found[i]) - at(0)).toFixed(2) + "%");
      if (body.children[place] !== row) body.insertBefore(row, body.children[place]);
    });
  }

  function showVerdict(found, rank) {
    const text = verdict(found, rank), moved = !unmoved();
    $("verdict").textContent = text;
    $("brief").textContent = bestFirst(rank).map(i => `${decimal(rank[i], rank[i] % 1 ? 1 : 0, state.lang)} ` +
      `${title(live.alternatives[i])} ${score(found[i])}`).join(" · ");
    const own = ranks(live.scores, live.higher);
    $("moved").textContent = moved ? say("moved", { sentence: verdict(live.scores, own) }) : "";
    hide($("moved"), !moved);
    hide($("basis"), moved);
    later("say", 600, () => { if ($("status").textContent !== text) $("status").textContent = text; });
  }

  function showSure(form, rank) {
    const grid = acceptability(live, form, state.weights, state.shares, normals, state.spread), body = $("shares");
    const head = [el("th", { scope: "col", role: "columnheader" }, say("alternative"))];
    grid.forEach((_, q) => head.push(el("th", { scope: "col", role: "columnheader" }, say("rank", { rank: q + 1 }))));
    body.tHead.rows[0].replaceChildren(...head);
    body.tBodies[0].replaceChildren(...bestFirst(rank).map(i => el("tr", { role: "row" },
      el("th", { scope: "row", role: "rowheader" }, title(live.alternatives[i])),
      ...grid[i].map(x => el("td", { role: "cell", class: "m" + Math.round(10 * x) }, share(x))))));
    const often = live.alternatives.map((_, i) => i).sort((a, b) => grid[b][0] - grid[a][0]);
    const shares = often.map(i => `${title(live.alternatives[i])} ${share(grid[i][0])}`).join(", ");
    $("stays").textContent = $("factsure").textContent = say("sure", { list: shares, draws: normals.length });
    $("drawn").textContent = say("sure_note", {
      seed: live.seed, low: decimal(Math.exp(-state.spread), 2, state.lang), high: decimal(Math.exp(state.spread), 2, state.lang),
      error: decimal(200 * Math.sqrt(0.25 / normals.length), 0, state.lang),
    });
  }

  const color = first => first.length > 1 || first[0] < 0 ? "#c3ccd4" : COLORS[first[0] % COLORS.length];
  const firsts = first => list(first.map(i => title(live.alternatives[i])));

  function bandWords(bands) {
    if (bands.length === 1) return say("always", { first: firsts(bands[0].first) });
    return bands.filter(s => s.high - s.low > 1e-9).map((s, k, rest) => say(k === 0 ? "below" : k === rest.length - 1 ? "above" : "between",
      { first: firsts(s.first), low: share(s.low), high: share(s.high) })).join("; ") + ".";
  }

  function showBands(form) {
    let nearest = null;
    $("bandlist").replaceChildren(...live.criteria.map((criterion, c) => {
      const bands = stretches(form, line(live, state.weights, state.shares, c)), now = state.weights[c];
      bands.forEach((s, k) => {
        const to = s.low > now ? s.low : s.high < now ? s.high : now, away = Math.abs(to - now);
        if (away > 0 && (!nearest || away < nearest.away)) nearest = { away, to, c, first: s.first, now };
      });
      const svg = el("svg", { class: "band", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
        ...bands.map(s => el("rect", { x: 100 * s.low, width: 100 * (s.high - s.low), height: 10, fill: color(s.first) })),
        el("rect", { x: 100 * now - 0.5, width: 1, height: 10, fill: "#fff" }),
        el("rect", { x: 100 * now - 0.25, width: 0.5, height: 10, fill: "#17202a" }));
      return el("div", { class: "bandrow" }, el("b", {}, title(criterion)), " ",
        el("small", {}, say("now", { weight: share(now) })), svg, el("p", { class: "note" }, bandWords(bands)));
    }));
    $("bandnote").textContent = say("bands_note");
    $("nearest").textContent = $("factflip").textContent = nearest ? say("nearest", {
      name: title(live.criteria[nearest.c]), from: share(nearest.now), to: share(nearest.to, 2), first: firsts(nearest.first),
    }) : say("never");
    legend($("bandlegend"));
  }

  function legend(node) {
    node.replaceChildren(...live.alternatives.map((item, i) => el("span", {},
      el("svg", { viewBox: "0 0 10 10", "aria-hidden": "true" }, el("rect", { width: 10, height: 10, fill: color([i]) })),
      " " + title(item))));
  }

  const SIDE = 200, TALL = 173.2, STEPS = 60;
  function showTriangle(form) {
    const rows = simplex(live, form, state.weights, state.shares, corners, STEPS), paths = {}, area = {};
    const point = (top, right) => [(right + top / 2) * SIDE, (1 - top) * TALL];
    for (const { y, runs } of rows) {
      const low = y / STEPS, high = (y + 1) / STEPS;
      for (const [from, to, first] of runs) {
        const shape = [[low, from * (1 - low)], [low, to * (1 - low)], [high, to * (1 - high)], [high, from * (1 - high)]];
        paths[first] = (paths[first] || "") + "M" + shape.map(p => point(...p).map(x => x.toFixed(1)).join(" ")).join("L") + "Z";
        area[first] = (area[first] || 0) + (to - from) * (high - low) * (2 - low - high);
      }
    }
    const rest = corners.reduce((sum, c) => sum + state.weights[c], 0);
    const here = rest > 0 ? point(state.weights[corners[0]] / rest, state.weights[corners[1]] / rest) : null;
    $("map").replaceChildren(
      ...Object.entries(paths).map(([i, d]) => el("path", { d, fill: color([Number(i)]), stroke: color([Number(i)]), "stroke-width": 0.3 })),
      ...(here ? [el("circle", { cx: here[0], cy: here[1], r: 5, fill: "#fff", stroke: "#17202a", "stroke-width": 2 })] : []));
    const words = Object.entries(area).sort((a, b) => b[1] - a[1])
      .map(([i, x]) => `${Number(i) < 0 ? say("shared") : title(live.alternatives[i])} ${share(x, 0)}`);
    $("area").textContent = say("area", { list: words.join(", ") });
    ["top", "right", "left"].forEach((name, k) => { $("corner-" + name).textContent = title(live.criteria[corners[k]]); });
    $("trianglenote").textContent = say("triangle_note", { rest: share(rest) });
    legend($("maplegend"));
  }

  function showPair(rank) {
    if (!live.make || live.alternatives.length < 2) return;
    const order = bestFirst(rank), [a, b] = duel || order;
    const parts = contributions(live, state.weights, state.shares, a, b), lead = parts.reduce((x, y) => x + y, 0);
    const low = Math.min(0, lead, ...parts), high = Math.max(0, lead, ...parts), at = x => 100 * (x - low) / (high - low || 1);
    const row = (name, x, look) => el("tr", { class: look === "sum" ? "total" : "criterion" }, el("th", { scope: "row" }, name),
      el("td", { class: "track" }, el("svg", { class: "bar", "aria-hidden": "true" },
        el("rect", { class: look, x: Math.min(at(0), at(x)) + "%", width: Math.abs(at(x) - at(0)) + "%", height: "100%" }),
        el("rect", { x: at(0) + "%", width: 1, height: "100%" }))),
      el("td", { class: "n" }, signed(x, state.lang)));
    $("parts").replaceChildren(...parts.map((x, c) => row(title(live.criteria[c]), x, x > 0 ? "for" : "against")), row(say("sum"), lead, "sum"));
    $("paira").value = a;
    $("pairb").value = b;
    $("pairwords").textContent = say("pair", { first: title(live.alternatives[a]), second: title(live.alternatives[b]), lead: signed(lead, state.lang) });
  }

  /* sliders */
  function showSliders() {
    live.criteria.forEach((_, c) => {
      const value = 100 * state.weights[c], range = $("range" + c), number = $("number" + c);
      range.value = value;
      range.setAttribute("aria-valuetext", share(state.weights[c]));
      if (document.activeElement !== number) number.value = +value.toFixed(1);
      range.disabled = number.disabled = state.locked[c];
      $("lock" + c).checked = state.locked[c];
    });
    live.leaves.forEach((_, l) => {
      const range = $("leaf" + l);
      if (!range) return; /* a sub-criterion that is alone, or cannot be moved, has none */
      range.value = 100 * state.shares[l];
      range.setAttribute("aria-valuetext", share(state.shares[l]));
      $("share" + l).textContent = share(state.shares[l]);
    });
    $("undo").disabled = !past.length;
  }

  function render() {
    painting = false;
    showSliders();
    const form = formOf(live, state.shares), found = scores(form, weightsOf(live, state.weights, state.shares));
    const rank = ranks(found, live.higher);
    showRanking(found, rank);
    showVerdict(found, rank);
    if (!timers.rest) timers.rest = setTimeout(() => { timers.rest = 0; elaborate(); }, 40);
  }

  /* What takes longer comes after the ranking is painted, with the weights of that moment. */
  function elaborate() {
    const form = formOf(live, state.shares), rank = rankAt(form, weightsOf(live, state.weights, state.shares));
    showSure(form, rank);
    showBands(form);
    if (live.criteria.length > 2) showTriangle(form);
    showPair(rank);
  }

  const paint = () => { if (!painting) { painting = true; requestAnimationFrame(render); } };
  const remember = () => { past.push({ ...state }); if (past.length > 100) past.shift(); };
  const address = () => later("address", 300, () => history.replaceState(null, "", "#" + toFragment(live, state)));
  let stroke = 0;
  function change(next) {
    if (Date.now() - stroke > 800) remember();
    stroke = Date.now();
    state = { ...state, ...next };
    address();
    paint();
  }
  const jump = next => { stroke = 0; change(next); stroke = 0; };

  function undo() {
    if (past.length) state = { ...past.pop(), lang: state.lang };
    stroke = 0;
    address();
    paint();
  }

  function setLeaf(l, value) {
    const c = live.leaves[l].criterion, own = live.leaves.map((leaf, k) => k).filter(k => live.leaves[k].criterion === c);
    const moved = setShare(own.map(k => state.shares[k]), [], own.indexOf(l), value), shares = state.shares.slice();
    own.forEach((k, at) => { shares[k] = moved[at]; });
    change({ shares });
  }

  function sliderRow(criterion, c) {
    const name = title(criterion), move = value => { if (Number.isFinite(value)) change({ weights: setShare(state.weights, state.locked, c, value / 100) }); };
    const lock = () => jump({ locked: state.locked.map((x, k) => k === c ? !x : x) });
    const rows = [el("div", { class: "slider" },
      el("label", { for: "range" + c }, (criterion.direction > 0 ? "▲ " : "▼ ") + name),
      el("span", { class: "number" }, el("input", { id: "number" + c, type: "number", min: 0, max: 100, step: "any", inputmode: "decimal",
        "aria-label": say("weight", { name }), oninput: event => move(event.target.valueAsNumber), onblur: paint }), " %"),
      el("input", { id: "range" + c, type: "range", min: 0, max: 100, step: "any", "aria-label": say("slider", { name }),
        oninput: event => move(Number(event.target.value)), onkeydown: event => arrow(event, move, state.weights[c]) }),
      el("label", { class: "lock" }, el("input", { id: "lock" + c, type: "checkbox", "aria-label": say("lock_of", { name }), onchange: lock }), " " + say("lock")))];
    const own = live.leaves.map((leaf, l) => [leaf, l]).filter(([leaf]) => leaf.criterion === c);
    if (live.subsliders && own.length > 1) rows.push(el("details", {}, el("summary", {}, say("within", { name })), ...own.map(leafRow)));
    return rows;
  }

  function leafRow([leaf, l]) {
    const move = value => setLeaf(l, value / 100);
    return el("div", { class: "slider leaf" }, el("label", { for: "leaf" + l }, title(leaf)), el("span", { class: "number", id: "share" + l }),
      el("input", { id: "leaf" + l, type: "range", min: 0, max: 100, step: "any",
        oninput: event => move(Number(event.target.value)), onkeydown: event => arrow(event, move, state.shares[l]) }));
  }

  /* A range with any step moves by hundredths in some browsers and by nothing in others: whole percents here. */
  function arrow(event, move, now) {
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (!step) return;
    event.preventDefault();
    move(Math.min(100, Math.max(0, Math.round(100 * now) + step)));
  }

  function buildSliders() {
    const opened = all("#sliders details").map(node => node.open), button = (key, run, id = null) => el("button", { type: "button", id, onclick: run }, say(key));
    const presets = el("select", { id: "presets", "aria-label": say("preset"), onchange: event => {
      const chosen = live.presets[event.target.value];
      if (chosen) jump({ weights: chosen.weights.slice(), shares: start().shares });
    } }, el("option", { value: "" }, say("preset") + ": " + say("choose")), ...live.presets.map((item, k) => el("option", { value: k }, title(item))));
    $("sliders").replaceChildren(...live.criteria.flatMap(sliderRow),
      el("p", { class: "buttons" }, button("equal", () => jump({ weights: normalized(live.criteria.map(() => 1)) })),
        button("study", () => jump({ weights: start().weights, shares: start().shares })), button("undo", undo, "undo"),
        ...(live.save ? [button("save", save, "save")] : [])),
      ...(live.presets.length ? [presets] : []),
      el("p", { class: "note", id: "saved", role: "status" }), el("p", { class: "note" }, say("address")),
      ...(live.leaves.length && !live.subsliders ? [el("p", { class: "note" }, say("no_within"))] : []));
    all("#sliders details").forEach((node, k) => { node.open = !!opened[k]; });
  }

  function buildPicks() {
    const pick = (id, label, items, chosen, run) => el("label", {}, label + " ", el("select", { id, onchange: event => run(Number(event.target.value)) },
      ...items.map((item, k) => el("option", { value: k, selected: k === chosen }, title(item)))));
    $("spreads").replaceChildren(el("label", {}, say("spread") + ": ", el("select", { id: "spread", onchange: event => jump({ spread: Number(event.target.value) }) },
      ...live.spreads.map(x => el("option", { value: x, selected: x === state.spread }, say("spread." + x))))));
    $("corners").replaceChildren(...(live.criteria.length > 3 ? corners.map((c, k) => pick("pick" + k, say("corner", { number: k + 1 }), live.criteria, c, to => {
      const other = corners.indexOf(to);
      if (other >= 0) corners[other] = corners[k];
      corners[k] = to;
      buildPicks();
      paint();
    })) : []));
    const set = (k, to) => {
      const pair = [Number($("paira").value), Number($("pairb").value)], before = duel || [pair[k === 0 ? 1 : 0], pair[0]];
      pair[k] = to;
      if (pair[0] === pair[1]) pair[1 - k] = before.find(x => x !== to) ?? (to + 1) % live.alternatives.length;
      duel = pair;
      paint();
    };
    $("picks").replaceChildren(pick("paira", say("pair_a"), live.alternatives, 0, to => set(0, to)), pick("pairb", say("pair_b"), live.alternatives, 1, to => set(1, to)));
  }

  function save() {
    const titles = Object.fromEntries(live.languages.map((lang, k) => [lang, fill(WORDS[lang].own_title, { title: texts[live.heading][k] })]));
    const file = `${live.save.base}-own.yaml`, url = URL.createObjectURL(new Blob([scenarioText(live, state, titles)], { type: "text/yaml" }));
    const link = el("a", { href: url, download: file });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
    $("saved").textContent = say("saved", { name: file });
  }

  function language(lang) {
    state = { ...state, lang };
    speak();
    if (live.trusted) {
      buildSliders();
      buildPicks();
      render();
      elaborate();
      const largest = deviation(live);
      $("checked").textContent = say("checked", { count: live.checks.length, difference: largest ? largest.toExponential(0) : "0" });
    }
  }

  function come() {
    const found = fromFragment(live, location.hash, state);
    if (found) state = { ...found, shares: found.shares.length === live.leaves.length ? found.shares : state.shares };
    return found;
  }

  live.trusted = !!live.form && deviation(live) <= 1e-12;
  hide($("off"), true);
  for (const id of ["langs", "openall"]) hide($(id), false);
  $("openall").addEventListener("click", event => {
    const wanted = event.target.getAttribute("aria-expanded") !== "true";
    event.target.setAttribute("aria-expanded", wanted);
    event.target.textContent = say(wanted ? "close_all" : "open_all");
    behind.all(wanted);
  });
  for (const node of all("[data-lang]")) node.addEventListener("click", () => { language(node.dataset.lang); if (live.trusted) address(); });
  if (live.form && !live.trusted) {
    hide($("mismatch"), false);
    for (const id of ["verdict", "places", "basis"]) hide($(id), true);
  }
  if (live.trusted) {
    for (const node of all("[data-live]")) hide(node, node.dataset.live === "pair" ? !live.make || live.alternatives.length < 2 : node.dataset.live === "triangle" && live.criteria.length < 3);
    hide($("fixed"), true);
  }
  come();
  language(state.lang);
  window.addEventListener("hashchange", () => { if (come()) language(state.lang); });
  /* On paper everything is open that was not opened by hand. */
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = all("main details:not([open])");
    for (const node of folded) node.open = true;
  });
  window.addEventListener("afterprint", () => { for (const node of folded) node.open = false; });
  document.documentElement.dataset.selfcheck = live.form ? live.trusted ? "agrees" : "differs" : "stored";
})();
