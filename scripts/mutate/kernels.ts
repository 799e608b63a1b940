/**
 * Mutants of the kernels, in the text of the module before its constants are hoisted: another
 * instruction of the same type, a bit of a constant, another lane.
 */
import { readFileSync } from "node:fs";
import { fileOf } from "../files.ts";
import type { Mutant } from "./mutant.ts";

/** The text of the module. */
export const WAT = "build/kernels.plain.wat";

const SWAPPED: Readonly<Record<string, string>> = {
  add: "sub",
  sub: "add",
  mul: "add",
  div: "mul",
  pmax: "pmin",
  pmin: "pmax",
  max: "min",
  min: "max",
  max_u: "min_u",
  min_u: "max_u",
  max_s: "min_s",
  lt: "le",
  le: "lt",
  gt: "ge",
  ge: "gt",
  eq: "ne",
  ne: "eq",
  lt_s: "le_s",
  le_s: "lt_s",
  gt_s: "ge_s",
  ge_s: "gt_s",
  lt_u: "le_u",
  le_u: "lt_u",
  gt_u: "ge_u",
  ge_u: "gt_u",
  shl: "shr_u",
  shr_u: "shl",
  shr_s: "shl",
  and: "or",
  or: "and",
  xor: "or",
  andnot: "and",
  any_true: "all_true",
  all_true: "any_true",
  extend_low_i16x8_s: "extend_high_i16x8_s",
  extend_high_i16x8_s: "extend_low_i16x8_s",
};

/** Those that not every type has. */
const MISSING = /^(v128\.(add|all_true)|i8x16\.all_true|i(32|64)\.(pm|m)|f\w+\.(shl|shr))|^v128\.\w+_true$/;

/** An instruction and what stands instead of it; nothing for those that stay. */
function changeOf(code: string): string | undefined {
  const [name = "", ...operands] = code.split(" ");
  const [type, instruction = ""] = name.split(".");
  const to = SWAPPED[instruction];
  if (to !== undefined) {
    const changed = `${type}.${to}`;
    return MISSING.test(changed) ? undefined : changed;
  }
  if (instruction === "const") return constant(name, operands);
  if (/_lane/.test(instruction)) return lane(code);
  if (instruction === "neg" || instruction === "abs" || instruction === "sqrt") return "nop";
  if (instruction === "eqz")
    return `i32.const 0 i32.ne`.replace("i32.const", `${type}.const`).replace("i32.ne", `${type}.ne`);
  if (name === "i8x16.shuffle") return `${name} ${operands.map((at) => (Number(at) ^ 4) % 32).join(" ")}`;
  return undefined;
}

/** Of a float a bit in the middle of the fraction, of a whole number the lowest one. */
function constant(name: string, operands: readonly string[]): string {
  if (name === "v128.const") {
    const [shape = "", ...lanes] = operands;
    // Lanes of 64 bits, of which the second one is the same: the upper halves.
    const isWide = lanes[0] === lanes[2] && lanes[1] === lanes[3] && lanes[0] !== lanes[1];
    const flipped = lanes.map((lane, i) => hex(Number(lane) ^ (isWide ? (i % 2 === 1 ? 0x100 : 0) : 0x800)));
    return `${name} ${shape} ${flipped.join(" ")}`;
  }
  const [value = ""] = operands;
  if (name.startsWith("i")) return `${name} ${BigInt(value) ^ 1n}`;
  const number = Number(value.replace("inf", "Infinity"));
  if (!Number.isFinite(number)) return `${name} 1`;
  return `${name} ${number === 0 ? 1 : number * (1 + 2 ** -12)}`;
}

const hex = (bits: number) => `0x${(bits >>> 0).toString(16).padStart(8, "0")}`;

function lane(code: string): string {
  return code.replace(/\d+$/, (at) => String(Number(at) ^ 1));
}

export function mutantsOfKernels(): Mutant[] {
  const text = readFileSync(fileOf(WAT), "utf8");
  const lines = text.split("\n");
  let place = "";
  let start = 0;
  return lines.flatMap((line, i): Mutant[] => {
    const [, name] = /^ \(func (\$\S+)/.exec(line) ?? [];
    if (name !== undefined) {
      place = name;
      start = i;
    }
    if (!/^ {2,}[a-z]/.test(line) || place === "") return [];
    const code = line.trim();
    const to = changeOf(code);
    if (to === undefined || to === code) return [];
    const mutated = () => [...lines.slice(0, i), to, ...lines.slice(i + 1)].join("\n");
    return [{ place, line: i - start + 1, position: i, from: code, to, text: mutated }];
  });
}

/** The exported functions through which the tests come to a function of the module. */
export function callersOf(place: string): string[] {
  graph ??= readGraph();
  const seen = new Set([place]);
  for (const name of seen) for (const caller of graph.callers.get(name) ?? []) seen.add(caller);
  return graph.exports.flatMap(([name, of]) => (seen.has(of) ? [name] : []));
}

interface Graph {
  readonly callers: ReadonlyMap<string, readonly string[]>;
  readonly exports: readonly (readonly [name: string, of: string])[];
}

let graph: Graph | undefined;

/** Who calls whom; who puts a function's index into the table calls it too. */
function readGraph(): Graph {
  const text = readFileSync(fileOf(WAT), "utf8");
  const callers = new Map<string, string[]>();
  for (const [body, name = ""] of text.matchAll(/^ \(func (\$\S+)(?:.|\n)*?^ \)$/gm)) {
    for (const [, called = ""] of body.matchAll(/^ +call (\$\S+)/gm)) {
      callers.set(called, [...(callers.get(called) ?? []), name]);
    }
  }
  const exports = [...text.matchAll(/\(export "(\w+)" \(func (\$\S+)\)\)/g)].map(
    ([, name = "", of = ""]) => [name, of] as const,
  );
  return { callers, exports };
}
