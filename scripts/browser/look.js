// What a reader of this page would stumble over at its present width and
// colours, as a list of sentences.
(() => {
  const faults = [];
  const name = (e) => e.tagName.toLowerCase() + (e.getAttribute("class") ? "." + e.getAttribute("class").replaceAll(" ", ".") : "");
  const say = (what, e, text) => faults.push(what + ": " + name(e) + " “" + text.trim().slice(0, 40) + "”");

  const root = document.documentElement, width = root.clientWidth;
  if (document.styleSheets.length !== 1 || document.styleSheets[0].cssRules.length < 10) faults.push("the page's style is not applied");
  if (root.scrollWidth > width) faults.push("too wide: " + root.scrollWidth + " px on a screen of " + width);

  const parse = (c) => { const v = c.match(/[\d.]+/g).map(Number); return { r: v[0], g: v[1], b: v[2], a: v.length > 3 ? v[3] : 1 }; };
  const over = (top, under) => ({ r: top.r * top.a + under.r * (1 - top.a), g: top.g * top.a + under.g * (1 - top.a), b: top.b * top.a + under.b * (1 - top.a), a: 1 });
  const paper = matchMedia("print").matches || !matchMedia("(prefers-color-scheme: dark)").matches ? "rgb(255,255,255)" : "rgb(0,0,0)";
  const ground = (e) => {
    const layers = [];
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      layers.push(c);
      if (c.a === 1) break;
    }
    return layers.reduceRight((under, c) => over(c, under), parse(paper));
  };
  const linear = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = (c) => 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
  const ratio = (a, b) => { const x = light(a), y = light(b); return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05); };

  // Words that are there for a screen reader alone are clipped to a dot.
  const unseen = (e) => e.closest("caption, thead, .skip, .tiles > h2") && (() => {
    const box = e.closest("caption, thead, .skip, .tiles > h2").getBoundingClientRect();
    return box.width <= 1 || box.right <= 0;
  })();

  const texts = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, e = node.parentElement;
    if (!node.data.trim() || e.closest("title, desc") || !e.checkVisibility() || unseen(e)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const svg = e.closest("svg"), cell = e.closest("td, th, li, dd, dt, pre, p, h1, h2, h3, caption");
    const box = (svg || cell || document.body).getBoundingClientRect();
    for (const r of range.getClientRects()) {
      if (r.left < -0.5 || r.right > width + 0.5) say("cut off at the edge", e, node.data);
      else if (r.left < box.left - 1 || r.right > box.right + 1) say("sticks out of its box", e, node.data);
      texts.push({ e, svg, r, text: node.data });
    }
    const style = getComputedStyle(e), size = parseFloat(style.fontSize), bold = Number(style.fontWeight) >= 700;
    const colour = parse(svg ? style.fill : style.color), need = size >= 24 || (bold && size >= 18.66) ? 3 : 4.5;
    const under = ground(svg ? svg.parentElement : e), is = ratio(over(colour, under), under);
    if (is < need) say("contrast " + is.toFixed(2) + " of " + need, e, node.data);
    if (size < 10 && !matchMedia("print").matches) say("letters of " + size + " px", e, node.data);
  }
  for (const e of document.querySelectorAll("svg rect")) {
    const under = ground(e.closest("svg.bar, figure").parentElement);
    const is = ratio(over(parse(getComputedStyle(e).fill), under), under);
    if (is < 3) say("contrast of a picture " + is.toFixed(2), e, "");
  }

  // No two texts lie on one another.
  const apart = (a, b) => a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 3 || b.bottom <= a.top + 3;
  const line = [...texts].sort((a, b) => a.r.top - b.r.top);
  for (let i = 0; i < line.length; i++)
    for (let k = i + 1; k < line.length && line[k].r.top < line[i].r.bottom - 3; k++)
      if (!apart(line[i].r, line[k].r)) say("lies on “" + line[i].text.trim().slice(0, 40) + "”", line[k].e, line[k].text);

  // Nothing is cut off by a box too small for it.
  for (const e of document.querySelectorAll("body *")) {
    const o = getComputedStyle(e);
    if (e.closest("svg") || unseen(e) || !e.checkVisibility()) continue;
    if (o.overflowX !== "visible" && e.scrollWidth > e.clientWidth + 1) say("its text is cut off", e, e.textContent);
  }
  return [...new Set(faults)];
})()
