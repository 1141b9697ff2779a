// The tab Resources: the servers beside the load.

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

// resources is the tab.
function resources({ page, bar, look, show }) {
  const tables = new Map(), load = new Load(), charts = new Charts();
  let hosts = [], chosen = 0, span = +(store("gregaria.span") || 300), started = false, shown = "", wanted = [];
  try { wanted = JSON.parse(store("gregaria.columns") || "[]"); } catch { /* somebody else's */ }
  page.append(charts.grid);
  const table = () => tables.get(hosts[chosen] && hosts[chosen].name) || new Table();
  const want = names => {
    wanted = names;
    store("gregaria.columns", JSON.stringify(wanted));
    show();
  };

  // The bar is made anew only when what it says has changed: a list that somebody has opened must stay open.
  function showBar() {
    const columns = table().numeric();
    const now = JSON.stringify([hosts.map(h => h.name), chosen, span, columns, wanted]);
    if (now === shown) return;
    shown = now;
    bar.replaceChildren();
    if (hosts.length > 1) bar.append(choice("Host", hosts.map((host, i) => [i, host.name]), chosen, i => { chosen = i; look(); }));
    bar.append(choice("Time", [[300, "5 min"], [900, "15 min"], [3600, "1 h"], [0, "all"]], span, seconds => {
      span = seconds;
      store("gregaria.span", span);
      show();
    }));
    const add = element("select", { "aria-label": "Add a column", onchange: () => want(wanted.filter(name => name !== add.value).concat(add.value)) },
      element("option", { value: "", disabled: "", selected: "" }, "Add a column …"),
      ...columns.filter(name => !wanted.includes(name)).map(name => element("option", {}, name)));
    bar.append(element("span", { class: "end" }, add, ...(hosts[chosen] ? [download(`csv?host=${chosen}`)] : [])));
  }

  function showCharts() {
    const data = table();
    const newest = Math.max(data.times[data.times.length - 1] || 0, load.entries.length ? load.entries[load.entries.length - 1].at || 0 : 0);
    const oldest = Math.min(data.times.length ? data.times[0] : Infinity, load.entries.length && load.entries[0].at ? load.entries[0].at : Infinity);
    const from = Math.min(span ? Math.max(newest - span, oldest) : oldest, newest - 30);
    const own = wanted.filter(name => data.names.includes(name)).map(name =>
      ({ title: name.replaceAll("_", " "), columns: { [name]: name }, remove: () => want(wanted.filter(other => other !== name)) }));
    const drawn = [...panels, ...own].map(panel => ({ panel, lines: linesOf(panel, data, load).filter(line => !Number.isNaN(line.times[0])) }));
    charts.show(newest ? drawn.filter(({ lines }) => lines.length) : [], from, newest, load.tests);
  }

  return {
    async look() {
      const now = await (await ask(`now?load=${load.next}`)).json();
      load.add(now);
      hosts = now.hosts;
      started = true;
      chosen = Math.min(chosen, Math.max(0, hosts.length - 1));
      if (!hosts[chosen]) return;
      const { name } = hosts[chosen];
      if (!tables.has(name)) tables.set(name, new Table());
      await tables.get(name).read(`rows?host=${chosen}`);
    },
    show() {
      showBar();
      showCharts();
    },
    words() {
      if (!hosts.length && started) return "No monitor is named, so only the load is shown: start Locust with GREGARIA_MONITORS=http://api:9647 or GREGARIA_METRICS=metrics.csv";
      return hosts[chosen] && hosts[chosen].state;
    },
  };
}
