// The tab Timings: what each second of each endpoint was made of.

const phasesOf = { Response: "response", Scheduled: "as scheduled", Lateness: "lateness", Connect: "connect", TLS: "TLS", Wait: "wait", First_Event: "first event", Gap: "gap", Download: "download" };
const columnsOf = (percentile, phases) => Object.fromEntries(phases.map(phase => [phasesOf[phase], `${phase}_${percentile}_MS`]));
const parts = ["Connect", "TLS", "Wait", "Download"]; // of a response time, in their order
const colours = { connect: 0, TLS: 1, wait: 2, download: 3, "first event": 4, gap: 5, other: 6, lateness: 7 };

const seriesPanels = [
  { title: "Response time", unit: "ms", columns: { p50: "Response_P50_MS", p95: "Response_P95_MS", p99: "Response_P99_MS" } },
  { title: "Response time as scheduled", unit: "ms", columns: { p50: "Scheduled_P50_MS", p95: "Scheduled_P95_MS", p99: "Scheduled_P99_MS" } },
  { title: "Median of each phase", unit: "ms", colours, columns: columnsOf("P50", [...parts, "First_Event", "Gap", "Lateness"]) },
  { title: "95th percentile of each phase", unit: "ms", colours, columns: columnsOf("P95", [...parts, "First_Event", "Gap", "Lateness"]) },
  { title: "Requests", unit: "per second", columns: { finished: "Requests", failed: "Failures", "cut off": "Incomplete" } },
  { title: "On the wire", unit: "per second", columns: { requests: "Exchanges", "new connections": "New_Connections", events: "Events" } },
];

// A Series is the lines of one endpoint. What came late changes earlier ones: then all of them are fetched again.
class Series extends Table {
  constructor(key) {
    super();
    this.key = key;
    this.changes = -1;
  }

  async read() {
    const { type, name, apart } = this.key;
    const last = this.times[this.times.length - 1];
    const query = new URLSearchParams({ type, name, apart: apart ? 1 : 0, after: last === undefined ? -1 : last, changes: this.changes });
    const answer = await ask(`timings/rows?${query}`);
    const [header, ...lines] = (await answer.text()).split("\n");
    const changes = +answer.headers.get("Gregaria-Changes");
    if (changes !== this.changes) this.clear("");
    this.changes = changes;
    this.add(header, lines);
  }
}

const job = row => row.type === "JOB" && row.polls > 0 && row.requests > 0;
const identity = ({ type, name, apart }) => JSON.stringify([type, name, apart]);
const total = { type: "", name: "Aggregated", apart: false };
const digits = value => value === undefined || value === null ? "" : text(value);

