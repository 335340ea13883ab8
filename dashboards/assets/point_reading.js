// Reads a chart point by point: the arrow keys go from one to the next, its words are announced below the chart, and a
// ring marks it in the drawing. Words and order come from Python (dashboards/point_reading.py).
// Everything listens on the document, because Dash draws the page later and may draw it again.
(() => {
  "use strict";

  let reading = null; // the reader in use, its series, and where in them it is

  const drawingOf = (series) => document.getElementById(series.chart)?.querySelector(".js-plotly-plot");
  const pointsOf = (target) => target.closest?.(".app-reading__points");

  function start(button) {
    stop();
    const frame = button.closest(".app-reading");
    reading = { frame, series: JSON.parse(frame.dataset.series), line: 0, place: 0, ring: null };
    frame.querySelector(".app-reading__points").focus();
    tell();
  }

  function stop() {
    if (!reading) return;
    unmark();
    reading.frame.querySelector(".app-reading__words").textContent = "";
    reading = null;
  }

  function tell() {
    const { frame, series, line, place } = reading;
    const here = series[line];
    const [curve, number] = here.points[place];
    const drawing = drawingOf(here);
    const output = frame.querySelector(".app-reading__words");
    unmark();
    if (!drawing?.data) {
      output.textContent = "The chart is not drawn yet.";
      return;
    }
    mark(drawing, curve, number);
    const words = drawing.data[curve].hovertext[number].replaceAll("<br>", " ");
    const among = series.length > 1 ? `, series ${line + 1} of ${series.length}` : "";
    output.textContent =
      `${here.title && `${here.title}. `}${words} (point ${place + 1} of ${here.points.length}${among})`;
  }

  function mark(drawing, curve, number) {
    const { xaxis, yaxis } = drawing._fullLayout;
    const { type, orientation } = drawing.data[curve];
    const { x, y, s } = drawing.calcdata[curve][number];
    // A bar is marked in its middle: at its end it would touch the next part.
    const [left, up] = type !== "bar" ? [0, 0] : orientation === "h" ? [s / 2, 0] : [0, s / 2];
    const ring = document.createElement("div");
    ring.className = "app-reading__mark";
    ring.style.left = `${xaxis._offset + xaxis.c2p(x - left)}px`;
    ring.style.top = `${yaxis._offset + yaxis.c2p(y - up)}px`;
    drawing.append(ring);
    reading.ring = ring;
  }

  function unmark() {
    reading.ring?.remove();
    reading.ring = null;
  }

  function goTo(place) {
    reading.place = Math.max(0, Math.min(place, reading.series[reading.line].points.length - 1));
    tell();
  }

  // Another series, at the point that stands nearest to this one: the same year, row or day.
  function goAcross(line) {
    if (line < 0 || line >= reading.series.length) return;
    const at = stands(reading.series[reading.line], reading.place);
    reading.line = line;
    const away = reading.series[line].points.map((_, place) => Math.abs(stands(reading.series[line], place) - at));
    goTo(away.indexOf(Math.min(...away)));
  }

  function stands(series, place) {
    const [curve, number] = series.points[place];
    return drawingOf(series)?.data?.[curve].customdata[number] ?? place;
  }

  const KEYS = {
    ArrowRight: () => goTo(reading.place + 1),
    ArrowLeft: () => goTo(reading.place - 1),
    ArrowDown: () => goAcross(reading.line + 1),
    ArrowUp: () => goAcross(reading.line - 1),
    Home: () => goTo(0),
    End: () => goTo(Infinity),
    Escape: () => reading.frame.querySelector(".app-reading__start").focus(), // which ends the reading, as Tab does
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".app-reading__start");
    if (button) start(button);
  });

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const isOnButton = event.target.classList?.contains("app-reading__start");
    if (isOnButton && event.key === "ArrowRight") start(event.target);
    else if (reading && pointsOf(event.target) && event.key in KEYS) KEYS[event.key]();
    else return;
    event.preventDefault();
  });

  // The drawing takes another shape: the ring waits for the next key rather than mark the wrong place.
  window.addEventListener("resize", () => reading && unmark());

  document.addEventListener("focusout", (event) => {
    if (pointsOf(event.target)) stop();
  });
})();
