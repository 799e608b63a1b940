/** A check, and what it may find. */
import * as lib from "wasm-activations";
import { BOUND } from "../../oracle/cases.ts";
import { readJson } from "../../scripts/files.ts";
import { fingerprintsOf, functionsOf, SAMPLE } from "../../scripts/fingerprint/ops.ts";
import { FINGERPRINTS_FILE } from "../../scripts/verify/results.ts";
import { hashOf, MARK, type Report } from "./measure.ts";

export interface Found {
  /** "wasm", "js", or which where. */
  readonly backend?: string;
  /** How the bits were found to be the same. */
  readonly bits?: string;
  /** Minified, of a program that calls relu, from `wasm-activations` and from its `/js`. */
  readonly bytes?: readonly [whole: number, plain: number];
  readonly note?: string;
}

export interface Check {
  /** Where the package runs: the row of the README's table. */
  readonly group: string;
  readonly name: string;
  run(): Promise<Found>;
}

export type Backend = "wasm" | "js";

/**
 * Another result throws, as does a report that is not there. Where the processor may take
 * subnormals for 0, bits differ.
 */
export function found(printed: string, backend: Backend, mayFlush = false): Found {
  const reports = [...printed.matchAll(new RegExp(`${MARK}(\\{.*?\\})`, "g"))].map(([, json = ""]) => read(json));
  const [first] = reports;
  if (!first) throw new Error(`no report: ${printed.trim().slice(-1500)}`);
  for (const report of reports) {
    const isFlushed = mayFlush && report.flushes;
    if (report.backend !== backend) throw new Error(`runs on ${report.backend}`);
    if (!(report.ulp <= BOUND)) throw new Error(`off by ${report.ulp} ULP`);
    if (backend === "wasm" && !isFlushed && report.bits !== expected(report)) throw new Error("other bits");
  }
  if (mayFlush && first.flushes) return { backend, bits: "within 1 ULP", note: "subnormals are 0 in this thread" };
  return { backend, bits: backend === "js" ? "within 1 ULP" : first.isWhole ? "all the same" : "the same" };
}

/** A report's own quotation marks come back escaped where a tool prints it as a string. */
const read = (json: string) => JSON.parse(json.replaceAll('\\"', '"')) as Report;

let sample: string | undefined;

/**
 * All fingerprints with float32 are the committed ones; those of a sample are those of the package
 * here.
 */
function expected({ isWhole }: Report): string {
  if (isWhole) {
    const kept = readJson<Record<string, string>>(FINGERPRINTS_FILE, {});
    return hashOf(Object.fromEntries(functionsOf(lib).map(({ name }) => [name, kept[name] ?? ""])));
  }
  sample ??= hashOf(fingerprintsOf(lib, undefined, SAMPLE));
  return sample;
}

export function expect(what: string, holds: boolean): void {
  if (!holds) throw new Error(what);
}
