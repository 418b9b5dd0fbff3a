/// What makes a flame graph answer to clicks and keys.
///
/// It reads frames from the drawing, and writes text only as text. It holds neither `<` before a letter nor
/// `]]>`, so that it is the same in a file of its own and within a page.
enum FlameGraphScript {
  static let text: StaticString = """
    (function () {
      "use strict";
      var WIDTH = 1200, MARGIN = 10, COLUMNS = 4000, CHARACTER = 7.25;
      var svg = document.currentScript ? document.currentScript.ownerSVGElement : document.documentElement;
      function byId(id) { return svg.querySelector("#" + id); }
      var frames = [], zoomed = null, pattern = null;
      function start() {
        frames = Array.prototype.map.call(svg.querySelectorAll("g.f"), function (g) {
          var title = g.querySelector("title").textContent;
          return {
            g: g, rect: g.querySelector("rect"), label: g.querySelector("text"), title: title,
            name: title.split("\\n")[0], isMark: title.indexOf("\\n") === -1,
            x: +g.getAttribute("data-x"), w: +g.getAttribute("data-w"), d: +g.getAttribute("data-d")
          };
        });
        frames.forEach(function (f) {
          f.g.addEventListener("click", function () { zoom(f); });
          f.g.addEventListener("mouseover", function () { byId("about").textContent = f.title.replace("\\n", ": "); });
          f.g.addEventListener("mouseout", function () { byId("about").textContent = ""; });
        });
        byId("reset").addEventListener("click", function () { zoom(null); });
        byId("find").addEventListener("click", ask);
        window.addEventListener("keydown", function (event) {
          var isFind = (event.ctrlKey || event.metaKey) && event.key === "f";
          if (isFind || event.key === "F3" || event.key === "/") { event.preventDefault(); ask(); }
          if (event.key === "Escape") { if (pattern) { find(""); } else { zoom(null); } }
        });
      }
      function short(name, pixels) {
        var room = Math.floor((pixels - 6) / CHARACTER), result = "";
        if (3 > room) { return ""; }
        for (var sign of name) {
          room -= sign.codePointAt(0) >= 0x1100 ? 2 : 1;
          if (0 > room) { return Array.from(result).slice(0, -1).join("") + "\\u2026"; }
          result += sign;
        }
        return result;
      }
      function zoom(target) {
        zoomed = target && target.w !== COLUMNS ? target : null;
        var x0 = zoomed ? zoomed.x : 0, w0 = zoomed ? zoomed.w : COLUMNS, depth = zoomed ? zoomed.d : 0;
        var scale = (WIDTH - 2 * MARGIN) / w0;
        frames.forEach(function (f) {
          var isAbove = depth > f.d && x0 >= f.x && f.x + f.w >= x0 + w0;
          var isBelow = f.d >= depth && f.x >= x0 && x0 + w0 >= f.x + f.w;
          var x = isAbove ? MARGIN : MARGIN + (f.x - x0) * scale;
          var width = isAbove ? WIDTH - 2 * MARGIN : f.w * scale;
          f.g.style.display = isAbove || isBelow ? "" : "none";
          f.g.classList.toggle("up", isAbove);
          if (!isAbove && !isBelow) { return; }
          f.rect.setAttribute("x", x.toFixed(2));
          f.rect.setAttribute("width", width.toFixed(2));
          f.label.setAttribute("x", (x + 3).toFixed(2));
          f.label.textContent = f.isMark ? "" : short(f.name, width);
        });
        byId("reset").setAttribute("visibility", zoomed ? "visible" : "hidden");
      }
      function ask() {
        var text = window.prompt("Search function names (regular expression)", pattern ? pattern.source : "");
        if (text !== null) { find(text); }
      }
      function find(text) {
        try {
          pattern = text ? new RegExp(text, text === text.toLowerCase() ? "iu" : "u") : null;
        } catch (error) {
          byId("found").textContent = String(error.message);
          return;
        }
        var hits = [];
        frames.forEach(function (f) {
          var isHit = pattern !== null && !f.isMark && pattern.test(f.name);
          f.g.classList.toggle("hit", isHit);
          if (isHit) { hits.push(f); }
        });
        hits.sort(function (a, b) { return a.x - b.x || b.w - a.w; });
        var end = -1, covered = 0;
        hits.forEach(function (f) {
          if (f.x >= end) { covered += f.w; end = f.x + f.w; }
        });
        byId("found").textContent = pattern
          ? hits.length + " frames, " + (100 * covered / COLUMNS).toFixed(1) + "% of all" : "";
      }
      if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", start); } else { start(); }
    })();

    """
}
