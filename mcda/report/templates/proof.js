/* What stands behind each score opens below its line: readings of the codings with their reasons, rows of the ledger.
   said: how things are said now: say(key), text(place), number(written), alternatives(), all in the page's language. */
function proofs(packed, said) {
  const ledger = [...document.querySelectorAll("#papers ol ol li")], open = new Map(), card = document.getElementById("card");
  const lines = [...card.querySelectorAll(".line")], links = lines.map(row => [...row.querySelectorAll("a")]);
  /* Tables that become blocks on narrow screens stay tables for those who hear them. */
  function tabled(table) {
    const roles = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
    for (const node of [table, ...table.querySelectorAll("*")])
      if (roles[node.tagName] || node.scope) node.setAttribute("role", roles[node.tagName] || (node.scope === "col" ? "columnheader" : "rowheader"));
    return table;
  }
  tabled(card);
  const known = number => said.number(number), coding = k => said.text(packed.codings[k]);

  function readings(list) {
    const heads = ["coding", "value", "range", "reason"].map((key, k) =>
      el("th", { scope: "col", class: k === 1 || k === 2 ? "n" : null }, said.say("report.head." + key)));
    return tabled(el("table", { class: "plain" }, el("caption", { class: "unseen" }, said.say("report.page.readings")),
      el("thead", {}, el("tr", {}, ...heads)), el("tbody", {}, ...list.map(([who, value, range, reason]) => el("tr", {},
        el("th", { scope: "row" }, coding(who)), el("td", { class: "n" }, known(value)), el("td", { class: "n" }, known(range)),
        el("td", { lang: "en" }, reason))))));
  }

  function citing(list, row) {
    const by = list.filter(reading => reading[4].includes(row));
    return by.length === list.length && by.length > 1 ? said.say("report.page.all_codings") : by.map(x => coding(x[0])).join(", ");
  }

  function entry(row, after, sign = null) {
    const item = ledger[row].cloneNode(true), place = ledger[row].parentNode.previousElementSibling;
    const [id, ...rest] = item.firstChild.data.split(": ");
    item.firstChild.data = rest.join(": ");
    return el("li", {}, sign || "", el("span", { lang: "en" }, ...item.childNodes), " ", ...(place ? [el("span", { lang: "en" }, place.cloneNode(true)), " "] : []),
      el("small", { lang: sign ? "en" : null }, [id, after].filter(Boolean).join(" · ")));
  }

  function panel(r, c) {
    const line = packed.lines[r], [adopted, list, items] = line.cells[c], link = links[r][c];
    const name = said.alternatives()[c] + " · " + said.text(line.title), value = [...link.childNodes].map(node => node.cloneNode(true));
    const rows = [...new Set(list.flatMap(reading => reading[4]))];
    const inside = el("div", { class: "proof", role: "group", "aria-label": name },
      el("p", { class: "head" }, el("b", {}, name), " ", el("span", { class: "m" }, ...value), line.unit ? el("small", { lang: "en" }, " " + line.unit) : "",
        el("button", { type: "button", onclick: () => { toggle(r, c); link.focus(); } }, said.say("close"))),
      ...(line.question === null ? [] : [el("p", { lang: "en" }, said.text(line.question))]),
      ...(line.anchors.length ? [el("p", { class: "note", lang: "en" }, ...line.anchors.flatMap(([step, text]) => [el("b", {}, String(step)), " " + said.text(text) + " "]))] : []),
      ...(list.length ? [readings(list)] : []), el("p", { class: "note" }, said.text(adopted)),
      el("ul", { class: "rows", "aria-label": said.say("report.head.evidence") }, ...rows.map(row => entry(row, citing(list, row))),
        ...items.map(([sign, row, reason]) => entry(row, reason, el("b", {}, sign + " ")))));
    return el("tr", { class: "why", role: "row", id: link.id + ".why", "data-c": c },
      el("td", { role: "cell", colspan: links[r].length + 1 }, inside));
  }

  function toggle(r, c) {
    const link = links[r][c], shown = open.get(link);
    link.setAttribute("aria-expanded", !shown);
    if (shown) {
      shown.row.remove();
      open.delete(link);
      return;
    }
    const row = panel(r, c);
    let before = lines[r];
    while (before.nextElementSibling?.dataset.c < c) before = before.nextElementSibling;
    before.after(row);
    open.set(link, { row, r, c });
  }

  links.forEach((row, r) => row.forEach((link, c) => {
    link.id = packed.lines[r].key + "-" + c;
    link.setAttribute("aria-expanded", false);
    link.addEventListener("click", event => {
      event.preventDefault();
      toggle(r, c);
      open.get(link)?.row.scrollIntoView({ block: "nearest" });
    });
    link.addEventListener("keydown", event => { if (event.key === "Escape" && open.has(link)) toggle(r, c); });
  }));
  const each = run => links.forEach((row, r) => row.forEach((link, c) => run(link, r, c)));
  return {
    anew() {
      each((link, r, c) => { link.dataset.of = said.alternatives()[c]; });
      for (const shown of open.values()) {
        const row = panel(shown.r, shown.c);
        shown.row.replaceWith(row);
        shown.row = row;
      }
    },
    all(wanted) { each((link, r, c) => { if (open.has(link) !== wanted) toggle(r, c); }); },
  };
}
