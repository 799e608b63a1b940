/** The command line of the bench. */
import { parseArgs } from "node:util";
import { INPUT_SETS } from "./measure/inputs.ts";
import { DIRECTIONS, MODES } from "./measure/job.ts";
import { ARRAY_TYPES, TYPES } from "./measure/types.ts";
import { type Benched, opNamed, ops } from "./ops.ts";
import type { Direction, InputSet, Mode, NumberType, Settings as Reported } from "./results.ts";

/** A command line that cannot be followed: exit status 2. */
export class UsageError extends Error {}

const FORMATS = ["json", "markdown", "html"] as const;
export type Format = (typeof FORMATS)[number];

export interface Settings {
  readonly preset: Reported["preset"];
  readonly type: NumberType;
  readonly ops: readonly Benched[];
  readonly sizes: readonly number[];
  readonly modes: readonly Mode[];
  readonly directions: readonly Direction[];
  /** The first at all sizes, the others at one. */
  readonly inputs: readonly InputSet[];
  /** Processes for each op and engine. */
  readonly rounds: number;
  /** Per case and round. */
  readonly milliseconds: number;
  /** Milliseconds for the whole run, if it is to end in time at the expense of precision. */
  readonly budget: number | undefined;
  /** Whether the fingerprints are looked at, which takes 10 seconds. */
  readonly bits: boolean;
  readonly files: { readonly [F in Format]?: string };
  /** An earlier report to compare with. */
  readonly baseline: string | undefined;
}

const SETS = Object.keys(INPUT_SETS) as InputSet[];
const PRESETS = {
  quick: {
    sizes: [16, 4096],
    modes: ["alloc", "out"],
    inputs: ["normal"],
    rounds: 2,
    milliseconds: 30,
    budget: 42_000,
    bits: false,
  },
  default: {
    sizes: [1, 16, 256, 4096, 65_536, 262_144],
    modes: ["alloc", "out"],
    inputs: SETS,
    rounds: 2,
    milliseconds: 40,
    budget: 66_000,
    bits: true,
  },
  full: {
    sizes: [1, 4, 16, 64, 256, 4096, 65_536, 1_048_576, 8_388_608],
    modes: MODES,
    inputs: SETS,
    rounds: 3,
    milliseconds: 40,
    budget: undefined,
    bits: true,
  },
} as const;
const LARGEST = 2 ** 28;

export const HELP = `wasm-activations bench: what each activation costs here, and what you get for it

  npx wasm-activations bench [options]

  (no option)        a minute and a half
  --quick            less than a minute: n = ${PRESETS.quick.sizes.join(" and ")}, N(0, 3) only
  --full             about half an hour: arrays beyond the caches too, all modes, three rounds

  --type float16     on arrays of float16; ${TYPES[0]} by default
  --ops a,b,…        only these ops and their gradients; all by default
  --sizes n,m,…      elements per call; ${PRESETS.default.sizes.join(",")} by default
  --mode a,b,…       alloc  arrays of alloc(), nothing is copied
                     out    ordinary arrays, the result into a given one
                     new    ordinary arrays, the result into a new one
  --direction a,b    forward, gradient; both by default
  --inputs a,b,…     ${SETS.join(", ")}: the first at all sizes, the others at one
  --rounds n         processes per op and engine, interleaved
  --time ms          per measurement and round

  --json FILE        all figures; their format: dist/report.schema.json of the package
  --markdown FILE    the tables, to paste
  --html FILE        one page with charts, which needs no network
  --baseline OLD     what changed since that --json file, beyond the noise

  --help, --version

Ops over rows get rows of 1000 elements (one row of n where n is less), prelu one slope per channel. Every result is
checked before it is timed. Ctrl-C prints and saves what was measured until then.
Exit status: 0, 1 for a wrong result or a file that cannot be written, 2 for a wrong option.
`;

