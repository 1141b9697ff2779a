// ---- the tabs

// addTabs has Locust's web UI, which has not begun yet, show tabs, and puts what they show beneath the tabs while one is chosen. The tabs and
// the links of the tab Download Data come through what Locust has for that: extendedTabs and extendedCsvFiles.
function addTabs(args, tabs) {
  const others = args.extendedTabs || [];
  args.extendedTabs = [...others, ...tabs.map(({ title, name }) => ({ title, key: others.some(tab => tab.key === name) ? `gregaria-${name}` : name }))];
  args.extendedCsvFiles = [...(args.extendedCsvFiles || []), ...tabs.flatMap(tab => tab.files)];
  let place = null, of = null;
  const sync = () => {
    const labels = [...document.querySelectorAll("[role=tab]")];
    const labelOf = ({ title }) => labels.filter(label => label.textContent.trim() === title).pop(); // ours comes last
    const tab = tabs.find(tab => labelOf(tab) && labelOf(tab).getAttribute("aria-selected") === "true");
    const beneath = tab && labelOf(tab).closest("[class*=MuiContainer-root]");
    if (place && tab === of && place.parentElement === beneath) return;
    if (place) place.remove();
    place = null;
    of = tab;
    if (!beneath) return;
    place = document.createElement("div");
    beneath.append(place);
    mount(place, false, tab.begin);
  };
  new MutationObserver(sync).observe(document.getElementById("root") || document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-selected"] });
}

// showAlone shows the tabs on a page of their own, one at a time.
function showAlone(main, tabs) {
  const open = chosen => {
    store("gregaria.tab", chosen.name);
    const place = element("div");
    const bar = element("div", { class: "tabs" }, choice("Tab", tabs.map(tab => [tab, tab.title]), chosen, open));
    main.replaceChildren(place);
    mount(place, true, (frame) => {
      if (tabs.length > 1) frame.page.prepend(bar);
      return chosen.begin(frame);
    });
  };
  open(tabs.find(tab => tab.name === store("gregaria.tab")) || tabs[0]);
}

const metrics = JSON.parse(script.dataset.hosts || "[]").map((name, i) => ({ href: `./gregaria/csv?host=${i}`, title: `Download metrics CSV of ${name}` }));
const seconds = script.dataset.timings === "csv" ? [{ href: "./gregaria/timings/csv", title: "Download timings CSV" }] : [];
const tabs = [{ title: "Resources", name: "resources", begin: resources, files: metrics }];
if (script.dataset.timings) tabs.push({ title: "Timings", name: "timings", begin: timings, files: seconds });
if (window.templateArgs) addTabs(window.templateArgs, tabs);
else if (document.querySelector("main")) showAlone(document.querySelector("main"), tabs);
