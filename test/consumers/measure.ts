/** What every consumer runs on the package as it got it. */
import { casesOf } from "../../oracle/cases.ts";
import { ulpError } from "../../oracle/ulp.ts";
import { fingerprintsOf, type Hashes, type Package, runOf, steppedInputs } from "../../scripts/fingerprint/ops.ts";
import { Sha256 } from "../../scripts/fingerprint/sha256.ts";

export interface Report {
  readonly backend: string;
  /** One hash of all fingerprints, of so many steps; "" in plain JavaScript, where they may differ. */
  readonly bits: string;
  readonly steps: number;
  /** The worst error of an elementwise op or its gradient. */
  readonly ulp: number;
}

/** Stands before the report in whatever else is printed. */
export const MARK = "CONSUMER";

/** Enough for every kernel, table and tail; a second or two. */
export const SAMPLE = 2 ** 10;

export function measure(lib: Package, steps = SAMPLE): string {
  const backend = String(lib.backend);
  const bits = backend === "wasm" ? hashOf(fingerprintsOf(lib, undefined, steps)) : "";
  return MARK + JSON.stringify({ backend, bits, steps, ulp: worstError(lib) } satisfies Report);
}

export function hashOf(fingerprints: Hashes): string {
  const hash = new Sha256();
  for (const name of Object.keys(fingerprints).sort()) {
    const text = `${name} ${fingerprints[name]}\n`;
    hash.update(Uint32Array.from({ length: text.length }, (_, i) => text.charCodeAt(i)));
  }
  return hash.digest();
}

function worstError(lib: Package): number {
  const xs = steppedInputs(2 ** 8);
  const ones = new Float32Array(xs.length).fill(1);
  let worst = 0;
  for (const subject of casesOf(false)) {
    const { row, direction, a, b, c } = subject;
    const exact = direction === "forward" ? row.value : row.derivative;
    const ys = runOf(subject, lib)(xs, ones);
    for (let i = 0; i < xs.length; i++) {
      worst = Math.max(worst, ulpError(ys[i] as number, exact(xs[i] as number, a, b, c)));
    }
  }
  return worst;
}
