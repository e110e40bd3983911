// QR codes as SVG: black on white, with the margin that readers want.
import { correction, generate, mode } from "lean-qr";
import { textOf } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 4;

/** A QR code of an ASCII text, or null if it is too long for one. */
export function drawQR(text, name) {
  let code;
  try {
    code = generate(text, {
      modes: [mode.numeric, mode.alphaNumeric, mode.ascii],
      minCorrectionLevel: correction.M,
      maxCorrectionLevel: correction.Q,
    });
  } catch {
    try {
      code = generate(text, { modes: [mode.ascii], minCorrectionLevel: correction.L });
    } catch {
      return null;
    }
  }
  const svg = document.createElementNS(SVG, "svg");
  const size = code.size + 2 * MARGIN;
  svg.setAttribute("viewBox", `${-MARGIN} ${-MARGIN} ${size} ${size}`);
  svg.setAttribute("shape-rendering", "crispEdges");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", textOf(name));
  svg.setAttribute("class", "qr");
  svg.append(
    shape("rect", { x: -MARGIN, y: -MARGIN, width: size, height: size, fill: "#fff" }),
    shape("path", { d: outline(code), fill: "#000" }),
  );
  return svg;
}

function shape(tag, attributes) {
  const e = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) e.setAttribute(name, value);
  return e;
}

/** The dark squares, each run in a row as one bar. */
function outline(code) {
  let path = "";
  for (let y = 0; y < code.size; y++) {
    for (let x = 0; x < code.size; x++) {
      const from = x;
      while (x < code.size && code.get(x, y)) x++;
      if (x > from) path += `M${from} ${y}h${x - from}v1h${from - x}z`;
    }
  }
  return path;
}
