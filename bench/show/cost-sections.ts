/** What it costs: in itself, by size, by input, at the start, in a network. */
import type { Figures, Situation } from "../html/figures.ts";
import { DIRECTIONS, MODES, nsText } from "../html/words.ts";
import { COPY, YARDSTICK } from "../lookup.ts";
import type { Change, Cost, Engine, Mode, Network, Report } from "../results.ts";
import { median } from "../statistics.ts";
import { digits, NOTHING, percent, ratioText, sizeText, spreadOf } from "./figures.ts";
import type { Section } from "./section.ts";

const spread = (cost: Cost | undefined) => (cost ? `±${(100 * spreadOf(cost)).toFixed(0)}%` : NOTHING);

function mainSection(figures: Figures): Section[] {
  const { opening } = figures;
  const pairs = figures.pairs(opening);
  if (pairs.length === 0) return [];
  const back: Situation = { ...opening, direction: "gradient" };
  const copied: Situation = { ...opening, mode: "out" };
  const gradients = figures.directions.includes("gradient") && opening.direction === "forward";
  const copies = figures.modes.includes("out") && opening.mode !== "out";
  const yardstick = figures.cost(YARDSTICK, opening);
  const rows = pairs.map(({ op, ours, js }) => [
    op,
    nsText(ours),
    spread(ours),
    ratioText(ours, yardstick),
    ratioText(js, ours),
    ...(copies ? [nsText(figures.cost(op, copied))] : []),
    ...(gradients
      ? [nsText(figures.cost(op, back)), ratioText(figures.cost(op, back, "js"), figures.cost(op, back))]
      : []),
  ]);
  const copy = figures.copy(opening);
  return [
    {
      title: `Cost, ns per element: ${DIRECTIONS[opening.direction]}, n = ${sizeText(opening.n)}, ${MODES[opening.mode]}`,
      notes: [
        `: ${YARDSTICK} is the cost in ${YARDSTICK}s, JS : wasm the time of a bare loop in plain JavaScript over ours${copies ? `, copied the cost with ordinary arrays, ${MODES.out}` : ""}.${copy ? ` A copy takes ${nsText(copy)} ns (${digits(copy.gbPerSecond)} GB/s).` : ""}`,
      ],
      table: {
        head: [
          "op",
          "ns",
          "±",
          `: ${YARDSTICK}`,
          "JS : wasm",
          ...(copies ? ["copied"] : []),
          ...(gradients ? ["gradient", "JS : wasm"] : []),
        ],
        rows,
        bars: pairs.map(({ ours }) => ours.ns.median),
      },
    },
  ];
}

function sizesSection(figures: Figures): Section[] {
  const { sizes, opening, report } = figures;
  if (sizes.length < 2) return [];
  const row = (name: string, at: (n: number) => string) => [name, ...sizes.map(at)];
  const rows = figures.pairs(opening).map(({ op }) => row(op, (n) => nsText(figures.cost(op, { ...opening, n }))));
  const copy = (n: number) => figures.copy({ ...opening, n });
  const total = report.baselines.some(({ op }) => op === COPY)
    ? [row("a copy", (n) => nsText(copy(n))), row("a copy, GB/s", (n) => digits(copy(n)?.gbPerSecond))]
    : [];
  return [
    {
      title: `Cost by size, ns per element: ${DIRECTIONS[opening.direction]}, ${MODES[opening.mode]}`,
      notes: ["The more of a cache or of the memory the arrays take, the nearer the cheap ops come to a copy."],
      table: { head: ["n", ...sizes.map(sizeText)], rows: [...rows, ...total] },
    },
  ];
}

/** Short arrays are ordinary ones as a rule. */
const callMode = (modes: readonly Mode[]) => (modes.includes("out") ? "out" : modes[0]);

function callsSection({ calls, settings: { modes } }: Report, figures: Figures): Section[] {
  const mode = callMode(figures.modes) ?? modes[0];
  const of = calls.filter((call) => call.mode === mode && call.direction === figures.opening.direction);
  const n = of[0]?.n;
  if (n === undefined || !mode) return [];
  const perCall = (op: string, engine: Engine) =>
    nsText(figures.cost(op, { ...figures.opening, mode, n }, engine), 1 / n);
  const rows = of.map(({ op, winsFrom }) => [
    op,
    perCall(op, "wasm"),
    perCall(op, "js"),
    winsFrom === null ? "never" : String(winsFrom),
  ]);
  return [
    {
      title: `Short arrays: ns per call with n = ${n}, ${MODES[mode]}`,
      notes: ["wins from: the length from which on ours is faster than the bare loop, between the lengths measured."],
      table: { head: ["op", "ours", "bare loop", "wins from"], rows },
    },
  ];
}

/** Inputs that cost so much more than N(0, 3) are told. */
const DEARER = 1.25;