// timings is the tab.
function timings({ page, bar, look, show }) {
  const charts = new Charts();
  let now = null, span = +(store("gregaria.timings.span") || 10), series = new Series(total), order = { column: "", down: true }, shown = "";
  const table = element("div", { class: "table" });
  page.append(table, charts.grid);

  // columns are those that have a value in some row, each with its heading, its group, and what it shows of a row.
  function columns() {
    const some = now.phases.filter(phase => now.rows.some(row => row.phases[phase]));
    const each = [
      { name: "Endpoint", of: row => `${row.name}\n${row.type}`, words: true },
      { name: "requests/s", of: row => row.requests / now.seconds },
      { name: "failed %", of: row => row.requests ? 100 * row.failures / row.requests : null },
      { name: "seen %", of: row => row.seen, say: "percent of these requests of which the phases are known: workers in Python tell nothing of them" },
    ];
    if (now.rows.some(row => row.events)) each.push({ name: "events/s", of: row => row.events ? row.events / now.seconds : null });
    if (now.rows.some(job)) each.push({ name: "polls", of: row => job(row) ? row.polls / row.requests : null, say: "how often each job was asked for" });
    if (some.includes("Response")) each.push({ name: "where the time goes", of: row => row.phases.Response && row.phases.Response.spent, bar: true, say: "ms a request on average" });
    for (const phase of some) {
      const of = which => row => row.phases[phase] && (which === "max" ? row.phases[phase].max : row.phases[phase].percentiles[now.percentiles.indexOf(which)]);
      for (const which of [50, 95, 99, "max"]) each.push({ name: which === "max" ? "max" : `p${which}`, group: `${phasesOf[phase]}, ms`, of: of(which) });
    }
    return each.map(column => ({ ...column, key: (column.group || "") + column.name }));
  }

  // picture is where the time of a row goes, the longest response time of all rows being the whole width.
  function picture(row, most) {
    const spent = parts.map(phase => row.phases[phase] ? row.phases[phase].spent : 0);
    const whole = row.phases.Response ? row.phases.Response.spent : 0;
    const rest = Math.max(0, whole - spent.reduce((a, b) => a + b, 0));
    const pieces = [...spent, rest], names = [...parts.map(phase => phasesOf[phase]), "other"];
    const title = pieces.map((ms, i) => ms ? `${names[i]} ${text(ms)} ms` : "").filter(Boolean).join(", ");
    return element("span", { class: "stack", title }, ...pieces.map((ms, i) =>
      element("i", { style: `width:${(100 * ms / most).toFixed(2)}%;background:var(--c${colours[names[i]]})` })));
  }

  function sorted(each) {
    const column = each.find(({ key }) => key === order.column);
    const rows = now.rows.filter(row => identity(row) !== identity(total));
    if (column) {
      const value = row => { const v = column.of(row); return v === undefined || v === null ? -Infinity : v; };
      rows.sort((a, b) => (value(a) < value(b) ? 1 : value(a) > value(b) ? -1 : 0) * (order.down ? 1 : -1));
    }
    return [...rows, ...now.rows.filter(row => identity(row) === identity(total))];
  }

  function head(each) {
    const groups = [];
    for (const { group = "" } of each) {
      if (groups.length && groups[groups.length - 1].group === group) groups[groups.length - 1].columns++;
      else groups.push({ group, columns: 1 });
    }
    return element("thead", {},
      element("tr", {}, ...groups.map(({ group, columns }) => element("th", { colspan: columns, scope: "colgroup", class: group ? "group" : null }, group))),
      element("tr", {}, ...each.map(column => element("th", {
        scope: "col", title: column.say, class: column.words ? "words" : null,
        "aria-sort": order.column === column.key ? (order.down ? "descending" : "ascending") : null,
      }, element("button", { "data-id": column.key, onclick: () => {
        order = { column: column.key, down: order.column === column.key ? !order.down : !column.words };
        show();
      } }, column.name)))));
  }

  function showTable() {
    const focus = table.getRootNode().activeElement;
    const held = focus && table.contains(focus) ? focus.dataset.id : null;
    if (!now || !now.rows.length) { table.replaceChildren(); return; }
    const each = columns();
    const most = Math.max(...now.rows.map(row => row.phases.Response ? row.phases.Response.spent : 0)) || 1;
    const body = sorted(each).map(row => {
      const id = identity(row), picked = id === identity(series.key);
      return element("tr", { class: picked ? "picked" : null }, ...each.map(column => {
        if (column.words) {
          return element("th", { scope: "row", class: "words" }, element("button", { "data-id": id, "aria-pressed": picked, onclick: () => { series = new Series(row); look(); } },
            ...(row.type ? [element("em", {}, row.type)] : []), row.name));
        }
        if (column.bar) return element("td", {}, picture(row, most));
        return element("td", {}, digits(column.of(row)));
      }));
    });
    const left = table.scrollLeft;
    table.replaceChildren(element("table", {}, head(each), element("tbody", {}, ...body)));
    table.scrollLeft = left;
    if (held) for (const button of table.querySelectorAll("button")) if (button.dataset.id === held) button.focus();
  }

  function showBar() {
    const state = JSON.stringify([span, now && now.csv]);
    if (state === shown) return;
    shown = state;
    const names = [...parts.map(phase => phasesOf[phase]), "other"];
    bar.replaceChildren(
      choice("Time", [[10, "last 10 s"], [60, "last minute"], [0, "test"]], span, seconds => {
        span = seconds;
        store("gregaria.timings.span", span);
        look();
      }),
      element("span", { class: "legend" }, ...names.map(name => element("span", {}, element("i", { style: `background:var(--c${colours[name]})` }), name))),
      element("span", { class: "end" }, ...(now && now.csv ? [download("timings/csv")] : [])));
  }

  function showCharts() {
    const { times } = series;
    const to = times[times.length - 1], from = span ? Math.max(times[0], to - 300) : times[0];
    const drawn = seriesPanels.map(panel => ({ panel: { ...panel, title: `${panel.title} of ${`${series.key.type} ${series.key.name}`.trim()}` }, lines: linesOf(panel, series, null) }));
    charts.show(to ? drawn.filter(({ lines }) => lines.length) : [], Math.min(from, to - 30), to, []);
  }

  return {
    async look() {
      now = await (await ask(`timings/now?span=${span}`)).json();
      await series.read();
    },
    show() {
      showBar();
      showTable();
      showCharts();
    },
    words() {
      if (!now) return "";
      if (now.trouble) return now.trouble;
      if (!now.rows.length) return "No request yet: an endpoint stands here some seconds after its first one.";
      return now.seen ? "" : "No worker has told yet what its requests were made of. Workers in Go do; of those in Python there are Locust's own counts.";
    },
  };
}
