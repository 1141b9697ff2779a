"use strict";
(() => {
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const data = JSON.parse(document.getElementById("data").textContent);
  const charts = all(".chart"), strip = document.querySelector(".strip");
  if (!data?.s || !strip) return;
  document.body.classList.add("ready");
  const set = (e, attributes) => { for (const k in attributes) e.setAttribute(k, attributes[k]); return e; };
  const svg = (name, attributes) => set(document.createElementNS("http://www.w3.org/2000/svg", name), attributes);
  const element = (name, className, to) => { const e = to.appendChild(document.createElement(name)); e.className = className; return e; };

  // A series is decoded when it is first needed: data.go has the format.
  const decoded = [];
  const values = i => decoded[i] ??= decode(data.s[i]);
  function decode({ k, d }) {
    const out = [], decimals = Math.max(0, -Math.round(Math.log10(k)));
    let sum = 0, n = 0, shift = 0;
    for (const c of d) {
      if (c === ".") { out.push(NaN); continue; }
      const digit = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".indexOf(c);
      n |= (digit & 31) << shift;
      if (digit & 32) { shift += 5; continue; }
      sum += n & 1 ? -(n >> 1) : n >> 1;
      n = shift = 0;
      out.push(+(sum * k).toFixed(decimals));
    }
    return out;
  }
  // Where the monitor has a longer interval than a second, the value of a moment is the last one before it.
  function valueAt(i, at) {
    const v = values(i);
    for (let j = Math.floor(at / data.step), n = data.s[i].g; n > 0; n--, j--) if (v[j] === v[j] && j in v) return v[j];
    return NaN;
  }
  const median = v => { v = v.filter(x => x === x).sort((a, b) => a - b); return (v[v.length - 1 >> 1] + v[v.length >> 1]) / 2; };
  const number = v => v !== v ? "–" : v.toLocaleString("en-US", { maximumFractionDigits: Math.max(0, Math.min(6, 2 - Math.floor(Math.log10(Math.abs(v) || 1)))) });
  const clock = (at, length = 8) => data.since ? since(data.t + at + data.o) : new Date((data.t + at + data.o) * 1000).toISOString().substr(11, length);
  const since = s => (s < 0 ? "−" : "") + new Date(Math.abs(s) * 1000).toISOString().substr(11, 8).replace(/^0(0:0?)?/, "");

  // A name in a legend becomes a button that hides its line.
  for (const span of all(".chart .k")) {
    const button = element("button", span.className, span.parentNode);
    set(button, { type: "button", "aria-pressed": true, "data-i": span.dataset.i }).append(...span.childNodes);
    button.onclick = () => {
      const off = button.getAttribute("aria-pressed") === "true";
      set(button, { "aria-pressed": !off });
      for (const i of button.dataset.i.split(" ")) for (const path of all(`path[data-i="${i}"]`, button.closest(".chart"))) path.classList.toggle("off", off);
    };
    span.replaceWith(button);
  }
  const legend = all(".chart .k b").map(b => ({ b, peak: [...b.childNodes], i: b.parentNode.dataset.i.split(" ") }));
  for (const { b } of legend) b.style.minWidth = b.offsetWidth + "px"; // so that nothing jumps

  // The crosshair goes through all charts.
  let from = 0, to = data.n, at = null;
  const percent = second => 100 * (second - from) / (to - from) + "%";
  const plots = charts.map(c => c.querySelector("svg.o"));
  const cursors = [...plots, strip.querySelector("svg.o:last-child")].map((p, i) => p.appendChild(svg("line", { class: "cur off", y1: 0, y2: i < plots.length ? 98 : 18 })));
  const now = element("output", "now off", strip);
  function point(second) {
    at = second === null ? null : Math.max(from, Math.min(to, Math.round(second)));
    const off = at === null;
    for (const c of cursors) set(c, { x1: percent(at), x2: percent(at) }).classList.toggle("off", off);
    now.classList.toggle("off", off);
    now.textContent = off ? "" : clock(at);
    for (const l of legend) l.b.replaceChildren(...off ? l.peak : [number(median(l.i.map(i => valueAt(i, at))))]);
  }

  // A zoom shows a part of the axis, and draws it anew from the values: scale.go and path.go have the same rules.
  function draw(chart) {
    const lines = all("path.l", chart), { least, floating } = chart.dataset;
    const first = Math.floor(from / data.step), last = Math.ceil(to / data.step);
    let low = Infinity, high = -Infinity;
    for (const l of lines) for (let j = first, v = values(l.dataset.i); j <= last; j++) { if (v[j] < low) low = v[j]; if (v[j] > high) high = v[j]; }
    if (high < low) low = high = 0;
    let base = floating && low > 0.6 * high && high > low ? low - (high - low) / 4 : Math.min(0, low);
    high = Math.max(high, least);
    if (high <= base) high = base + 1;
    const rough = (high - base) / 4, power = 10 ** Math.floor(Math.log10(rough)), step = power * [1, 2, 5, 10].find(m => rough <= m * power * (1 + 1e-9));
    base = Math.floor(base / step) * step;
    const n = Math.ceil((high - base) / step - 1e-9);
    const y = v => Math.round(500 * (1 - (v - base) / step / n));
    for (const path of all("path[data-i]", chart)) set(path, { d: line(path.dataset.i, first, last, y, path.matches(".a")) });
    const texts = chart.querySelector(".y"), grid = texts.parentNode;
    for (const g of all(".g", grid)) g.remove();
    texts.replaceChildren();
    for (let i = 0; i <= n; i++) {
      const h = 100 - 100 * i / n + "%";
      grid.prepend(svg("line", { class: "g", x1: 0, x2: "100%", y1: h, y2: h }));
      texts.appendChild(svg("text", { x: -8, y: h })).textContent = number(+(base + i * step).toPrecision(6));
    }
  }
  function line(i, first, last, y, area) {
    const v = values(i), stride = data.s[i].g, window = Math.max(1, Math.ceil((last - first) / 500));
    let d = "", before = -1, low = -1, high = -1;
    const close = () => { if (area && d) d += `L${before * data.step} 500z`; };
    const put = j => {
      const x = j * data.step, gap = before < 0 || j - before > stride * 1.5 + window - 1;
      if (gap) { close(); d += area ? `M${x} 500` : `M${x} ${y(v[j])}h0`; }
      d += `L${x} ${y(v[j])}`;
      before = j;
    };
    for (let j = Math.max(0, first - stride), end = Math.min(v.length - 1, last + stride); j <= end; j++) {
      if (v[j] === v[j]) { if (low < 0 || v[j] < v[low]) low = j; if (high < 0 || v[j] > v[high]) high = j; }
      if (low < 0 || j % window && j < end) continue;
      put(Math.min(low, high));
      if (low !== high) put(Math.max(low, high));
      low = high = -1;
    }
    close();
    return d;
  }
  const times = document.getElementById("times"), whole = [...times.childNodes];
  const reset = element("button", "zoomed off", document.querySelector("#charts .hint"));
  reset.textContent = "whole run";
  reset.onclick = () => zoom(0, data.n);
  function zoom(a, b) {
    if (a === from && b === to) return;
    from = a; to = b;
    const entire = a === 0 && b === data.n;
    reset.classList.toggle("off", entire);
    strip.classList.toggle("part", !entire);
    for (const e of all("#charts svg.p")) { const box = e.viewBox.baseVal; set(e, { viewBox: `${a} ${box.y} ${b - a} ${box.height}` }); }
    charts.forEach(draw);
    times.replaceChildren(...entire ? whole : []);
    const step = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600].find(s => plots[0].clientWidth * s / (b - a) >= (s < 60 ? 80 : 50)) ?? 86400;
    for (let s = Math.ceil((data.t + data.o + a) / step) * step - data.t - data.o; s <= b && !entire; s += step) {
      const x = parseFloat(percent(s));
      times.appendChild(svg("text", { class: "time", x: x + "%", y: 115, "text-anchor": x > 97 ? "end" : "middle" })).textContent = clock(s, step < 60 ? 8 : 5);
    }
    point(at);
  }

  // A pointer moves the crosshair; a mouse that is dragged selects.
  let began = null, shades = [];
  const drop = () => { for (const s of shades) s.remove(); shades = []; began = null; };
  charts.forEach((chart, n) => {
    const area = chart.querySelector(".plot");
    const move = e => { const box = plots[n].getBoundingClientRect(); point(from + (to - from) * (e.clientX - box.left) / box.width); };
    area.onpointerdown = e => {
      move(e);
      if (e.pointerType === "touch" || e.button) return;
      began = at;
      area.setPointerCapture(e.pointerId);
      shades = plots.map(p => p.appendChild(svg("rect", { class: "sel", height: 98, width: 0 })));
    };
    area.onpointermove = e => {
      move(e);
      for (const s of shades) set(s, { x: percent(Math.min(began, at)), width: 100 * Math.abs(at - began) / (to - from) + "%" });
    };
    area.onpointerup = () => {
      const a = began, b = at;
      drop();
      if (a !== null && Math.abs(b - a) > 1) zoom(Math.min(a, b), Math.max(a, b));
    };
    area.onpointercancel = drop;
    area.onpointerleave = e => { if (e.pointerType !== "touch" && began === null) point(null); };
    area.ondblclick = reset.onclick;
  });

  // Keys: arrows move the crosshair while the strip has the focus, Esc comes back.
  set(strip, { tabindex: 0, role: "group", "aria-label": "time: arrow keys move the crosshair of all charts" });
  strip.onkeydown = e => {
    const by = { ArrowLeft: -1, ArrowRight: 1, PageUp: -30, PageDown: 30 }[e.key];
    if (!by) return;
    e.preventDefault();
    point(at === null ? from : at + by);
  };
  addEventListener("keydown", e => { if (e.key === "Escape") { drop(); point(null); zoom(0, data.n); } });
})();