function inputsSection({ ops, settings }: Report, figures: Figures): Section[] {
  const { opening } = figures;
  const [standard, ...others] = settings.inputs;
  if (!standard || others.length === 0) return [];
  const at = (op: string, inputs: (typeof others)[number]) => figures.cost(op, { ...opening, inputs } as Situation);
  const lines = ops.map(({ name }) => {
    const usual = at(name, standard);
    return { name, usual, costs: others.map((set) => at(name, set)) };
  });
  const known = lines.filter(({ costs }) => costs.some((cost) => cost));
  const dear = known.filter(({ usual, costs }) =>
    costs.some((cost) => usual && cost && cost.ns.median > DEARER * usual.ns.median),
  );
  if (known.length === 0) return [];
  return [
    {
      title: `Other inputs: ${dear.length} of ${known.length} ops take more than ${DEARER} times as long for ${others.join(", ")} inputs`,
      notes: dear.length > 0 ? [`ns per element, n = ${sizeText(opening.n)}, ${MODES[opening.mode]}.`] : [],
      ...(dear.length > 0
        ? {
            table: {
              head: ["op", standard, ...others],
              rows: dear.map(({ name, usual, costs }) => [name, nsText(usual), ...costs.map((cost) => nsText(cost))]),
            },
          }
        : {}),
    },
  ];
}

const SLOWEST = 5;

function startSection({ start }: Report): Section[] {
  if (!start) return [];
  const { importMs, jsImportMs, firstCalls } = start;
  const slowest = [...firstCalls].sort((a, b) => b.firstMs - a.firstMs).slice(0, SLOWEST);
  return [
    {
      title: `Start: the import takes ${digits(importMs.median)} ms, plain JavaScript ${digits(jsImportMs.median)}`,
      notes: [
        `A first call of ${sizeText(firstCalls[0]?.n ?? 0)} elements takes ${digits(median(firstCalls.map(({ firstMs }) => firstMs)))} ms (median of ${firstCalls.length}): it fills the op's table, if it has one, and runs code that is not optimised yet. The slowest:`,
      ],
      table: {
        head: ["op", "first call, ms", "later, ms"],
        rows: slowest.map(({ op, direction, firstMs, steadyMs }) => [
          direction === "forward" ? op : `${op}, gradient`,
          digits(firstMs),
          steadyMs.toPrecision(2),
        ]),
      },
    },
  ];
}

function networkText({ name, inference, elements, productsMs, gflops }: Network): string {
  return `${name}, ${inference}: ${(elements / 1e6).toPrecision(2)} M elements through activations; its products take ${digits(productsMs)} ms at ${digits(gflops)} GFLOP/s.`;
}

function networksSection({ networks, layers, ops }: Report): Section[] {
  if (networks.every(({ activations }) => activations.length === 0)) return [];
  const rows = ops.flatMap(({ name }) => {
    const cells = networks.flatMap(({ activations }) => {
      const found = activations.find(({ op }) => op === name);
      return found ? [digits(found.ms), percent(found.share)] : [];
    });
    const layer = layers.find(({ op }) => op === name);
    return cells.length > 0 ? [[name, ...cells, percent(layer?.share), digits(layer?.fused)]] : [];
  });
  const [layer] = layers;
  const [batch, inputs, outputs] = layer?.size ?? [];
  return [
    {
      title: "In a network: ms per inference were this activation used throughout, and its share beside the products",
      notes: [
        ...networks.map(networkText),
        ...(layer
          ? [
              `layer: the share of the activation in W x + b (${inputs} to ${outputs}, ${batch} at a time: ${digits(layer.product)} + ${digits(layer.bias)} ns per output), batch norm (${digits(layer.batchNorm)}), activation; "fused": ns per output for the last three in one call, op(x, { scale, shift }).`,
            ]
          : []),
      ],
      table: { head: ["op", ...networks.flatMap(({ name }) => [short(name), ""]), "layer", "fused"], rows },
    },
  ];
}

/**
 * The name without what comes after a dash, a comma or a space: there is little room in the head of
 * a column.
 */
const short = (name: string) => name.split(/[-, ]/)[0] ?? name;

function changeRow({ op, direction, engine, mode, inputs, n, before, after }: Change): string[] {
  const what = [op, direction, engine, mode, ...(inputs === "normal" ? [] : [inputs])].join(" ");
  return [
    what,
    sizeText(n),
    digits(before),
    digits(after),
    `${after > before ? "+" : ""}${(100 * (after / before - 1)).toFixed(0)} %`,
  ];
}

function comparisonSection({ comparison }: Report): Section[] {
  if (!comparison) return [];
  const { package: version, date, sameMachine, compared, noisy, changes } = comparison;
  return [
    {
      title: `Since ${version} of ${date.slice(0, 10)}: ${changes.length} of ${compared} costs changed beyond the noise`,
      notes: [
        ...(sameMachine ? [] : ["It was measured on another processor or runtime."]),
        ...(noisy > 0 ? [`${noisy} are too noisy to tell.`] : []),
      ],
      ...(changes.length > 0
        ? { table: { head: ["what", "n", "before, ns", "now", ""], rows: changes.map(changeRow) } }
        : {}),
    },
  ];
}

export function costSections(report: Report, figures: Figures): Section[] {
  return [
    ...mainSection(figures),
    ...sizesSection(figures),
    ...callsSection(report, figures),
    ...inputsSection(report, figures),
    ...startSection(report),
    ...networksSection(report),
    ...comparisonSection(report),
  ];
}
