// The server sends each page with its words, tables and drawings, so that it can be read at once. The script lays out the
// same page again below it, out of sight, with charts that answer a pointer. When that one is complete, this takes the
// first one away and carries over what the reader has done meanwhile. Without the script the first view simply stays.
(() => {
  const first = document.getElementById("first-view");
  const page = document.getElementById("react-entry-point");
  const CONTROLS = "a[href], button, select, textarea, summary, [tabindex='0']";

  const isComplete = () =>
    page.querySelector("h1") &&
    !page.querySelector(".dash-graph--pending") &&
    [...page.querySelectorAll(".app-graph")].every((graph) => graph.querySelector("svg.main-svg"));

  const inPlaceOf = (element, selector) =>
    page.querySelectorAll(selector)[[...first.querySelectorAll(selector)].indexOf(element)];

  const carryOver = () => {
    for (const field of first.querySelectorAll("select, textarea")) {
      const same = inPlaceOf(field, "select, textarea");
      if (same && same.value !== field.value) same.value = field.value;
    }
    for (const part of first.querySelectorAll("details")) {
      const same = inPlaceOf(part, "details");
      if (same) same.open = part.open;
    }
    return first.contains(document.activeElement) ? inPlaceOf(document.activeElement, CONTROLS) : null;
  };

  const change = () => {
    if (!isComplete()) return;
    watcher.disconnect();
    const [x, y] = [window.scrollX, window.scrollY];
    const inUse = carryOver();
    first.remove();
    window.scrollTo(x, y);
    if (inUse) inUse.focus({ preventScroll: true });
  };

  const watcher = new MutationObserver(change);
  watcher.observe(page, { attributes: true, attributeFilter: ["class"], childList: true, subtree: true });
})();
