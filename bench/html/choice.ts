/** What the reader chose, kept in the address, so that a link shows the same. */
import type { Direction, Family, Mode } from "../results.ts";
import type { Figures, Situation } from "./figures.ts";

export interface Choice extends Situation {
  readonly family: Family | "all";
  /** Costs as multiples of relu's rather than in nanoseconds. */
  readonly relative: boolean;
  /** Two ops side by side, with parameters where they are not the defaults. */
  readonly ops: readonly [string, string];
  readonly parameters: readonly [Parameters, Parameters];
}

export type Parameters = Readonly<Record<string, number>>;

/** The best-known question of this kind: the expensive function and its cheap likeness. */
const PRESET = ["silu", "hardSwish"] as const;

export function openingChoice(figures: Figures): Choice {
  const names = figures.report.ops.map(({ name }) => name);
  const chosen = (i: 0 | 1) => (names.includes(PRESET[i]) ? PRESET[i] : (names[i] ?? names[0] ?? PRESET[i]));
  return { ...figures.opening, family: "all", relative: false, ops: [chosen(0), chosen(1)], parameters: [{}, {}] };
}

const parametersText = (op: string, parameters: Parameters) =>
  [op, ...Object.entries(parameters).map(([name, value]) => `${name}:${value}`)].join("~");

/** After the `#` of an address: only what differs from the opening. */
export function hashOf(choice: Choice, opening: Choice): string {
  const words = new URLSearchParams();
  for (const key of ["direction", "mode", "n", "family"] as const) {
    if (choice[key] !== opening[key]) words.set(key, String(choice[key]));
  }
  if (choice.relative) words.set("relative", "1");
  const [a, b] = choice.ops.map((op, i) => parametersText(op, choice.parameters[i] ?? {}));
  if (a !== opening.ops[0] || b !== opening.ops[1]) words.set("ops", `${a},${b}`);
  return words.toString();
}

/** And back; what is not known here is left as it was. */
export function choiceOf(hash: string, opening: Choice, figures: Figures): Choice {
  const words = new URLSearchParams(hash.replace(/^#/, ""));
  const known = <T extends string>(key: string, values: readonly T[], otherwise: T): T =>
    values.find((value) => value === words.get(key)) ?? otherwise;
  const n = Number(words.get("n"));
  const halves = (words.get("ops") ?? "").split(",").map((half) => half.split("~"));
  const at = (i: 0 | 1) => {
    const [op = "", ...settings] = halves[i] ?? [];
    if (!figures.facts(op)) return { op: opening.ops[i], parameters: {} };
    const pairs = settings
      .map((setting) => setting.split(":"))
      .map(([name = "", value]) => [name, Number(value)] as const);
    return { op, parameters: Object.fromEntries(pairs.filter(([, value]) => Number.isFinite(value))) };
  };
  return {
    direction: known<Direction>("direction", figures.directions, opening.direction),
    mode: known<Mode>("mode", figures.modes, opening.mode),
    n: figures.sizes.includes(n) ? n : opening.n,
    family: known<Choice["family"]>(
      "family",
      figures.report.ops.map(({ family }) => family),
      "all",
    ),
    relative: words.has("relative"),
    ops: [at(0).op, at(1).op],
    parameters: [at(0).parameters, at(1).parameters],
  };
}

/** The address that opens this view. */
export function linkTo(figures: Figures, choice: Choice): string {
  const url = new URL(location.href);
  url.hash = hashOf(choice, openingChoice(figures));
  return url.href;
}
