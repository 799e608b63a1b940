/** What you get for the cost of an op. */
import type { Library } from "../measure/measure.ts";
import type { Benched } from "../ops.ts";
import type { Behaviour } from "../results.ts";
import { shapeOf } from "./curve.ts";
import { layersOf } from "./layers.ts";
import { elementwise } from "./subject.ts";
import { train } from "./training.ts";

/** Undefined for an op that is not elementwise. */
export function behaviourOf(library: Library, op: Benched): Behaviour | undefined {
  const subject = elementwise(library, op);
  return subject && { op: op.name, ...shapeOf(subject), ...layersOf(subject), training: train(library, subject) };
}
