// What the tabs have in common: tables of numbers, and charts of them.

const script = document.currentScript;
const base = new URL(".", script.src);
const every = 2000; // ms between two looks, as in Locust's own charts
const most = 8; // lines in a chart: as many as there are colours

// ---- data

// A Table is what is known of a CSV: a list of numbers a column, NaN for an empty cell.
class Table {
  constructor() { this.clear(""); }

  clear(file) { Object.assign(this, { file, next: -1, names: [], columns: new Map(), times: [] }); }

  // read fetches the rows that have come since, of a file that may be another than before.
  async read(path) {
    for (let more = true; more;) {
      const answer = await ask(`${path}&file=${this.file}&after=${this.next}`);
      const [header, ...lines] = (await answer.text()).split("\n");
      const file = answer.headers.get("Gregaria-File");
      if (file !== this.file) this.clear(file);
      if (!file) return;
      more = this.next >= 0 && lines.length > 1000; // a page that was away for long has more to fetch
      this.next = +answer.headers.get("Gregaria-Next");
      this.add(header, lines);
    }
  }

  add(header, lines) {
    if (!this.names.length) {
      this.names = header.split(",");
      for (const name of this.names) this.columns.set(name, []);
    }
    const lists = this.names.map(name => this.columns.get(name));
    for (const line of lines) {
      if (!line) continue;
      const cells = line.split(",");
      lists.forEach((list, i) => list.push(cells[i] === "" || cells[i] === undefined ? NaN : +cells[i]));
    }
    const surplus = lists[0].length - 20000; // rows: what memory is worth
    if (surplus > 5000) for (const list of lists) list.splice(0, surplus);
    this.times = this.columns.get("Timestamp");
  }

  // numeric names the columns that can be drawn.
  numeric() { return this.names.filter(name => name !== "Timestamp" && this.columns.get(name).some(known)); }
}

async function ask(path) {
  const answer = await fetch(new URL(path, base), { credentials: "same-origin" });
  if (answer.redirected) throw new Error("Locust wants you to log in again");
  if (!answer.ok) throw new Error(`the master answers with status ${answer.status}`);
  return answer;
}

// ---- drawing

const width = 560, height = 150, left = 46, right = 8, top = 8, bottom = 20;

function element(name, attributes = {}, ...children) {
  const svg = ["svg", "path", "line", "text", "rect", "title"].includes(name);
  const made = svg ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

// nice is the least of 1, 2, 2.5, 5 x 10^n that is not below value.
function nice(value) {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 2.5, 5, 10].find(step => step * power >= value * 0.999999) * power;
}

function text(value) {
  const size = Math.abs(value);
  return value.toLocaleString("en", { maximumFractionDigits: size >= 100 ? 0 : size >= 10 ? 1 : 2 });
}

function clock(at, seconds) {
  return new Date(at * 1000).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", second: seconds ? "2-digit" : undefined });
}

// startOf is the index of the first time that is not before at. Times only grow.
function startOf(times, at) {
  let low = 0, high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] < at) low = middle + 1; else high = middle;
  }
  return low;
}

// known says whether a cell has a number. Some columns have one in some rows only, because to count costs too much (docs/metrics.md).
const known = value => typeof value === "number" && !Number.isNaN(value);
const apart = 15; // seconds that a number holds: as far as a line reaches over empty cells

// path draws values over times. Where many rows fall on one pixel, their least and their greatest are drawn, so that no peak is lost.
function path({ times, values }, from, to, x, y) {
  const parts = [];
  let pixel = -1, low = 0, high = 0, last = 0, pen = false, before = -Infinity;
  const flush = () => {
    if (pixel < 0) return;
    parts.push(`${pen ? "L" : "M"}${pixel} ${y(low).toFixed(1)}`);
    if (high !== low) parts.push(`L${pixel} ${y(high).toFixed(1)}`);
    if (last !== high && high !== low) parts.push(`L${pixel} ${y(last).toFixed(1)}`);
    pen = true;
    pixel = -1;
  };
  const gap = Math.max(apart, 5 * (times[times.length - 1] - times[0]) / times.length); // or rows that are further apart
  for (let i = Math.max(0, startOf(times, from) - 1); i < times.length && times[i] <= to; i++) {
    const value = values[i];
    if (!known(value)) continue;
    if (times[i] - before > gap) { flush(); pen = false; }
    before = times[i];
    const at = Math.max(left, Math.round(x(times[i]) * 2) / 2);
    if (at !== pixel) { flush(); pixel = at; low = high = value; }
    low = Math.min(low, value);
    high = Math.max(high, value);
    last = value;
  }
  flush();
  return parts.join("");
}

// colour is that of a line: where its panel has one for what it is called, this one.
function colour(panel, line, i) {
  return `var(--c${panel.colours && line.label in panel.colours ? panel.colours[line.label] : i})`;
}

// draw makes the picture of a chart.
function draw(lines, panel, from, to, tests) {
  let greatest = 0;
  for (const { times, values } of lines) {
    for (let i = startOf(times, from); i < times.length; i++) if (values[i] > greatest) greatest = values[i];
  }
  const top100 = panel.full && greatest <= panel.full;
  const limit = top100 ? panel.full : nice(greatest * 1.02); // a line at the very top looks cut off
  const x = at => left + (at - from) / (to - from) * (width - left - right);
  const y = value => top + (1 - value / limit) * (height - top - bottom);
  const svg = element("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": panel.title });
  for (const [began, ended] of tests) {
    const a = Math.max(from, began), b = Math.min(to, ended === null ? to : ended);
    if (a < b) svg.append(element("rect", { class: "test", x: x(a), width: x(b) - x(a), y: top, height: height - top - bottom }, element("title", {}, "a test runs")));
  }
  for (const part of [0, 0.5, 1]) {
    const at = y(limit * part);
    svg.append(element("line", { class: "grid", x1: left, x2: width - right, y1: at, y2: at }),
      element("text", { class: "axis", x: left - 6, y: at + 4, "text-anchor": "end" }, text(limit * part)));
  }
  const step = [10, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400].find(s => (to - from) / s <= 7) || 28800;
  for (let at = Math.ceil(from / step) * step; at < to; at += step) {
    if (x(at) < left + 14 || x(at) > width - right - 14) continue;
    svg.append(element("text", { class: "axis", x: x(at), y: height - 5, "text-anchor": "middle" }, clock(at, step < 60)));
  }
  lines.forEach((line, i) => svg.append(element("path", { class: "line", stroke: colour(panel, line, i), d: path(line, from, to, x, y) })));
  return svg;
}


