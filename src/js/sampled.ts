/**
 * Functions of the caller's in plain JavaScript: the formula is evaluated, and what is measured is
 * the rounding.
 */

import type { Engine } from "../engine/engine.ts";
import { accuracyOf, inaccuracy, inputsFor, valuesAt } from "../fit/measure.ts";

/** Where most functions do something. */
const REACH = 128;

export const sampled: Engine["sampled"] = (f, wanted) => {
  const inputs = inputsFor(wanted.from ?? -REACH, wanted.to ?? REACH);
  const exact = valuesAt(f, inputs);
  const accuracy = accuracyOf(inputs, exact, Float32Array.from(exact));
  if (accuracy.maxUlp > wanted.maxUlp) {
    throw new RangeError(`${wanted.op}: ${inaccuracy(accuracy, wanted, [], f(accuracy.at))}`);
  }
  return { curve: undefined, accuracy };
};
