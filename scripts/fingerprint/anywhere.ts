/** What scripts/runtimes/index.ts runs in each runtime. */
import * as ops from "wasm-activations";
import { report } from "../runtimes/anywhere.ts";
import { fingerprintsOf } from "./ops.ts";

export interface Report {
  readonly backend: string;
  readonly fingerprints: Readonly<Record<string, string>>;
}

const found: Report = { backend: ops.backend, fingerprints: fingerprintsOf(ops) };
await report(found);
