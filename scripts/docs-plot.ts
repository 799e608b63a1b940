/** Error in ULP against x, forward and gradient, as an SVG without anything else. */

/** x on the axis: linear near 0, logarithmic beyond, to both sides. */
const NEAR = 2 ** -16;
const FAR = 2 ** 16;
const SPAN = Math.log2(1 + FAR / NEAR);

/** Position on the axis, -1 to 1, of x. */
const positionOf = (x: number) => (Math.sign(x) * Math.log2(1 + Math.abs(x) / NEAR)) / SPAN;
/** And back. */
const xAt = (position: number) => Math.sign(position) * NEAR * (2 ** (Math.abs(position) * SPAN) - 1);

const SAMPLES = 2 ** 20;
const BINS = 256;

const WIDTH = 640;
const PANEL = 120;
const LEFT = 40;
const TOP = 24;
const GAP = 44;

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
const across = (position: number) => LEFT + ((position + 1) / 2) * (WIDTH - LEFT - 8);
const label = (x: number) => (Math.abs(x) >= 1e4 || (x !== 0 && Math.abs(x) < 0.001) ? x.toExponential(0) : String(x));

function panel(title: string, bins: readonly number[], top: number): string {
  const most = Math.max(1, Math.ceil(Math.max(...bins)));
  const down = (ulp: number) => top + PANEL * (1 - ulp / most);
  const step = (WIDTH - LEFT - 8) / BINS;
  // Steps: along the bin, then up or down to the next.
  const path = bins.map((ulp) => `V${down(ulp).toFixed(1)}h${step.toFixed(3)}`).join("");
  const rules = [0, most / 2, most]
    .map(
      (ulp) =>
        `<path class="r" d="M${LEFT} ${down(ulp)}H${WIDTH - 8}"/><text x="${LEFT - 6}" y="${down(ulp) + 4}" text-anchor="end">${ulp}</text>`,
    )
    .join("");
  const marks = ticks
    .map(
      (x) =>
        `<text x="${across(positionOf(x)).toFixed(1)}" y="${top + PANEL + 14}" text-anchor="middle">${label(x)}</text>`,
    )
    .join("");
  return (
    `<text x="${LEFT}" y="${top - 8}">${title}</text>${rules}${marks}` +
    `<path class="e" d="M${LEFT} ${down(0)}${path}V${down(0)}z"/>`
  );
}

/** The picture of one activation: what each panel shows, and its bins. */
export function plot(panels: readonly { readonly title: string; readonly bins: readonly number[] }[]): string {
  const height = TOP + panels.length * (PANEL + GAP);
  const body = panels.map(({ title, bins }, i) => panel(title, bins, TOP + i * (PANEL + GAP))).join("\n");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="11">
<style>text{fill:#777}.r{stroke:#999;stroke-opacity:.4}.e{fill:#47a}</style>
${body}
</svg>
`;
}
