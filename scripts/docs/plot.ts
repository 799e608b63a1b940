/** An op as a picture, an SVG without anything else: f and f', and errors in ULP against x. */
import { fewer, type Point } from "../../bench/html/parts/fewer.ts";
import { BESIDE, gridOf, jumpsOf, SHOWN } from "../../oracle/curves.ts";
import type { Op } from "./ops.ts";

/** x on the axis of an error: linear near 0, logarithmic beyond, to both sides. */
const NEAR = 2 ** -16;
const FAR = 2 ** 16;
const SPAN = Math.log2(1 + FAR / NEAR);

/** Position on the axis, -1 to 1, of x. */
const positionOf = (x: number) => (Math.sign(x) * Math.log2(1 + Math.abs(x) / NEAR)) / SPAN;
/** And back. */
const xAt = (position: number) => Math.sign(position) * NEAR * (2 ** (Math.abs(position) * SPAN) - 1);

const SAMPLES = 2 ** 20;
/** Each is BIN wide. */
const BINS = 296;
const BIN = 2;

const LEFT = 40;
const RIGHT = LEFT + BINS * BIN;
const WIDTH = RIGHT + 8;
const TOP = 24;
const GAP = 44;
const PANEL = 120;
const CURVES = 200;
/** Inside the panel of the curves, above and below. */
const MARGIN = 6;

/** Inputs at equal distances of the axis. */
export function plotInputs(): Float32Array {
  return Float32Array.from({ length: SAMPLES }, (_, i) => xAt(((i + 0.5) / SAMPLES) * 2 - 1));
}

/** The largest error in each bin, of errors for the inputs above. */
export function largestByBin(errors: Float64Array): number[] {
  const largest = new Array<number>(BINS).fill(0);
  for (let i = 0; i < SAMPLES; i++) {
    const bin = Math.floor((i * BINS) / SAMPLES);
    largest[bin] = Math.max(largest[bin] as number, errors[i] as number);
  }
  return largest;
}

const ticks = [-1e4, -100, -1, -0.01, 0, 0.01, 1, 100, 1e4];
const across = (position: number) => LEFT + ((position + 1) / 2) * (RIGHT - LEFT);
const label = (x: number) => (Math.abs(x) >= 1e4 || (x !== 0 && Math.abs(x) < 0.001) ? x.toExponential(0) : String(x));
/** A tenth of a unit is enough. */
const tenth = (x: number) => Number(x.toFixed(1)) + 0;

const rule = (y: number, text: string) =>
  `<path class="r" d="M${LEFT} ${tenth(y)}H${RIGHT}"/><text x="${LEFT - 6}" y="${tenth(y + 4)}" text-anchor="end">${text}</text>`;
const mark = (x: number, y: number, text: string) =>
  `<text x="${tenth(x)}" y="${y}" text-anchor="middle">${text}</text>`;

function errorPanel(title: string, bins: readonly number[], top: number): string {
  const most = Math.max(1, Math.ceil(Math.max(...bins)));
  const down = (ulp: number) => Math.round(top + PANEL * (1 - ulp / most));
  // Steps: along the bins of a height, then up or down to the next.
  let path = "";
  for (let i = 0; i < BINS; ) {
    const y = down(bins[i] as number);
    let width = 0;
    for (; i < BINS && down(bins[i] as number) === y; i++) width += BIN;
    path += `V${y}h${width}`;
  }
  return (
    `<text x="${LEFT}" y="${top - 8}">${title}</text>` +
    [0, most / 2, most].map((ulp) => rule(down(ulp), String(ulp))).join("") +
    ticks.map((x) => mark(across(positionOf(x)), top + PANEL + 14, label(x))).join("") +
    `<path class="e" d="M${LEFT} ${down(0)}${path}V${down(0)}z"/>`
  );
}

