/**
 * How exact the kernels are here: over a sample in this run, beside what was proven and published.
 */

import { ulpError } from "../../oracle/ulp.ts";
import { usualInputs } from "../../scripts/fingerprint/numbers.ts";
import { DIRECTIONS } from "../measure/job.ts";
import type { Library } from "../measure/measure.ts";
import { type Benched, functionFor } from "../ops.ts";
import type { Accuracy, Direction } from "../results.ts";
import { elementwise, slopesAt, valuesAt } from "./subject.ts";

/**
 * dist/published.json: by function, the largest error over all inputs, and the SHA-256 of its
 * results over fixed ones.
 */
export type Published = Readonly<Record<string, { readonly ulp: number | null; readonly sha256: string }>>;

const SAMPLED = 2 ** 14;
/** From [-8, 8), and scaled down: small inputs are where cancellation shows. */
const usual = usualInputs(SAMPLED, 0x27d4eb2f);
const inputs = Float32Array.from([...usual, ...usual.map((x) => x * 2 ** -8), ...usual.map((x) => x * 2 ** 3)]);

function sampledUlp(library: Library, op: Benched, direction: Direction): number | null {
  const subject = elementwise(library, op);
  if (!subject || !op.curve) return null;
  const got = direction === "forward" ? valuesAt(subject, inputs) : slopesAt(subject, inputs);
  const exact = direction === "forward" ? op.curve.value : op.curve.derivative;
  return inputs.reduce((most, x, i) => Math.max(most, ulpError(got[i] as number, exact(x))), 0);
}

/** @param found SHA-256 by function, of those that were looked at */
export function accuracyOf(
  library: Library,
  ops: readonly Benched[],
  published: Published,
  found: Readonly<Record<string, string>>,
): Accuracy[] {
  return ops.flatMap((op) =>
    DIRECTIONS.flatMap((direction): Accuracy[] => {
      const name = functionFor(op, direction)?.name;
      if (name === undefined) return [];
      const known = published[name];
      const sampled = sampledUlp(library, op, direction);
      const sameBits = known && found[name] ? found[name] === known.sha256 : null;
      return [
        {
          op: op.name,
          direction,
          provenUlp: known?.ulp ?? null,
          sampledUlp: sampled,
          sampled: sampled === null ? 0 : inputs.length,
          sameBits,
        },
      ];
    }),
  );
}
