/** What scripts/runtimes/index.ts runs in each runtime. */
import * as ops from "wasm-activations";
import { report } from "../runtimes/anywhere.ts";
import { NUMBER_TYPES } from "./numbers.ts";
import { allFingerprintsOf } from "./ops.ts";

export interface Report {
  readonly backend: string;
  readonly types: readonly string[];
  readonly fingerprints: Readonly<Record<string, string>>;
}

const found: Report = { backend: ops.backend, types: NUMBER_TYPES, fingerprints: allFingerprintsOf(ops) };
await report(found);
