/** What scripts/runtimes.ts runs in each runtime: prints the fingerprints, or in a page sends them to the server. */
import * as ops from "wasm-activations";
import { fingerprintsOf } from "./fingerprint-ops.ts";

/** What it says: as JSON on a line of its own. */
export interface Report {
  readonly backend: string;
  readonly fingerprints: Readonly<Record<string, string>>;
}

const report: Report = { backend: ops.backend, fingerprints: fingerprintsOf(ops) };
const json = JSON.stringify(report);
if (typeof document === "undefined") console.log(json);
else await fetch("/report", { method: "POST", body: json });