// Charts are pictures side by side that show what was at one moment, where the pointer is.
class Charts {
  constructor() {
    this.grid = element("div", { class: "charts" });
    this.cursor = null;
    this.shown = [];
    this.grid.addEventListener("pointermove", event => {
      const svg = event.target.closest && event.target.closest("svg");
      if (!svg) return;
      const box = svg.getBoundingClientRect();
      this.cursor = Math.min(1, Math.max(0, ((event.clientX - box.left) / box.width * width - left) / (width - left - right)));
      this.point();
    });
    this.grid.addEventListener("pointerleave", () => { this.cursor = null; this.point(); });
  }

  // show draws panels and their lines. A panel with `remove` has a button for that.
  show(charts, from, to, tests) {
    this.shown = charts.map(({ panel, lines }) => ({
      panel, lines, from, to, svg: draw(lines, panel, from, to, tests), values: lines.map(() => element("b")),
      pointer: element("line", { class: "cursor", y1: top, y2: height - bottom, visibility: "hidden" }),
    }));
    this.grid.replaceChildren(...this.shown.map(({ panel, lines, svg, values, pointer }) => {
      svg.append(pointer);
      const title = element("span", {}, panel.title, " ", element("em", {}, panel.unit || ""));
      if (panel.remove) title.append(element("button", { class: "close", "aria-label": `Remove ${panel.title}`, onclick: panel.remove }, "×"));
      const legend = element("span", { class: "legend" }, ...lines.map((line, i) =>
        element("span", { title: line.name }, element("i", { style: `background:${colour(panel, line, i)}` }), panel.remove ? "" : line.label, values[i])));
      return element("figure", {}, element("figcaption", {}, title, legend), svg);
    }));
    this.point();
  }

  // point has all charts show what was at one moment; without one, what is newest.
  point() {
    for (const { lines, values, pointer, from, to } of this.shown) {
      const at = this.cursor === null ? to : from + this.cursor * (to - from);
      lines.forEach(({ times, values: of }, i) => {
        let index = Math.min(times.length - 1, startOf(times, at + 1e-6) - 1);
        while (index >= 0 && at - times[index] <= apart && !known(of[index])) index--;
        values[i].textContent = index < 0 || at - times[index] > apart ? "–" : text(of[index]);
      });
      pointer.setAttribute("visibility", this.cursor === null ? "hidden" : "visible");
      const x = left + (this.cursor || 0) * (width - left - right);
      pointer.setAttribute("x1", x);
      pointer.setAttribute("x2", x);
    }
  }
}

// ---- the page

// store keeps a choice for the next visit.
function store(key, value) {
  try { return value === undefined ? localStorage.getItem(key) : localStorage.setItem(key, value); } catch { return null; }
}

// choice is a button a value.
function choice(label, values, chosen, choose) {
  return element("span", { role: "group", "aria-label": label }, ...values.map(([value, name]) =>
    element("button", { "aria-pressed": value === chosen, onclick: () => choose(value) }, name)));
}

// download is a link to a file.
function download(path) {
  return element("a", { class: "button", href: new URL(path, base).href, download: "" }, "Download CSV");
}

// mount shows a tab in an element until that leaves the document. The tab fetches what is new with `look`, shows what it has with `show`, and says
// with `words` what people should know; `trouble` is what is wrong with the master.
function mount(place, alone, begin) {
  const root = place.attachShadow({ mode: "open" });
  const page = element("div", { class: alone ? "page alone" : "page" });
  root.append(element("link", { rel: "stylesheet", href: new URL("tabs.css", base).href }), page);
  const bar = element("div", { class: "bar" }), say = element("div", { class: "say", role: "status", hidden: "" });
  page.append(bar, say);
  let trouble = "", busy = false;
  const show = () => {
    page.classList.toggle("dark", isDark(alone ? null : place));
    view.show();
    const words = trouble || view.words() || "";
    say.hidden = !words;
    if (say.textContent !== words) say.textContent = words;
  };
  const look = async () => {
    if (busy || document.hidden) return;
    busy = true;
    try {
      await view.look();
      trouble = "";
    } catch (error) {
      trouble = `${error.message}; it is asked again`;
    }
    busy = false;
    show();
  };
  const view = begin({ page, bar, look, show });
  look();
  const timer = setInterval(() => { if (place.isConnected) look(); else clearInterval(timer); }, every);
  document.addEventListener("visibilitychange", function seen() {
    if (!place.isConnected) document.removeEventListener("visibilitychange", seen);
    else look();
  });
}

// isDark tells the theme by what is behind an element: Locust's own switch, or else the system's.
function isDark(place) {
  const colour = place && /\d+(, \d+){2}/.exec(getComputedStyle(document.body).backgroundColor);
  if (!colour) return matchMedia("(prefers-color-scheme: dark)").matches;
  const [r, g, b] = colour[0].split(", ").map(Number);
  return 0.3 * r + 0.6 * g + 0.1 * b < 128;
}
