/** Where the package was found to work: docs/consumers.json, by `npm run test:consumers`. */
import { fileOf, readJson } from "../files.ts";
import { MADE, tableOf } from "./markdown.ts";
import { wrappedPage } from "./wrap.ts";

/** Begins the note of what could not be installed. */
export const NOT_RUN = "not run";

export const CONSUMERS_FILE = fileOf("docs/consumers.json");

export interface Consumer {
  /** A row of the README's table. */
  readonly group: string;
  readonly name: string;
  readonly backend?: string;
  readonly bits?: string;
  readonly bytes?: readonly [whole: number, plain: number];
  readonly note?: string;
}

export interface Consumers {
  readonly date: string;
  readonly consumers: readonly Consumer[];
}

export function readConsumers(): Consumers {
  return readJson<Consumers>(CONSUMERS_FILE, { date: "", consumers: [] });
}

const HEAD = ["where", "what", "backend", "bits", "bytes of relu", "from /js", "note"];

/** The table, its head first. */
export function rowsOf(consumers: readonly Consumer[]): string[][] {
  const rows = consumers.map(({ group, name, backend = "", bits = "", bytes, note = "" }) => [
    group,
    name,
    backend,
    bits,
    String(bytes?.[0] ?? ""),
    String(bytes?.[1] ?? ""),
    note,
  ]);
  return [HEAD, ...rows];
}

const isSame = ({ bits = "" }: Consumer) => bits.endsWith("the same");

/** The consumers of one group, those in plain JavaScript last. */
function groupText(consumers: readonly Consumer[]): string {
  const isPlain = ({ backend = "" }: Consumer) => backend.includes("js");
  const named = (one: Consumer) => (one.backend === "wasm" && !isSame(one) ? `${one.name} (${one.bits})` : one.name);
  const onWasm = consumers.filter((one) => !isPlain(one)).map(named);
  const plain = consumers.filter(isPlain).map(named);
  return [...onWasm, ...(plain.length > 0 ? [`in plain JavaScript: ${plain.join("; ")}`] : [])].join("; ");
}

const isRun = ({ backend, note = "" }: Consumer) => backend !== undefined || !note.startsWith(NOT_RUN);

/** The README's table: a line for each group. */
export function consumersTable({ consumers }: Consumers): string {
  const groups = [...new Set(consumers.map(({ group }) => group))];
  const rows = groups.map((name) => [name, groupText(consumers.filter((one) => one.group === name && isRun(one)))]);
  return tableOf(["where", "works in"], rows);
}

export function consumersPage({ date, consumers }: Consumers): string {
  const [head = [], ...rows] = rowsOf(consumers);
  return wrappedPage(`${MADE}

# Where it works

Each of these installs the packed package and executes a program with it, in a project as a user would make one; a bundler's bundle is executed too. \`npm run test:consumers\` does it again. ${date}.

- **backend**: \`wasm\`, or \`js\` where WebAssembly SIMD is missing or forbidden.
- **bits**: all the same: every SHA-256 of float32 in test/fingerprints.json, on 2^20 inputs of each function and more. The same: those of 2^13 inputs. Within 1 ULP: of the float64 formulas, elementwise ops and their gradients.
- **bytes**: minified, of a program that calls \`relu\` from \`wasm-activations\`, the module included, and from \`wasm-activations/js\`.

${tableOf(head, rows)}
`);
}
