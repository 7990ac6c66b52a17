"use strict";
// Behaviour of the shell: the where-from panel, charts, tables, dialogs, one click a form.
(function () {
  const chartsFile = document.currentScript.dataset.charts;
  const panel = document.getElementById("where-from");
  const body = document.getElementById("where-from-body");
  const trail = [];

  function openPanel() {
    if (panel) window.tabler.Offcanvas.getOrCreateInstance(panel).show();
  }
  function showBack() {
    const back = body && body.querySelector("[data-origin-back]");
    if (back) back.hidden = trail.length < 2;
  }
  document.addEventListener("htmx:beforeRequest", function (event) {
    const link = event.target.closest ? event.target.closest("[data-where-from]") : null;
    if (!link) return;
    if (!body) { event.preventDefault(); window.location = link.href; return; }
    if (!panel.contains(link)) trail.length = 0;
    openPanel();
  });
  document.addEventListener("htmx:afterSwap", function (event) {
    if (event.detail.target !== body) return;
    trail.push(event.detail.pathInfo.finalRequestPath);
    showBack();
    // The link that was followed is gone; keys must go on reaching the panel.
    if (!panel.contains(document.activeElement)) panel.focus();
  });
  // A session that has ended answers with the page to sign in: that one is shown as a page.
  document.addEventListener("htmx:beforeSwap", function (event) {
    if (event.detail.target !== body) return;
    const wanted = event.detail.pathInfo.finalRequestPath;
    const answered = event.detail.xhr.responseURL;
    if (new URL(answered).pathname === new URL(wanted, window.location.href).pathname) return;
    event.preventDefault();
    window.location = wanted;
  });
  document.addEventListener("htmx:responseError", function (event) {
    if (event.detail.target === body) window.location = event.detail.pathInfo.finalRequestPath;
  });
  // A click for a new tab or window is the browser's: it opens the origin as a page.
  document.addEventListener("click", function (event) {
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
    if (elsewhere && event.target.closest("[data-where-from]")) event.stopPropagation();
  }, true);
  document.addEventListener("click", function (event) {
    const back = event.target.closest("[data-origin-back]");
    if (back && trail.length > 1) {
      trail.pop();
      const address = trail.pop();
      window.htmx.ajax("GET", address, { target: "#where-from-body" });
    }
    const opener = event.target.closest("[data-open-dialog]");
    if (opener) document.getElementById(opener.dataset.openDialog).showModal();
    const closer = event.target.closest("[data-close-dialog]");
    if (closer) closer.closest("dialog").close();
    if (event.target.closest("[data-print]")) window.print();
  });
  // A form is sent once; the button tells that it is being sent.
  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (form.method !== "post" || form.dataset.sent) {
      if (form.dataset.sent) event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    window.setTimeout(function () { delete form.dataset.sent; }, 8000);
  });
  document.addEventListener("change", function (event) {
    if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
    // The browser's own words for a chosen file are in the browser's language, not in the page's.
    const named = event.target.dataset && document.getElementById(event.target.dataset.nameInto);
    if (named && event.target.files.length) named.textContent = event.target.files[0].name;
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
  });

  const colours = ["#1f4e8c", "#c08a2d", "#2f855a", "#8496ad", "#8c4a5b", "#0f766e", "#5b5f97"];
  function draw(place) {
    const source = document.querySelector('script[data-chart="' + place.id + '"]');
    if (!source || !window.echarts) return;
    const data = JSON.parse(source.textContent);
    const stacked = data.kind === "stacked";
    const horizontal = data.kind === "ranking";
    const categories = { type: "category", data: data.labels, axisLabel: { hideOverlap: true, color: "#475569" } };
    const amounts = {
      type: "value", scale: data.kind === "line",
      name: data.unit || "", nameTextStyle: { color: "#64748b" },
      axisLabel: { color: "#475569" }, splitLine: { lineStyle: { color: "#e2e8f0" } },
    };
    if (horizontal) categories.inverse = true;
    const chart = window.echarts.init(place, null, { renderer: "canvas" });
    chart.setOption({
      color: colours, animation: false, textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      grid: { left: 8, right: 16, top: data.series.length > 1 ? 46 : 34, bottom: 6, containLabel: true },
      legend: { show: data.series.length > 1, top: 0, type: "scroll" },
      tooltip: { trigger: "axis", renderMode: "richText", confine: true },
      xAxis: horizontal ? amounts : categories, yAxis: horizontal ? categories : amounts,
      series: data.series.map(function (series) {
        return {
          name: series.name, type: series.kind || (data.kind === "line" ? "line" : "bar"), stack: stacked ? "all" : undefined,
          data: series.values.map(function (v) { return v === null ? null : Number(String(v).replace(/,/g, "")); }),
          connectNulls: false, symbolSize: 5, barMaxWidth: 26,
          lineStyle: series.dashed ? { type: "dashed", width: 1.5 } : { width: 2 },
        };
      }),
    });
    window.addEventListener("resize", function () { chart.resize(); });
    window.addEventListener("beforeprint", function () { chart.resize(); });
  }
  // The drawing library is large: a page without charts does not load it.
  let library = null;
  function drawAll(root) {
    const places = root.querySelectorAll(".chart-canvas");
    if (!places.length) return;
    library = library || new Promise(function (loaded) {
      const script = document.createElement("script");
      script.src = chartsFile;
      script.onload = loaded;
      document.head.append(script);
    });
    library.then(function () { places.forEach(draw); });
  }
  drawAll(document);
  document.addEventListener("htmx:load", function (event) {
    if (event.target !== document.body) drawAll(event.target);
  });
})();
