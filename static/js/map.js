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
    return L.marker(latlng, { icon: icon, alt: properties.label });
  }

  function triangle(kind) {
    const up = kind === "v-above" || kind === "violated";
    const outline = up ? "M0 -10L11 8H-11Z" : "M0 10L11 -8H-11Z";
    return [shape("path", { d: outline, class: kind === "violated" ? "point violated" : kind }),
      shape("text", { y: up ? 6 : 2 }, "!")];
  }

  function coils(kind) {
    return [shape("circle", { cx: 0, cy: 0, r: 12, class: "plate" }),
      shape("circle", { cx: -4, cy: 0, r: 7, class: kind }),
      shape("circle", { cx: 4, cy: 0, r: 7, class: kind })];
  }

  function point(feature, latlng) {
    const properties = feature.properties;
    if (properties.kind === "transformer") return sign(latlng, coils("coil line " + properties.class), properties);
    if (["v-above", "v-below", "violated"].includes(properties.class)) {
      return sign(latlng, triangle(properties.class), properties);
    }
    const radius = properties.kind === "bus" ? 6 : 9;
    return L.circleMarker(latlng, { radius: radius });
  }

  function kindOf(feature) {
    return feature.geometry.type === "Point" ? "point" : "line";
  }

  // Names stay beside the points of the map of all; everything else is told on hover.
  function hover(properties) {
    const words = document.createElement("span");
    words.textContent = properties.name || properties.label;
    return words;
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

  // Every element has a name and takes the keyboard; Leaflet gives only markers the latter.
  function reachable(layer, properties) {
    const path = layer.getElement();
    path.setAttribute("aria-label", properties.label);
    if (layer instanceof L.Marker) return;
    path.setAttribute("tabindex", "0");
    path.setAttribute("role", "button");
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
    if (box.dataset.tiles && !data.plain) {
      L.tileLayer(box.dataset.tiles, { attribution: box.dataset.attribution || "", maxZoom: 19 }).addTo(map);
    }
    const layer = L.geoJSON(data, {
      style: (feature) => ({ className: kindOf(feature) + " " + feature.properties.class }),
      pointToLayer: point,
      onEachFeature: function (feature, part) {
        const named = Boolean(feature.properties.name);
        part.bindPopup(() => popup(feature.properties));
        part.bindTooltip(() => hover(feature.properties), {
          permanent: named, sticky: !named, offset: named ? [10, 0] : [0, 0], className: named ? "name" : "",
        });
      },
    });
    const bounds = layer.getBounds(); // not valid where nothing has a place
    if (bounds.isValid()) map.fitBounds(bounds, { padding: [32, 32], maxZoom: 18 });
    else map.setView([0, 0], 2);
    layer.addTo(map);
    layer.eachLayer((part) => reachable(part, part.feature.properties));
    L.control.scale({ imperial: false, maxWidth: 160 }).addTo(map);
    map.on("zoomend", () => thinNames(box));
    thinNames(box);
    // The wheel scrolls the page until someone is at work in the map.
    map.on("focus", () => map.scrollWheelZoom.enable());
    map.on("blur", () => map.scrollWheelZoom.disable());
  }

  function covers(one, other) {
    return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
  }

  // Names that would cover another or leave the map stay away; zooming in brings them back.
  function thinNames(box) {
    const edges = box.getBoundingClientRect();
    const kept = [];
    for (const name of box.querySelectorAll(".leaflet-tooltip.name")) {
      const own = name.getBoundingClientRect();
      const outside = own.left < edges.left || own.right > edges.right;
      const hidden = outside || kept.some((other) => covers(own, other));
      name.classList.toggle("covered", hidden);
      if (!hidden) kept.push(own);
    }
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
