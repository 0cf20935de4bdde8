"use strict";
// What stands behind a figure: the data of the page holds every row once, and by number the rows of each source.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const dialog = document.getElementById("trace");
  const body = document.getElementById("trace-body");
  const add = (parent, name, text) => {
    const child = document.createElement(name);
    if (text !== undefined) child.textContent = text;
    parent.append(child);
    return child;
  };
  const line = (table, name, cells) => {
    const row = add(table, "tr");
    for (const text of cells) add(row, name, text);
    return row;
  };
  const amount = (value) => (value === null ? "" : String(value));
  const place = (row) => (row.sheet === null ? "" : `${row.sheet} 第${row.row}行`);
  const values = (row) => data.layouts[row.layout]
    .map(([letter, label], at) => row.cells[at] && `${letter}${row.row ?? ""} ${label}：${row.cells[at]}`)
    .filter(Boolean);

  function source(parent, index) {
    const found = data.sources[index];
    add(parent, "h3", found.title);
    if (found.definition) add(parent, "p", `口径：${found.definition}`).className = "note";
    if (!found.rows.length) {
      add(parent, "p", "没有来源行：报告了没有发生，或没有收到报表。").className = "note";
      return;
    }
    const wide = add(parent, "div");
    wide.className = "wide";
    const table = add(wide, "table");
    add(table, "caption", `来源行 ${found.rows.length} 行`);
    line(add(table, "thead"), "th", ["计入", "分母", "报送单位", "月份", "文件", "工作表和行", "单元格"]);
    const rows = add(table, "tbody");
    for (const [number, numerator, denominator] of found.rows) {
      const row = data.rows[number];
      line(rows, "td", [
        amount(numerator), amount(denominator), row.unit, row.month ?? "", row.file ?? "（没有收到）",
        place(row), values(row).join("；"),
      ]);
    }
  }

  function open(button) {
    const figure = data.figures[Number(button.dataset.figure)];
    body.replaceChildren();
    const title = add(body, "h2", figure.how ? `${button.textContent}（${figure.how}）` : button.textContent);
    title.id = "trace-title";
    for (const index of figure.sources) source(body, index);
    dialog.showModal();
    dialog.scrollTop = 0;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.figure");
    if (button) open(button);
    else if (event.target === dialog) dialog.close();
  });
})();
