/** The command line of the bench. */
import { parseArgs } from "node:util";
import { INPUT_SETS, type InputSet, isInputSet } from "./inputs.ts";
import { MODES, type Mode } from "./measure.ts";
import { type Benched, opNamed, ops } from "./ops.ts";

/** A command line that cannot be followed: exit status 2. */
export class UsageError extends Error {}

export interface Settings {
  readonly ops: readonly Benched[];
  readonly sizes: readonly number[];
  readonly modes: readonly Mode[];
  readonly inputs: InputSet;
  /** Processes for each op and backend. */
  readonly rounds: number;
  /** Per measurement and round. */
  readonly milliseconds: number;
  /** For all, if it is to end in time at the expense of precision. */
  readonly budget: number | undefined;
  readonly json: string | undefined;
}

const FULL = { sizes: [1, 16, 128, 4096, 65536, 1048576], modes: MODES, rounds: 3, milliseconds: 60 } as const;
const QUICK = { sizes: [4096], modes: ["alloc", "out"], rounds: 2, milliseconds: 40, budget: 30_000 } as const;
const LARGEST = 2 ** 28;

export const HELP = `wasm-activations bench: what each activation costs here, WebAssembly against plain JavaScript

  npx wasm-activations bench [options]

  --quick            half a minute: n = ${QUICK.sizes}, modes ${QUICK.modes.join(" and ")}, short rounds
  --ops a,b,…        only these ops (and their gradients); all by default
  --sizes n,m,…      elements per call, by default ${FULL.sizes.join(",")}
  --modes a,b,…      alloc  arrays of alloc(), nothing is copied
                     out    ordinary arrays, the result into a given one
                     new    ordinary arrays, the result into a new one
  --inputs set       ${Object.keys(INPUT_SETS).join(", ")}; normal, N(0, 3), by default
  --rounds n         processes per op and backend, interleaved; ${FULL.rounds} by default
  --time ms          per measurement and round; ${FULL.milliseconds} by default
  --json file        the numbers too
  --help

Ops over rows get rows of 1000 elements (one row of n where n is less), prelu one slope per channel. Every result is
checked against the other backend before it is timed. Exit status: 0, 1 for a wrong result, 2 for a wrong option.
`;

const OPTIONS = {
  quick: { type: "boolean" },
  ops: { type: "string" },
  sizes: { type: "string" },
  modes: { type: "string" },
  inputs: { type: "string" },
  rounds: { type: "string" },
  time: { type: "string" },
  json: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values;
  } catch (error) {
    throw new UsageError((error as Error).message.split("\n")[0]);
  }
}

function listOf(option: string, text: string): string[] {
  const items = text.split(",").map((item) => item.trim());
  if (items.includes("")) throw new UsageError(`--${option} ${text}: expected names or numbers with commas between`);
  return [...new Set(items)];
}

function wholeNumber(option: string, text: string, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > most) {
    throw new UsageError(`--${option}: ${text} is not a whole number from 1 to ${most}`);
  }
  return value;
}

function opsOf(text: string): Benched[] {
  const found = listOf("ops", text).map((name) => {
    const op = opNamed(name);
    if (!op)
      throw new UsageError(`--ops: there is no op ${name}; ops are ${ops.map((known) => known.name).join(", ")}`);
    return op;
  });
  return [...new Set(found)];
}

function modesOf(text: string): Mode[] {
  const names = listOf("modes", text);
  const unknown = names.find((name) => !MODES.some((mode) => mode === name));
  if (unknown) throw new UsageError(`--modes: there is no mode ${unknown}; modes are ${MODES.join(", ")}`);
  return MODES.filter((mode) => names.includes(mode));
}

/** What was asked for; undefined for help. */
export function settingsOf(args: readonly string[]): Settings | undefined {
  const given = parse(args);
  if (given.help) return undefined;
  const preset = given.quick ? QUICK : FULL;
  const inputs = given.inputs ?? "normal";
  if (!isInputSet(inputs)) {
    throw new UsageError(`--inputs: there is no set ${inputs}; sets are ${Object.keys(INPUT_SETS).join(", ")}`);
  }
  if (given.json === "") throw new UsageError("--json: expected the name of a file");
  const sizes =
    given.sizes === undefined
      ? preset.sizes
      : listOf("sizes", given.sizes).map((n) => wholeNumber("sizes", n, LARGEST));
  return {
    ops: given.ops === undefined ? ops : opsOf(given.ops),
    sizes: [...sizes].sort((a, b) => a - b),
    modes: given.modes === undefined ? preset.modes : modesOf(given.modes),
    inputs,
    rounds: given.rounds === undefined ? preset.rounds : wholeNumber("rounds", given.rounds, 1000),
    milliseconds: given.time === undefined ? preset.milliseconds : wholeNumber("time", given.time, 60_000),
    budget: given.quick ? QUICK.budget : undefined,
    json: given.json,
  };
}
