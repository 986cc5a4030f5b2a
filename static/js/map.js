// Maps: every <div class="map" data-geojson="/address" data-tiles=""> becomes a Leaflet map of that GeoJSON.
// Colours and widths are CSS, by the features' classes; texts from data are only ever written as text.
"use strict";

(function () {
  const SVG = "http://www.w3.org/2000/svg";

  function shape(name, attributes, words) {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    if (words) node.textContent = words;
    return node;
  }

  // A sign is a small drawing that stays upright and of one size: a violated bus, a transformer.
  function sign(latlng, parts, properties) {
    const drawing = shape("svg", { width: 26, height: 26, viewBox: "-13 -13 26 26", "aria-hidden": "true" });
    drawing.append(...parts);
    const icon = L.divIcon({ html: drawing, className: "sign", iconSize: [26, 26] });
    return L.marker(latlng, { icon: icon, title: properties.label, alt: properties.label });
  }

  function triangle(kind) {
    const up = kind === "v-above" || kind === "violated";
    const outline = up ? "M0 -10L11 8H-11Z" : "M0 10L11 -8H-11Z";
    return [shape("path", { d: outline, class: kind === "violated" ? "point violated" : kind }),
      shape("text", { y: up ? 6 : 2 }, "!")];
  }

  function coils() {
    return [shape("circle", { cx: 0, cy: 0, r: 12, class: "plate" }),
      shape("circle", { cx: -4, cy: 0, r: 7, class: "coil" }),
      shape("circle", { cx: 4, cy: 0, r: 7, class: "coil" })];
  }

  function point(feature, latlng) {
    const properties = feature.properties;
    if (properties.kind === "transformer") return sign(latlng, coils(), properties);
    if (["v-above", "v-below", "violated"].includes(properties.class)) {
      return sign(latlng, triangle(properties.class), properties);
    }
    const radius = properties.kind === "bus" ? 6 : 9;
    return L.circleMarker(latlng, { radius: radius });
  }

  function kindOf(feature) {
    return feature.geometry.type === "Point" ? "point" : "line";
  }

  function popup(properties) {
    const box = document.createElement("div");
    box.append(document.createTextNode(properties.label));
    if (properties.url && properties.url.startsWith("/")) {
      const link = document.createElement("a");
      link.href = properties.url;
      link.textContent = "Open " + properties.id;
      box.append(document.createElement("br"), link);
    }
    return box;
  }

  // Leaflet's paths take no keyboard focus of their own; markers do.
  function reachable(layer, properties) {
    const path = layer.getElement && layer.getElement();
    if (!path) return;
    path.setAttribute("tabindex", "0");
    path.setAttribute("role", "button");
    path.setAttribute("aria-label", properties.label);
    path.addEventListener("keydown", function (event) {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        layer.openPopup();
      }
    });
  }

  function draw(box, data) {
    const map = L.map(box, { scrollWheelZoom: false, maxZoom: 19, zoomSnap: 0.5 });
    map.attributionControl.setPrefix("Leaflet");
    if (box.dataset.tiles) {
      L.tileLayer(box.dataset.tiles, { attribution: box.dataset.attribution || "", maxZoom: 19 }).addTo(map);
    }
    const layer = L.geoJSON(data, {
      style: (feature) => ({ className: kindOf(feature) + " " + feature.properties.class }),
      pointToLayer: point,
      onEachFeature: (feature, part) => part.bindPopup(() => popup(feature.properties)),
    });
    if (data.features.length) map.fitBounds(layer.getBounds(), { padding: [24, 24], maxZoom: 18 });
    else map.setView([0, 0], 2);
    layer.addTo(map);
    layer.eachLayer((part) => reachable(part, part.feature.properties));
    L.control.scale({ imperial: false, maxWidth: 160 }).addTo(map);
    map.on("focus", () => map.scrollWheelZoom.enable());
    map.on("blur", () => map.scrollWheelZoom.disable());
  }

  function start(box) {
    if (box.dataset.started) return;
    box.dataset.started = "yes";
    fetch(box.dataset.geojson, { headers: { Accept: "application/json" } })
      .then(function (response) {
        if (!response.ok) throw new Error("answered " + response.status);
        return response.json();
      })
      .then(function (data) {
        if (box.isConnected) draw(box, data);
      })
      .catch(function (error) {
        box.classList.add("map-failed");
        box.textContent = "The map could not be drawn (" + error.message + "). The tables hold the same numbers.";
      });
  }

  function startAll(root) {
    if (root.matches && root.matches(".map[data-geojson]")) start(root);
    root.querySelectorAll(".map[data-geojson]").forEach(start);
  }

  document.addEventListener("htmx:load", (event) => startAll(event.detail.elt));
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => startAll(document));
  else startAll(document);
})();