const xOf = (x: number) => LEFT + ((x + SHOWN) / (2 * SHOWN)) * (RIGHT - LEFT);
/** A line for each piece between jumps. */
function curvePath(f: (x: number) => number, yOf: (y: number) => number): string {
  const ends = [-SHOWN, ...jumpsOf(f), SHOWN];
  return ends
    .slice(1)
    .map((end, i) => {
      const start = ends[i] as number;
      const inner = gridOf(-SHOWN, SHOWN, SHOWN / BINS).filter((x) => x > start && x < end);
      const points = [start + BESIDE, ...inner, end - BESIDE].map((x): Point => [xOf(x), yOf(f(x))]);
      return fewer(points)
        .map(([x, y], j) => `${j === 0 ? "M" : j === 1 ? "L" : " "}${tenth(x)} ${tenth(y)}`)
        .join("");
    })
    .join("");
}

/** f and f', with a dot for the value that stands at a jump. */
export function curvesPanel({ name, curve }: Op): string {
  const { value, derivative, of } = curve;
  const shown = gridOf(-SHOWN, SHOWN, SHOWN / BINS).flatMap((x) => [value(x), derivative(x)]);
  const low = Math.max(-6, Math.floor(Math.min(...shown) + 1e-9));
  const high = Math.max(low + 1, Math.min(6, Math.ceil(Math.max(...shown) - 1e-9)));
  const inner = CURVES - 2 * MARGIN;
  // Far outside it does not matter how far.
  const yOf = (y: number) =>
    TOP + MARGIN + (inner * (high - Math.min(Math.max(y, 2 * low - high), 2 * high - low))) / (high - low);
  const dots = (f: (x: number) => number, kind: string) =>
    jumpsOf(f)
      .map((x) => `<circle class="${kind}" cx="${tenth(xOf(x))}" cy="${tenth(yOf(f(x)))}" r="3"/>`)
      .join("");
  const step = high - low > 4 ? 2 : high - low > 2 ? 1 : high - low > 1 ? 0.5 : 0.25;
  const rules = gridOf(Math.ceil(low / step) * step, Math.floor(high / step) * step, step);
  return (
    `<text x="${LEFT}" y="${TOP - 8}"><tspan class="F">${name}</tspan> and <tspan class="D">its derivative</tspan>` +
    `${of ? ` against x, ${of}` : " against x"}</text>` +
    rules.map((y) => rule(yOf(y), String(y))).join("") +
    [-6, -4, -2, 0, 2, 4, 6].map((x) => mark(xOf(x), TOP + CURVES + 14, String(x))).join("") +
    `<path class="r" d="M${xOf(0)} ${TOP}V${TOP + CURVES}"/>` +
    `<clipPath id="c"><rect x="${LEFT}" y="${TOP}" width="${RIGHT - LEFT}" height="${CURVES}"/></clipPath>` +
    `<g clip-path="url(#c)"><path class="f" d="${curvePath(value, yOf)}"/>` +
    `<path class="d" d="${curvePath(derivative, yOf)}"/></g>${dots(value, "F")}${dots(derivative, "D")}`
  );
}

export interface Errors {
  readonly of: string;
  readonly bins: readonly number[];
}

/** The picture of an op: f and f', then what errors there are. */
export function plot(op: Op, errors: readonly Errors[]): string {
  const below = TOP + CURVES + GAP;
  const height = below + errors.length * (PANEL + GAP) - 20;
  const panels = errors.map(({ of, bins }, i) =>
    errorPanel(
      `${of}: error in ULP against x${bins.every((ulp) => ulp === 0) ? "; none" : ""}`,
      bins,
      below + i * (PANEL + GAP),
    ),
  );
  const title = `${op.name} and its derivative${errors.length > 0 ? `, and the errors of ${errors.map(({ of }) => of).join(" and ")}` : ""}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="11" role="img">
<title>${title}</title>
<style>text{fill:#777}.r{stroke:#999;stroke-opacity:.4}.e{fill:#47a}.f,.d{fill:none;stroke:#27b;stroke-width:2}.d{stroke:#d60;stroke-dasharray:6 3}.F{fill:#27b}.D{fill:#d60}</style>
${[curvesPanel(op), ...panels].join("\n")}
</svg>
`;
}
