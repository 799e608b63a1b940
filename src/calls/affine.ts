/** The steps before an activation as an op of their own, and its gradients. */
import * as engine from "#engine";
import { type Layer, NO_PARAMETERS, NO_STEPS, type Sums } from "../engine/channels.ts";
import type { Kind } from "../engine/kinds.ts";
import type { Alike, FloatArray, NewArray } from "../model/arrays.ts";
import type { AffineRow } from "../model/row.ts";
import { checkApart, checkFirst, checkInUse, checkKind, checkLength, isOfKind, outputFor } from "./arrays.ts";
import { checkChannels, checkLayer, layoutFor, readSpread, readSteps, type StepOptions } from "./channels.ts";
import { bare, known, record } from "./describe.ts";
import { checkOptions, readArray } from "./options.ts";
import { ONE_ROW, readShape, type ShapeOptions } from "./shape.ts";

/** scale, shift, residual, shape, axis and out. */
export type AffineOptions<Out = Float32Array | undefined, A extends FloatArray = Float32Array> = StepOptions<A> &
  ShapeOptions & { readonly out?: Out };
/**
 * scale and shift, of whose lengths dscale and dshift are, shape, axis, and the arrays to write.
 */
export type AffineGradOptions<
  Dx = Float32Array | undefined,
  Dscale = Float32Array | undefined,
  Dshift = Float32Array | undefined,
  A extends FloatArray = Float32Array,
> = Omit<StepOptions<A>, "residual"> &
  ShapeOptions & { readonly dx?: Dx; readonly dscale?: Dscale; readonly dshift?: Dshift };

/** z of x's length: a new array, or `out`. */
export interface Affine {
  <A extends FloatArray>(x: Alike<A>, out: A): A;
  <A extends FloatArray>(x: Alike<A>, options: AffineOptions<A, Alike<A>> & { readonly out: A }): A;
  <A extends FloatArray>(x: A, options?: AffineOptions<undefined, Alike<A>>): NewArray<A>;
  <A extends FloatArray>(x: A, out?: Alike<A> | AffineOptions<Alike<A> | undefined, Alike<A>>): Alike<A>;
}

/**
 * dx of x's length, dscale and dshift of scale's and shift's (1 for a number): new arrays, or those
 * given.
 */
export type AffineGradient = <
  A extends FloatArray,
  Dx extends Alike<A> | undefined = undefined,
  Dscale extends Alike<A> | undefined = undefined,
  Dshift extends Alike<A> | undefined = undefined,
>(
  dz: A,
  x: Alike<A>,
  options?: AffineGradOptions<Dx, Dscale, Dshift, Alike<A>>,
) => {
  dx: Dx extends FloatArray ? Dx : NewArray<A>;
  dscale: Dscale extends FloatArray ? Dscale : NewArray<A>;
  dshift: Dshift extends FloatArray ? Dshift : NewArray<A>;
};

const OPTIONS = ["scale", "shift", "residual", "shape", "axis", "out"];
const OUTPUTS = ["dx", "dscale", "dshift"] as const;
const GRADIENT_OPTIONS = ["scale", "shift", "shape", "axis", ...OUTPUTS];
const NOTHING: unknown = {};

function readCall(op: string, argument: unknown, kind: Kind) {
  if (argument === undefined || isOfKind(argument, kind)) return { steps: NO_STEPS, given: ONE_ROW, out: argument };
  checkOptions(op, argument, OPTIONS, kind);
  const steps = readSteps(op, argument, kind);
  const given = readShape(op, argument);
  return { steps, given, out: readArray(op, argument, "out", kind) };
}

export function affineOp(facts: AffineRow): Affine {
  const row = bare(facts);
  const name = "affine";
  let run: Layer | undefined;
  const op = (x: FloatArray, argument?: unknown): FloatArray => {
    run ??= engine.layer(undefined, undefined);
    const kind = checkFirst(name, "x", x);
    const { steps, given, out: givenOut } = readCall(name, argument, kind);
    checkInUse(name, "x", x);
    const layout = checkLayer(name, given, x.length, steps, []);
    const out = outputFor(name, "out", givenOut, x.length, kind);
    if (x.length > 0) run(x, out, steps, NO_PARAMETERS, layout);
    return out;
  };
  return record(op, { name, kind: "affine", of: name, row }) as Affine;
}

export function affineGradient(affine: Affine): AffineGradient {
  const { row } = known(affine, "affine");
  const name = "affineGrad";
  let made: { layer: Layer; scaleSums: Sums; shiftSums: Sums } | undefined;
  const op = (dz: FloatArray, x: FloatArray, argument: unknown = NOTHING) => {
    made ??= {
      layer: engine.layer(undefined, undefined),
      scaleSums: engine.sums("product"),
      shiftSums: engine.sums("dy"),
    };
    const kind = checkFirst(name, "dz", dz);
    checkKind(name, "x", x, kind);
    checkOptions(name, argument, GRADIENT_OPTIONS, kind);
    const scale = readSpread(name, argument, "scale", kind) ?? 1;
    const shift = readSpread(name, argument, "shift", kind) ?? 0;
    const given = readShape(name, argument);
    const arrays = OUTPUTS.map((output) => readArray(name, argument, output, kind));
    checkInUse(name, "dz", dz);
    checkInUse(name, "x", x);
    checkLength(name, "dz", dz, x.length);
    const layout = checkChannels(name, given, x.length, [
      ["scale", scale, true],
      ["shift", shift, true],
    ]);
    const scaleLayout = layoutFor(scale, layout, x.length);
    const lengths = [x.length, ...[scale, shift].map((value) => (typeof value === "number" ? 1 : value.length))];
    const outputs = OUTPUTS.map((output, i) => outputFor(name, output, arrays[i], lengths[i] as number, kind));
    checkApart(name, { dx: arrays[0], dscale: arrays[1], dshift: arrays[2] });
    const [dx, dscale, dshift] = outputs as [FloatArray, FloatArray, FloatArray];
    if (x.length > 0) {
      // The sums before anything is written: an output may be an input too.
      const scaleSums = made.scaleSums(dz, x, scaleLayout);
      const shiftSums = made.shiftSums(dz, x, layoutFor(shift, layout, x.length));
      made.layer(dz, dx, { ...NO_STEPS, scale }, NO_PARAMETERS, scaleLayout);
      dscale.set(scaleSums);
      dshift.set(shiftSums);
    } else {
      dscale.fill(0);
      dshift.fill(0);
    }
    return { dx, dscale, dshift };
  };
  return record(op, { name, kind: "affineGrad", of: "affine", row }) as AffineGradient;
}
