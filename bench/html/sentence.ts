/** What one wants to know within ten seconds: one sentence with this machine's numbers. */
import { digits, NOTHING, percent } from "../show/figures.ts";
import { median } from "../statistics.ts";
import type { Figures } from "./figures.ts";
import { duration } from "./parts/format.ts";
import { nsText } from "./words.ts";

export const PRESETS = {
  quick: "quick run",
  default: "standard run",
  full: "full run",
  sample: "made-up figures",
} as const;

export function sentence(figures: Figures): string {
  const situation = figures.opening;
  // What the noise does not allow to be said is not said.
  const pairs = figures.pairs(situation).filter(({ ours }) => nsText(ours) !== NOTHING);
  const [cheapest, dearest] = [pairs[0], pairs.at(-1)];
  if (!cheapest || !dearest) return "Nothing has been measured yet.";
  const copy = figures.copy(situation);
  const gains = pairs.flatMap(({ gain }) => gain ?? []);
  const many = pairs.length > 1;
  const cost = many
    ? `an activation costs ${nsText(cheapest.ours)} (${cheapest.op}) to ${nsText(dearest.ours)} ns (${dearest.op}) per element`
    : `${cheapest.op} costs ${nsText(cheapest.ours)} ns per element`;
  const beside = copy && nsText(copy) !== NOTHING ? `, a copy ${nsText(copy)}` : "";
  const against =
    figures.engine === "js"
      ? "; WebAssembly SIMD is missing or forbidden here, so this is plain JavaScript"
      : gains.length > 0
        ? `; WebAssembly is ${digits(median(gains))} times as fast as plain JavaScript${many ? ` (median of ${gains.length})` : ""}`
        : "";
  return `Here ${cost}${beside}${against}.`;
}

export function source({ report: { machine, settings }, noisyShare }: Figures, running = false): string {
  const cpu = machine.cpu === "unknown" ? "Processor not told by the browser" : machine.cpu;
  return [
    `${cpu}, ${machine.cores} ${machine.cores === 1 ? "core" : "cores"}`,
    machine.os,
    machine.runtime,
    machine.date.slice(0, 10),
    settings.type === "float16" ? "float16" : "",
    `${PRESETS[settings.preset]} of ${duration(settings.seconds)}${settings.complete ? "" : running ? " so far" : ", interrupted"}`,
    noisyShare === undefined ? "" : `${percent(noisyShare)} of the measurements noisy (~)`,
  ]
    .filter((text) => text !== "")
    .join(" · ");
}
