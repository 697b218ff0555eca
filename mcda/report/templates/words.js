/* The languages of the page: texts and numbers that stand in it, and what was packed away for the other languages. */
async function unpacked(text) {
  const [alphabet, letters] = text.split(" ");
  const stream = new Blob([unlettered(letters)]).stream().pipeThrough(new DecompressionStream("deflate"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  return JSON.parse(Array.from(bytes, byte => byte < 128 ? String.fromCharCode(byte) : alphabet[byte - 128]).join(""));
}

/* Bytes from letters of base 85: five letters for four bytes. */
function unlettered(letters) {
  const signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%:()*+-;,=.?@^_`{|}~";
  const bytes = new Uint8Array(Math.floor(letters.length * 4 / 5));
  for (let k = 0; 5 * k < letters.length; k++) {
    let number = 0;
    for (let j = 0; j < 5; j++) number = 85 * number + signs.indexOf(letters[5 * k + j] ?? "~");
    for (let j = 3; j >= 0; j--, number = Math.floor(number / 256)) bytes[4 * k + j] = number % 256;
  }
  return bytes;
}

function el(tag, attributes = {}, ...children) {
  const svg = ["svg", "rect", "path", "circle"].includes(tag);
  const node = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

/* Nodes that Python wrote as data: texts, and [tag, attributes, what it holds ...]. */
const built = node => typeof node === "string" ? node : el(node[0], node[1], ...node.slice(2).map(built));

/* Paragraphs of a text, words between backticks as code. */
const paragraphs = text => text.split("\n").map(part => el("p", {},
  ...part.split(/`([\w.-]+)`/).map((piece, k) => k % 2 ? el("code", {}, piece) : piece)));

/* Everything in the document that has a language: t-5 holds text 5, data-l names a label, data-p a text of paragraphs;
   what else is but a number has the signs of the page's own language. Gives a function that says it all in another. */
function inLanguages(texts, languages, own) {
  const at = languages.indexOf(own), body = [...document.body.querySelectorAll("*")];
  const spoken = body.filter(node => node.localName.startsWith("t-")).map(node => [node, texts[node.localName.slice(2)]]);
  const labels = body.filter(node => node.dataset.l).map(node => [node, texts[node.dataset.l]]);
  for (const [node, text] of spoken) text[at] = text[at] || node.textContent;
  for (const [node, text] of labels) text[at] = text[at] || node.getAttribute("aria-label");
  const prose = body.filter(node => node.dataset.p).map(node => [node, texts[node.dataset.p], [...node.childNodes]]);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), numerals = [];
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (/^[\s\d.,%()<>+\u2013\u2212]*\d[.,%\u00a0][\s\d.,%()+\u2013\u2212]*$/.test(node.data) &&
      !parent.localName.startsWith("t-") && !parent.closest("[data-own],.rows,pre,script,style,dd")) numerals.push([node, node.data]);
  }
  return lang => {
    const to = languages.indexOf(lang), foreign = (node, text) => {
      if (to && text[to] === text[0]) node.lang = "en"; else node.removeAttribute("lang");
    };
    document.documentElement.lang = lang;
    for (const [node, text] of spoken) { node.textContent = text[to]; foreign(node, text); }
    for (const [node, text, first] of prose) { node.replaceChildren(...(to === at ? first : paragraphs(text[to]))); foreign(node, text); }
    for (const [node, text] of labels) node.setAttribute("aria-label", text[to]);
    for (const [node, text] of numerals) node.data = renumbered(text, own, lang);
  };
}
