// The numbers that the page shows, under the names that the test gives them.
(() => {
  const found = {};
  const number = (e) => Number(e.textContent.replace(/[^0-9]/g, ""));
  const code = (e) => e.querySelector("small code, code").textContent;
  const rows = (id) => [...document.querySelectorAll(`#${id} tbody tr`)];
  for (const li of document.querySelectorAll(".tiles li")) found["tile " + li.className] = number(li.querySelector(".count"));
  for (const tr of rows("reasons")) found["reason " + code(tr.cells[0])] = number(tr.cells[1]);
  for (const tr of rows("published")) found["file " + tr.cells[0].textContent.trim()] = number(tr.cells[1]);
  const flow = [...document.querySelectorAll("#flow text")];
  flow.forEach((text, i) => {
    const name = i === 0 ? "rows" : i === 1 ? "contacts" : text.getAttribute("class");
    if (name !== "merged") found["flow " + name] = number(text.querySelector(".count"));
  });
  rows("files").forEach((tr, i, all) => {
    const wide = !!tr.closest(".wide"), first = all.findIndex((o) => !!o.closest(".wide") === wide);
    found[(wide ? "contacts " : "other ") + (i - first)] = number(tr.cells[wide ? 1 : 2]);
  });
  return found;
})()