const OPTIONS = {
  quick: { type: "boolean" },
  full: { type: "boolean" },
  type: { type: "string" },
  ops: { type: "string" },
  sizes: { type: "string" },
  mode: { type: "string" },
  direction: { type: "string" },
  inputs: { type: "string" },
  rounds: { type: "string" },
  time: { type: "string" },
  json: { type: "string" },
  markdown: { type: "string" },
  html: { type: "string" },
  baseline: { type: "string" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
} as const;

/** What the option is, or one that there is: "unknown option --fast; options are …". */
function explained(error: unknown): UsageError {
  const { code, message } = error as NodeJS.ErrnoException;
  const [line = ""] = message.split("\n");
  if (code !== "ERR_PARSE_ARGS_UNKNOWN_OPTION") return new UsageError(line);
  const name = /'(--?[^']*)'/.exec(line)?.[1] ?? "";
  const known = Object.keys(OPTIONS).map((option) => `--${option}`);
  return new UsageError(`there is no option ${name}; options are ${known.join(", ")}`);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values;
  } catch (error) {
    throw explained(error);
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
    throw new UsageError(`--${option}: ${text} is not a whole number from 1 to ${most.toLocaleString("en")}`);
  }
  return value;
}

function opsOf(text: string): Benched[] {
  const found = new Set<Benched>();
  for (const name of listOf("ops", text)) {
    const op = opNamed(name);
    if (!op) {
      throw new UsageError(`--ops: there is no op ${name}; ops are ${ops.map((known) => known.name).join(", ")}`);
    }
    found.add(op);
  }
  return ops.filter((op) => found.has(op));
}

/** Those of the known names that are asked for, in the order asked for. */
function namesOf<T extends string>(option: string, text: string | undefined, known: readonly T[]): T[] | undefined {
  if (text === undefined) return undefined;
  return listOf(option, text).map((name) => {
    const found = known.find((one) => one === name);
    if (!found) throw new UsageError(`--${option}: there is no ${name}; there are ${known.join(", ")}`);
    return found;
  });
}

function typeOf(text: string | undefined): NumberType {
  const [type = "float32", ...more] = namesOf("type", text, TYPES) ?? [];
  if (more.length > 0) throw new UsageError(`--type ${text}: expected one of ${TYPES.join(", ")}`);
  if (!ARRAY_TYPES[type].Floats) {
    throw new UsageError(`--type ${type}: Node ${process.versions.node} has no such arrays; Node 24 has`);
  }
  return type;
}

function presetOf(quick: boolean | undefined, full: boolean | undefined): keyof typeof PRESETS {
  if (quick && full) throw new UsageError("--quick and --full: expected one of them");
  return quick ? "quick" : full ? "full" : "default";
}

/** What was asked for; undefined for help or the version, which are `text`. */
export function settingsOf(args: readonly string[]): Settings | "help" | "version" {
  const given = parse(args);
  if (given.help) return "help";
  if (given.version) return "version";
  const name = presetOf(given.quick, given.full);
  const preset = PRESETS[name];
  for (const option of [...FORMATS, "baseline"] as const) {
    if (given[option] === "") throw new UsageError(`--${option}: expected the name of a file`);
  }
  const sizes =
    given.sizes === undefined
      ? preset.sizes
      : listOf("sizes", given.sizes).map((n) => wholeNumber("sizes", n, LARGEST));
  return {
    preset: name,
    type: typeOf(given.type),
    ops: given.ops === undefined ? ops : opsOf(given.ops),
    sizes: [...sizes].sort((a, b) => a - b),
    modes: namesOf("mode", given.mode, MODES) ?? preset.modes,
    directions: namesOf("direction", given.direction, DIRECTIONS) ?? DIRECTIONS,
    inputs: namesOf("inputs", given.inputs, SETS) ?? preset.inputs,
    rounds: given.rounds === undefined ? preset.rounds : wholeNumber("rounds", given.rounds, 1000),
    milliseconds: given.time === undefined ? preset.milliseconds : wholeNumber("time", given.time, 60_000),
    budget: preset.budget,
    bits: preset.bits,
    files: Object.fromEntries(FORMATS.flatMap((format) => (given[format] ? [[format, given[format]]] : []))),
    baseline: given.baseline,
  };
}
