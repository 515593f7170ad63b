"use strict";
// The page: it reads the prices, has the calculation made, and shows what it gives. It keeps and
// sends nothing.
(() => {
  const NBSP = "\u00a0";
  const SVG = "http://www.w3.org/2000/svg";
  const ROW = 30, NAMES = 190, BARS = 400, WIDTH = 860;
  const given = JSON.parse(document.getElementById("donnees").textContent);
  const model = Calculation.load(given.calculation);
  const decimals = given.calculation.scale.length - 1;
  const start = given.prices.map((price) => BigInt(price.value));
  let prices = [...start];
  let waiting = 0;

  const at = (id) => document.getElementById(id);
  const make = (name, text = "", properties = {}) =>
    Object.assign(document.createElement(name), { textContent: text }, properties);
  const drawn = (name, attributes, text = "") => {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.textContent = text;
    return element;
  };
  const larger = (a, b) => (a > b ? a : b);
  const size = (amount) => (amount < 0n ? -amount : amount);

  const number = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, NBSP);
  const euros = (cents) => {
    const whole = size(cents);
    const rest = String(whole % 100n).padStart(2, "0");
    return `${cents < 0n ? "\u2212" : ""}${number(whole / 100n)},${rest}${NBSP}€`;
  };
  const signed = (cents) => (cents > 0n ? "+" : "") + euros(cents);
  const percent = (change, before) => {
    if (before === 0n) return "";
    const tenths = (2000n * size(change) + before) / (2n * before);
    const sign = change < 0n ? "\u2212" : "+";
    return ` (${sign}${number(tenths / 10n)},${tenths % 10n}${NBSP}%)`;
  };

  // A price as it is typed: 3,50; null where it is none.
  const typed = (units) => {
    const text = String(units).padStart(decimals + 1, "0");
    const rest = text.slice(-decimals).replace(/0+$/, "").padEnd(2, "0");
    return `${text.slice(0, -decimals)},${rest}`;
  };
  const shown = (units) => {
    const [whole, rest] = typed(units).split(",");
    return `${number(whole)},${rest}${NBSP}€`;
  };
  const read = (text, most) => {
    const found = /^(\d{1,12})(?:[.,](\d*))?$/.exec(text.replace(/[\s€]/g, ""));
    if (found === null) return null;
    const rest = (found[2] ?? "").replace(/0+$/, "");
    if (rest.length > decimals) return null;
    const units = BigInt(found[1] + rest.padEnd(decimals, "0"));
    return units > BigInt(most) ? null : units;
  };

  const kindOf = (before, after) => {
    if (before === 0n) return after === 0n ? "zero" : "starts";
    if (before === after) return "unchanged";
    return after < before ? "gains" : "loses";
  };

  // Each commune once: its own rows of the chart and of the table, filled in again and again.
  const lines = given.lines.map((line) => {
    const bars = drawn("g", {});
    const one = {
      ...line,
      before: BigInt(line.before),
      after: 0n,
      bars,
      wasBar: drawn("rect", { class: "before", x: NAMES, y: 2, height: 10 }),
      isBar: drawn("rect", { class: "after", x: NAMES, y: 13, height: 10 }),
      label: drawn("text", { y: 17 }),
      row: make("tr"),
      amount: make("td"),
      change: make("td"),
      kind: make("td", "", { className: "text" }),
    };
    const name = drawn("text", { x: NAMES - 8, y: 17, "text-anchor": "end" }, line.name);
    bars.append(name, one.wasBar, one.isBar, one.label);
    one.row.append(
      make("th", line.name, { scope: "row" }),
      make("td", line.level),
      make("td", number(line.population)),
      make("td", euros(one.before)),
      one.amount,
      one.change,
      one.kind
    );
    return one;
  });

  const order = () => {
    const keys = {
      amount: (line) => line.after,
      change: (line) => size(line.after - line.before),
    };
    const key = keys[at("ordre").value];
    const byName = (a, b) => a.name.localeCompare(b.name, "fr");
    const by = (a, b) => (key(a) === key(b) ? byName(a, b) : key(a) < key(b) ? 1 : -1);
    [...lines].sort(key === undefined ? byName : by).forEach((line, rank) => {
      line.bars.setAttribute("transform", `translate(0 ${rank * ROW})`);
      at("communes").append(line.row);
    });
  };

  const draw = () => {
    const most = lines.reduce((found, line) => larger(found, larger(line.before, line.after)), 1n);
    const length = (cents) => Number((cents * BigInt(BARS)) / most);
    for (const line of lines) {
      line.wasBar.setAttribute("width", length(line.before));
      line.isBar.setAttribute("width", length(line.after));
      const change = line.after - line.before;
      const arrow = change === 0n ? "" : ` ${change > 0n ? "▲" : "▼"} ${signed(change)}`;
      line.label.setAttribute("x", NAMES + 8 + length(larger(line.before, line.after)));
      line.label.textContent = euros(line.after) + arrow;
      line.amount.textContent = euros(line.after);
      line.change.textContent = signed(change);
      line.kind.textContent = given.classes[kindOf(line.before, line.after)].one;
    }
  };

  const sum = (some, what) => some.reduce((total, line) => total + what(line), 0n);

  // The table of classes; what it says is told in a sentence once the hand rests.
  const tell = () => {
    const counts = [];
    const rows = Object.entries(given.classes).map(([kind, words]) => {
      const own = lines.filter((line) => kindOf(line.before, line.after) === kind);
      const verb = own.length > 1 ? words.many : words.one;
      if (own.length > 0) counts.push(`${number(own.length)} ${verb}`);
      return row(words.many, own);
    });
    at("classes").replaceChildren(...rows);
    at("somme").replaceChildren(row("Ensemble", lines));
    const [before, after] = [sum(lines, (line) => line.before), sum(lines, (line) => line.after)];
    const text = `Total ${euros(after)}, contre ${euros(before)} : ${signed(after - before)}` +
      `${percent(after - before, before)}. Communes : ${counts.join(", ")}.`;
    clearTimeout(waiting);
    waiting = setTimeout(() => { at("annonce").textContent = text; }, 250);
  };
  const row = (title, own) => {
    const found = make("tr");
    found.append(
      make("th", title, { scope: "row" }),
      make("td", number(own.length)),
      make("td", number(own.reduce((total, line) => total + line.population, 0))),
      make("td", signed(sum(own, (line) => line.after - line.before)))
    );
    return found;
  };

  const compute = () => {
    Calculation.dues(model, prices).forEach((due, rank) => { lines[rank].after = due; });
    draw();
    tell();
    const settings = given.prices.flatMap(({ key }, rank) =>
      prices[rank] === start[rank] ? [] : [`--set ${key}=${typed(prices[rank])}`]
    );
    at("reprise").hidden = settings.length === 0;
    at("commande").textContent = settings.join(" ");
  };

  // The field, the slider and the note of each price.
  const fields = given.prices.map((price, rank) => {
    const id = `prix-${rank}`, step = BigInt(price.step);
    const before = price.before === null ? "aucun" : shown(price.before);
    const usual = `référence : ${before} ; scénario : ${shown(price.value)}`;
    const box = make("div", "", { className: "price" });
    const field = make("input", "", { type: "text", id, inputMode: "decimal" });
    const slider = make("input", "", { type: "range", className: "slider", max: price.steps });
    const note = make("p", usual, { className: "note", id: `${id}-note` });
    field.setAttribute("aria-describedby", note.id);
    slider.setAttribute("aria-label", `${price.label}, curseur`);
    const label = make("label", price.label, { htmlFor: id });
    box.append(label, field, make("span", "€"), slider, note);
    const show = (ofField) => {
      if (ofField) field.value = typed(prices[rank]);
      const steps = prices[rank] / step;
      slider.value = steps > BigInt(price.steps) ? price.steps : Number(steps);
      slider.setAttribute("aria-valuetext", `${typed(prices[rank])} euros`);
      field.removeAttribute("aria-invalid");
      note.className = "note";
      note.textContent = usual;
    };
    const refuse = () => {
      field.setAttribute("aria-invalid", "true");
      note.className = "note wrong";
      const kept = shown(prices[rank]);
      note.textContent = `« ${field.value} » n'est pas un prix (3,50) : le calcul garde ${kept}.`;
    };
    field.addEventListener("input", () => {
      const value = read(field.value, price.most);
      if (value === null) return refuse();
      prices[rank] = value;
      show(false);
      compute();
    });
    field.addEventListener("change", () => {
      if (read(field.value, price.most) !== null) show(true);
      order();
    });
    slider.addEventListener("input", () => {
      prices[rank] = BigInt(slider.value) * step;
      show(true);
      compute();
    });
    slider.addEventListener("change", order);
    return { box, level: price.level, show };
  });

  const all = (values) => {
    prices = values;
    fields.forEach((field) => field.show(true));
    compute();
    order();
  };

  const chart = at("graphique");
  chart.setAttribute("viewBox", `0 0 ${WIDTH} ${lines.length * ROW}`);
  chart.append(...lines.map((line) => line.bars));
  for (const level of new Set(fields.map((field) => field.level))) {
    const group = make("fieldset");
    const own = fields.filter((field) => field.level === level).map((field) => field.box);
    group.append(make("legend", `Niveau ${level}`), ...own);
    at("reglages").append(group);
  }
  at("reglages").addEventListener("submit", (event) => event.preventDefault());
  at("depart").addEventListener("click", () => all([...start]));
  at("reference").addEventListener("click", () =>
    all(given.prices.map((price) => BigInt(price.before ?? price.value)))
  );
  at("ordre").addEventListener("change", order);

  all([...start]);
  if (lines.every((line) => String(line.after) === line.expected)) {
    at("tout").hidden = false;
  } else {
    at("faute").textContent = given.faulty;
    at("faute").hidden = false;
  }
})();
