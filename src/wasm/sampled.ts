/** Functions of the caller's on WebAssembly: a table is made and compared with the formula. */
import { curvesOf } from "../fit/curves.ts";
import { accuracyOf, inaccuracy, inputsFor, valuesAt } from "../fit/measure.ts";
import type { Curve, Fitted, Sampled, Wanted } from "../model/curve.ts";
import type { Runtime } from "./runtime.ts";
import type { Stage } from "./stage.ts";

/** What a curve gives for these inputs, as many as a stage holds. */
function resultsOf({ main }: Runtime, curve: Curve, inputs: Float32Array): Float32Array {
  const [stage, second] = main.stages as [Stage, Stage];
  const results = new Float32Array(inputs.length);
  stage.put(inputs, 0, inputs.length);
  const kernel = main.kernel(curve);
  if (curve.isSlope) {
    second.put(results.fill(1), 0, inputs.length);
    kernel(second.address, stage.address, stage.address, inputs.length);
  } else {
    kernel(stage.address, stage.address, inputs.length);
  }
  stage.get(results, 0, inputs.length);
  return results;
}

/** Throws a RangeError where no table is good enough. */
export function sampled(runtime: Runtime, f: Sampled, wanted: Wanted, isGradient: boolean): Fitted {
  let inputs: Float32Array | undefined;
  let exact: Float64Array | undefined;
  let why = "";
  for (const found of curvesOf(f, wanted, isGradient)) {
    if (typeof found === "string") {
      why ||= found;
      continue;
    }
    const { curve, lo, hi, roots } = found;
    // The caller's function may call ops itself: all of its values first, then the stages.
    inputs ??= inputsFor(lo, hi);
    exact ??= valuesAt(f, inputs);
    const accuracy = accuracyOf(inputs, exact, resultsOf(runtime, curve, inputs));
    if (accuracy.maxUlp <= wanted.maxUlp) return { curve, accuracy };
    why = inaccuracy(accuracy, wanted, roots, f(accuracy.at));
  }
  throw new RangeError(`${wanted.op}: ${why}`);
}
