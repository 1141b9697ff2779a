// The resources of the servers beside the load, in a tab of Locust's web UI or on a page of its own.
(() => {
  "use strict";

  const script = document.currentScript;
  const base = new URL(".", script.src);
  const every = 2000; // ms between two looks, as in Locust's own charts

  // What there is to see, in order: a chart for each line that has a column. A column is a name, or a pattern whose group is its label.
  const percent = { unit: "%", full: 100 };
  const panels = [
    { title: "Users", load: { users: "user_count" } },
    { title: "Requests", unit: "per second", load: { finished: "current_rps", failed: "current_fail_per_sec" } },
    { title: "Response time of the moment", unit: "ms", load: /^response_time_percentile_(0?\.\d+)$/ },
    { title: "CPU", ...percent, columns: { "all cores": "CPU_Percent", "busiest core": "CPU_Busiest_Core_Percent",
      "busiest thread": "Process_Busiest_Thread_Percent", "of the container's limit": "Container_CPU_Percent" } },
    { title: "Tasks had to wait for", unit: "% of the time", full: 100, columns: { "a core": "Pressure_CPU_Some_Percent", "a disk": "Pressure_IO_Some_Percent",
      "memory": "Pressure_Memory_Some_Percent", "the hypervisor": "CPU_Steal_Percent", "its quota": "Container_Throttled_Percent" } },
    { title: "CPU of the process", unit: "cores", columns: { program: "Process_CPU_User_Cores", kernel: "Process_CPU_System_Cores" } },
    { title: "Memory", ...percent, columns: { machine: "Memory_Percent", "of the container's limit": "Container_Memory_Percent" } },
    { title: "Memory of the process", unit: "MB", columns: { resident: "Process_RSS_MB", swapped: "Process_Swap_MB" } },
    { title: "GPU", ...percent, columns: /^GPU(\d+)_Load_Percent$/, label: "GPU " },
    { title: "GPU memory", unit: "GB", columns: /^GPU(\d+(?:_MIG\d+)?)_Memory_Used_GB$/, label: "GPU " },
    { title: "GPU power", unit: "W", columns: /^GPU(\d+)_Power_W$/, label: "GPU " },
    { title: "Open files and threads of the process", columns: { files: "Process_Open_Files", threads: "Process_Threads", zombies: "Process_Zombies" } },
    { title: "Connections", columns: { "of the process": "Process_Sockets_Established", "of the machine": "TCP_Established", "waiting to be accepted": "Process_Accept_Queue",
      "not closed by the process": "Process_Sockets_Close_Wait" } },
    { title: "Trouble with connections", unit: "per second", columns: { "accept queue full": "TCP_Listen_Overflows_Per_Second", "sent once more": "TCP_Retransmits_Per_Second",
      reset: "TCP_Connections_Reset_Per_Second", failed: "TCP_Failed_Attempts_Per_Second" } },
    { title: "Network", unit: "MB/s", columns: { received: "Network_Receive_MB_Per_Second", sent: "Network_Transmit_MB_Per_Second", loopback: "Network_Loopback_MB_Per_Second" } },
    { title: "Disks busy", ...percent, columns: /^Disk_(.+)_Busy_Percent$/ },
  ];
  const most = 8; // lines in a chart: as many as there are colours

  // ---- data

  // A Table is what is known of a host's CSV: a list of numbers a column, NaN for an empty cell.
  class Table {
    constructor() { this.clear(""); }

    clear(file) { Object.assign(this, { file, next: -1, names: [], columns: new Map(), times: [] }); }

    async read(host) {
      for (let more = true; more;) {
        const answer = await ask(`rows?host=${host}&file=${this.file}&after=${this.next}`);
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

  // Load is Locust's own history of the test: an entry each 5 s.
  class Load {
    constructor() { this.entries = []; this.tests = []; }

    add({ load, first, tests }) {
      this.entries.length = Math.min(this.entries.length, first);
      this.first = this.entries.length ? this.first : first;
      this.entries.push(...load.map(entry => {
        const at = Date.parse(entry.time) / 1000; // older releases write a time of day
        const values = {};
        for (const [key, value] of Object.entries(entry)) values[key] = Array.isArray(value) ? value[1] : value;
        return { at, values };
      }));
      this.tests = tests;
    }

    get next() { return (this.first || 0) + this.entries.length; }

    series(key) { return { times: this.entries.map(e => e.at), values: this.entries.map(e => e.values[key]) }; }

    keys() { return this.entries.length ? Object.keys(this.entries[this.entries.length - 1].values) : []; }
  }

  async function ask(path) {
    const answer = await fetch(new URL(path, base), { credentials: "same-origin" });
    if (answer.redirected) throw new Error("Locust wants you to log in again");
    if (!answer.ok) throw new Error(`the master answers with status ${answer.status}`);
    return answer;
  }

  // linesOf is what a panel shows of what there is.
  function linesOf(panel, table, load) {
    const found = [];
    const source = panel.load || panel.columns;
    const names = panel.load ? load.keys() : table.names;
    const series = name => panel.load ? load.series(name) : { times: table.times, values: table.columns.get(name) };
    if (source instanceof RegExp) {
      for (const name of names) {
        const match = source.exec(name);
        if (match) found.push({ name, label: panel.load ? `p${+(match[1] * 100).toFixed(3)}` : (panel.label || "") + match[1].replace("_", " "), ...series(name) });
      }
    } else {
      for (const [label, name] of Object.entries(source)) if (names.includes(name)) found.push({ name, label, ...series(name) });
    }
    return found.filter(({ values }) => values.some(known)).slice(0, most);
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
    lines.forEach((line, i) => svg.append(element("path", { class: "line", stroke: `var(--c${i})`, d: path(line, from, to, x, y) })));
    return svg;
  }

  // ---- the page

  // mount shows the resources in an element until it leaves the document.
  function mount(place, alone) {
    const root = place.attachShadow({ mode: "open" });
    const page = element("div", { class: alone ? "page alone" : "page" });
    root.append(element("link", { rel: "stylesheet", href: new URL("resources.css", base).href }), page);

    const store = (key, value) => { try { return value === undefined ? localStorage.getItem(key) : localStorage.setItem(key, value); } catch { return null; } };
    const tables = new Map(), load = new Load();
    let hosts = [], chosen = 0, span = +(store("gregaria.span") || 300), cursor = null, trouble = "", charts = [];
    let wanted = [];
    try { wanted = JSON.parse(store("gregaria.columns") || "[]"); } catch { /* somebody else's */ }

    const bar = element("div", { class: "bar" }), say = element("div", { class: "say", role: "status", hidden: "" }), grid = element("div", { class: "charts" });
    page.append(bar, say, grid);
    const table = () => tables.get(hosts[chosen] && hosts[chosen].name) || new Table();

    // The bar is made anew only when what it says has changed: a list that somebody has opened must stay open.
    let shown = "";
    function showBar() {
      const columns = table().numeric();
      const now = JSON.stringify([hosts.map(h => h.name), chosen, span, columns, wanted]);
      if (now === shown) return;
      shown = now;
      bar.replaceChildren();
      if (hosts.length > 1) {
        bar.append(element("span", { role: "group", "aria-label": "Host" }, ...hosts.map((host, i) =>
          element("button", { "aria-pressed": i === chosen, onclick: () => { chosen = i; look(); } }, host.name))));
      }
      bar.append(element("span", { role: "group", "aria-label": "Time" }, ...[[300, "5 min"], [900, "15 min"], [3600, "1 h"], [0, "all"]].map(([seconds, label]) =>
        element("button", { "aria-pressed": seconds === span, onclick: () => { span = seconds; store("gregaria.span", span); show(); } }, label))));
      const add = element("select", { "aria-label": "Add a column", onchange: () => {
        wanted = wanted.filter(name => name !== add.value).concat(add.value);
        store("gregaria.columns", JSON.stringify(wanted));
        show();
      } }, element("option", { value: "", disabled: "", selected: "" }, "Add a column …"),
      ...columns.filter(name => !wanted.includes(name)).map(name => element("option", {}, name)));
      bar.append(element("span", { class: "end" }, add, ...(hosts[chosen] ? [element("a", { class: "button", href: new URL(`csv?host=${chosen}`, base).href, download: "" }, "Download CSV")] : [])));
    }

    function showCharts() {
      const data = table();
      const newest = Math.max(data.times[data.times.length - 1] || 0, load.entries.length ? load.entries[load.entries.length - 1].at || 0 : 0);
      const oldest = Math.min(data.times.length ? data.times[0] : Infinity, load.entries.length && load.entries[0].at ? load.entries[0].at : Infinity);
      if (!newest) { grid.replaceChildren(); return; }
      const to = newest, from = Math.min(span ? Math.max(to - span, oldest) : oldest, to - 30);
      const own = wanted.filter(name => data.names.includes(name)).map(name => ({ title: name.replaceAll("_", " "), columns: { [name]: name }, own: name }));
      charts = [];
      for (const panel of [...panels, ...own]) {
        const lines = linesOf(panel, data, load).filter(line => !Number.isNaN(line.times[0]));
        if (lines.length) charts.push({ panel, lines, from, to });
      }
      grid.replaceChildren(...charts.map(chart => {
        const { panel, lines } = chart;
        const svg = draw(lines, panel, from, to, load.tests);
        chart.svg = svg;
        chart.values = lines.map(() => element("b"));
        chart.cursor = element("line", { class: "cursor", y1: top, y2: height - bottom, visibility: "hidden" });
        svg.append(chart.cursor);
        const title = element("span", {}, panel.title, " ", element("em", {}, panel.unit || ""));
        if (panel.own) {
          title.append(element("button", { class: "close", "aria-label": `Remove ${panel.title}`, onclick: () => {
            wanted = wanted.filter(name => name !== panel.own);
            store("gregaria.columns", JSON.stringify(wanted));
            show();
          } }, "×"));
        }
        const legend = element("span", { class: "legend" }, ...lines.map((line, i) =>
          element("span", { title: line.name }, element("i", { style: `background:var(--c${i})` }), panel.own ? "" : line.label, chart.values[i])));
        return element("figure", {}, element("figcaption", {}, title, legend), svg);
      }));
      showCursor();
    }

    // showCursor has all charts show what was at one moment; without one, what is newest.
    function showCursor() {
      for (const { lines, values, cursor: line, from, to } of charts) {
        const at = cursor === null ? to : from + cursor * (to - from);
        lines.forEach(({ times, values: of }, i) => {
          let index = Math.min(times.length - 1, startOf(times, at + 1e-6) - 1);
          while (index >= 0 && at - times[index] <= apart && !known(of[index])) index--;
          values[i].textContent = index < 0 || at - times[index] > apart ? "–" : text(of[index]);
        });
        line.setAttribute("visibility", cursor === null ? "hidden" : "visible");
        const x = left + (cursor || 0) * (width - left - right);
        line.setAttribute("x1", x);
        line.setAttribute("x2", x);
      }
    }
    grid.addEventListener("pointermove", event => {
      const svg = event.target.closest && event.target.closest("svg");
      if (!svg) return;
      const box = svg.getBoundingClientRect();
      cursor = Math.min(1, Math.max(0, ((event.clientX - box.left) / box.width * width - left) / (width - left - right)));
      showCursor();
    });
    grid.addEventListener("pointerleave", () => { cursor = null; showCursor(); });

    function showState() {
      const host = hosts[chosen];
      const words = trouble || (!hosts.length && started ? "No monitor is named, so only the load is shown: start Locust with GREGARIA_MONITORS=http://api:9647 or GREGARIA_METRICS=metrics.csv" : host && host.state);
      say.hidden = !words;
      if (say.textContent !== (words || "")) say.textContent = words || "";
    }

    function show() {
      page.classList.toggle("dark", isDark(alone ? null : place));
      showBar();
      showState();
      showCharts();
    }

    let started = false, busy = false;
    async function look() {
      if (busy || document.hidden) return;
      busy = true;
      try {
        const now = await (await ask(`now?load=${load.next}`)).json();
        load.add(now);
        hosts = now.hosts;
        started = true;
        chosen = Math.min(chosen, Math.max(0, hosts.length - 1));
        if (hosts[chosen]) {
          const { name } = hosts[chosen];
          if (!tables.has(name)) tables.set(name, new Table());
          await tables.get(name).read(chosen);
        }
        trouble = "";
      } catch (error) {
        trouble = `${error.message}; it is asked again`;
      }
      busy = false;
      show();
    }
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

  // ---- the tab

  // addTab has Locust's web UI, which has not begun yet, show a tab, and puts the resources beneath the tabs while it is chosen. The tab and
  // the links of the tab Download Data come through what Locust has for that: extendedTabs and extendedCsvFiles.
  function addTab(args) {
    const title = "Resources", tabs = args.extendedTabs || [];
    const key = tabs.some(tab => tab.key === "resources") ? "gregaria-resources" : "resources";
    args.extendedTabs = [...tabs, { title, key }];
    args.extendedCsvFiles = [...(args.extendedCsvFiles || []), ...JSON.parse(script.dataset.hosts || "[]").map((name, i) =>
      ({ href: `./gregaria/csv?host=${i}`, title: `Download metrics CSV of ${name}` }))];
    let place = null;
    const sync = () => {
      const labels = [...document.querySelectorAll("[role=tab]")];
      const tab = labels.filter(label => label.textContent.trim() === title).pop(); // ours comes last
      const beneath = tab && tab.getAttribute("aria-selected") === "true" && tab.closest("[class*=MuiContainer-root]");
      if (!beneath) {
        if (place) place.remove();
        place = null;
      } else if (!place || place.parentElement !== beneath) {
        if (place) place.remove();
        place = document.createElement("div");
        beneath.append(place);
        mount(place, false);
      }
    };
    new MutationObserver(sync).observe(document.getElementById("root") || document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-selected"] });
  }

  const main = document.querySelector("main");
  if (window.templateArgs) addTab(window.templateArgs);
  else if (main) mount(main, true);
})();
