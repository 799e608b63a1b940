/** What every consumer runs on the package as it got it. */
import { casesOf } from "../../oracle/cases.ts";
import { ulpError } from "../../oracle/ulp.ts";
import { steppedInputs } from "../../scripts/fingerprint/numbers.ts";
import { fingerprintsOf, type Hashes, type Package, runOf, SAMPLE, WHOLE } from "../../scripts/fingerprint/ops.ts";
import { Sha256 } from "../../scripts/fingerprint/sha256.ts";

export interface Report {
  readonly backend: string;
  /** One hash of all fingerprints; "" in plain JavaScript, where they may differ. */
  readonly bits: string;
  /** Of the fingerprints that are kept, or of a sample. */
  readonly isWhole: boolean;
  /** The worst error of an elementwise op or its gradient. */
  readonly ulp: number;
  /** Subnormals are 0 to the processor: then errors are those among normal numbers. */
  readonly flushes: boolean;
}

/** Stands before the report in whatever else is printed. */
export const MARK = "CONSUMER";

export function measure(lib: Package, isWhole = false): string {
  const backend = String(lib.backend);
  const bits = backend === "wasm" ? hashOf(fingerprintsOf(lib, undefined, isWhole ? WHOLE : SAMPLE)) : "";
  const flushes = isFlushed(lib);
  return MARK + JSON.stringify({ backend, bits, isWhole, ulp: worstError(lib, flushes), flushes } satisfies Report);
}

/** Half of a subnormal, computed by the package. */
function isFlushed({ linear }: Package): boolean {
  const half = (linear as (x: Float32Array, options: object) => Float32Array)(new Float32Array([2 ** -140]), {
    alpha: 0.5,
  });
  return half[0] === 0;
}

export function hashOf(fingerprints: Hashes): string {
  const hash = new Sha256();
  for (const name of Object.keys(fingerprints).sort()) {
    const text = `${name} ${fingerprints[name]}\n`;
    hash.update(Uint32Array.from({ length: text.length }, (_, i) => text.charCodeAt(i)));
  }
  return hash.digest();
}

const SMALLEST_NORMAL = 2 ** -126;

function worstError(lib: Package, normalOnly: boolean): number {
  const xs = steppedInputs(2 ** 8);
  const ones = new Float32Array(xs.length).fill(1);
  let worst = 0;
  for (const subject of casesOf(false)) {
    const { row, direction, a, b, c } = subject;
    const exact = direction === "forward" ? row.value : row.derivative;
    const ys = runOf(subject, lib)(xs, ones);
    for (const [i, x] of xs.entries()) {
      const y = exact(x, a, b, c);
      const isSmall = Math.min(Math.abs(x), Math.abs(y)) < SMALLEST_NORMAL;
      if (!(normalOnly && isSmall)) worst = Math.max(worst, ulpError(ys[i] as number, y));
    }
  }
  return worst;
}
