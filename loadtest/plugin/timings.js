// The tab Timings: what each second of each endpoint was made of.

const phasesOf = { Response: "response", Scheduled: "as scheduled", Lateness: "lateness", Connect: "connect", TLS: "TLS", Wait: "wait", First_Event: "first event", Gap: "gap", Download: "download" };
const columnsOf = (percentile, phases) => Object.fromEntries(phases.map(phase => [phasesOf[phase], `${phase}_${percentile}_MS`]));
// What the response time of a request is made of, in order, and that of a stream.
const parts = ["Connect", "TLS", "Wait", "Download"], streamParts = ["First_Event", "Gap"];
const isStream = row => streamParts.some(phase => row.phases[phase]);
const colours = { connect: 0, TLS: 1, wait: 2, download: 3, "first event": 4, gap: 5, other: 6, lateness: 7 };

const seriesPanels = [
  { title: "Response time", unit: "ms", columns: { p50: "Response_P50_MS", p95: "Response_P95_MS", p99: "Response_P99_MS" } },
  { title: "Response time as scheduled", unit: "ms", columns: { p50: "Scheduled_P50_MS", p95: "Scheduled_P95_MS", p99: "Scheduled_P99_MS" } },
  { title: "Median of each phase", unit: "ms", colours, columns: columnsOf("P50", [...parts, "First_Event", "Gap", "Lateness"]) },
  { title: "95th percentile of each phase", unit: "ms", colours, columns: columnsOf("P95", [...parts, "First_Event", "Gap", "Lateness"]) },
  { title: "Requests", unit: "per second", columns: { finished: "Requests", failed: "Failures", "cut off": "Incomplete" } },
  { title: "On the wire", unit: "per second", busy: true, columns: { requests: "Exchanges", "new connections": "New_Connections", events: "Events" } },
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
  let which = store("gregaria.timings.which") || "all"; // of each phase
  let now = null, span = +(store("gregaria.timings.span") || 10), series = new Series(total), order = { column: "", down: true }, shown = "";
  const edge = () => table.classList.toggle("more", table.scrollLeft + table.clientWidth < table.scrollWidth - 2);
  const table = element("div", { class: "table", onscroll: edge });
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
    if (now.rows.some(row => pieces(row))) each.push({ name: "where the time goes", of: row => whole(row), bar: true, say: "on average; the widest bar of requests is the whole width, and so is that of streams" });
    const values = { p50: phase => phase.percentiles[now.percentiles.indexOf(50)], p95: phase => phase.percentiles[now.percentiles.indexOf(95)], p99: phase => phase.percentiles[now.percentiles.indexOf(99)], max: phase => phase.max };
    for (const phase of some) {
      for (const value of which === "all" ? Object.keys(values) : [which]) {
        const [name, group] = which === "all" ? [value, `${phasesOf[phase]}, ms`] : [phasesOf[phase], `${value}, ms`];
        each.push({ name, group, of: row => row.phases[phase] && values[value](row.phases[phase]) });
      }
    }
    return each.map(column => ({ ...column, key: (column.group || "") + column.name }));
  }

  // pieces are what the time of a row is made of, in ms; none where that is not known, as of a job, whose requests have rows of their own.
  function pieces(row) {
    const names = isStream(row) ? streamParts : parts;
    if (!row.phases.Response || !names.some(phase => row.phases[phase])) return null;
    const spent = names.map(phase => [phasesOf[phase], row.phases[phase] ? row.phases[phase].spent : 0]);
    const sum = spent.reduce((sum, [, ms]) => sum + ms, 0);
    return [...spent, ["other", Math.max(0, row.spent - sum)]];
  }

  const whole = row => pieces(row) ? pieces(row).reduce((sum, [, ms]) => sum + ms, 0) : null;

  // picture is where the time of a row goes. Requests are compared with requests, and streams with streams, beside which requests could not be seen.
  function picture(row) {
    const found = pieces(row);
    if (!found) return "";
    const most = Math.max(...now.rows.filter(other => isStream(other) === isStream(row)).map(whole)) || 1;
    const title = found.map(([name, ms]) => ms ? `${name} ${text(ms)} ms` : "").filter(Boolean).join(", ");
    return element("span", { class: "stack", title }, ...found.map(([name, ms]) =>
      element("i", { style: `width:${(100 * ms / most).toFixed(2)}%;background:var(--c${colours[name]})` })));
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
    const body = sorted(each).map(row => {
      const id = identity(row), picked = id === identity(series.key);
      return element("tr", { class: picked ? "picked" : null }, ...each.map(column => {
        if (column.words) {
          return element("th", { scope: "row", class: "words" }, element("button", { "data-id": id, "aria-pressed": picked, onclick: () => { series = new Series(row); look(); } },
            ...(row.type ? [element("em", {}, row.type)] : []), row.name));
        }
        if (column.bar) return element("td", {}, picture(row));
        return element("td", {}, digits(column.of(row)));
      }));
    });
    const left = table.scrollLeft;
    table.replaceChildren(element("table", {}, head(each), element("tbody", {}, ...body)));
    table.scrollLeft = left;
    edge();
    if (held) for (const button of table.querySelectorAll("button")) if (button.dataset.id === held) button.focus();
  }

  function showBar() {
    const streams = now && now.rows.some(isStream);
    const state = JSON.stringify([span, which, streams, now && now.csv]);
    if (state === shown) return;
    shown = state;
    const names = [...[...parts, ...(streams ? streamParts : [])].map(phase => phasesOf[phase]), "other"];
    bar.replaceChildren(
      choice("Time", [[10, "last 10 s"], [60, "last minute"], [0, "test"]], span, seconds => {
        span = seconds;
        store("gregaria.timings.span", span);
        look();
      }),
      choice("Values", [["all", "all values"], ["p50", "p50"], ["p95", "p95"], ["p99", "p99"], ["max", "max"]], which, value => {
        which = value;
        store("gregaria.timings.which", which);
        show();
      }),
      element("span", { class: "legend" }, ...names.map(name => element("span", {}, element("i", { style: `background:var(--c${colours[name]})` }), name))),
      element("span", { class: "end" }, ...(now && now.csv ? [download("timings/csv")] : [])));
  }

  function showCharts() {
    const { times } = series;
    const to = times[times.length - 1], from = span ? Math.max(times[0], to - 300) : times[0];
    const drawn = seriesPanels.map(panel => ({ panel: { ...panel, title: `${panel.title} of ${`${series.key.type} ${series.key.name}`.trim()}` }, lines: linesOf(panel, series, null).filter(({ values }) => !panel.busy || values.some(value => value > 0)) }));
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
