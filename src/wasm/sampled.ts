/** Functions of the caller's on WebAssembly: a table is made and compared with the formula. */
import { accuracyOf, checkAccuracy, inputsFor, valuesAt } from "../fit/measure.ts";
import { plan } from "../fit/plan.ts";
import { fit } from "../fit/sampled.ts";
import type { Fitted, Sampled, Wanted } from "../model/curve.ts";
import type { Runtime } from "./runtime.ts";
import type { Stage } from "./stage.ts";

/** Throws a RangeError where no table is good enough. */
export function sampled({ main }: Runtime, f: Sampled, wanted: Wanted, isGradient: boolean): Fitted {
  const planned = plan(f, wanted, isGradient);
  if (typeof planned === "string") throw new RangeError(`${wanted.op}: ${planned}`);
  const curve = fit(f, planned, isGradient);
  const [lo, hi] = planned.isEven ? [planned.lo, -planned.lo] : [planned.lo, planned.hi];
  const inputs = inputsFor(lo, hi);
  // The caller's function may call ops itself: all of its values first, then the stages.
  const exact = valuesAt(f, inputs);
  const [stage, second] = main.stages as [Stage, Stage];
  const results = new Float32Array(inputs.length);
  stage.put(inputs, 0, inputs.length);
  const kernel = main.kernel(curve);
  if (isGradient) {
    second.put(results.fill(1), 0, inputs.length);
    kernel(second.address, stage.address, stage.address, inputs.length);
  } else {
    kernel(stage.address, stage.address, inputs.length);
  }
  stage.get(results, 0, inputs.length);
  const accuracy = accuracyOf(inputs, exact, results);
  checkAccuracy(accuracy, wanted, planned.roots, f(accuracy.at));
  return { curve, accuracy };
}
