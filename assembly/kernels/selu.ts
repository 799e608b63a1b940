/**
 * selu(x) = lambda (x > 0 ? x : alpha (e^x - 1)), selu'(x) = lambda (x > 0 ? 1 : alpha e^x),
 * lambda 1.0507009873554805, alpha 1.6732632423543772.
 *
 * Method   x <= 0: a table of each (math/curve.ts). selu is its limit below -16.820; selu' < 2^-150 below -105.
 * Special  -Infinity -> -lambda alpha, ±0 -> ±0, Infinity -> Infinity, NaN -> NaN.
 * Kink     f'(0) = lambda alpha.
 * Error    0.87 ULP, slope 0.81 ULP.
 * Source   Klambauer, Unterthiner, Mayr and Hochreiter 2017, Self-normalizing neural networks.
 */
import { Activation } from "../activation";
import { map, mapGrad } from "../loops";
import { build, Curve, ENTRY } from "../math/curve";
import { NONE, select, splat, ZERO } from "../math/lanes";

const ENTRIES = 2048;
const TABLE = memory.data(ENTRIES * ENTRY, 16);
const GRAD_ENTRIES = 2048;
const GRAD_TABLE = memory.data(GRAD_ENTRIES * ENTRY, 16);

/** lambda alpha; lambda and lambda - 1, rounded to float32. */
const LAMBDA_ALPHA: f64 = 1.7580993408473769;
const LAMBDA: f32 = 1.0507009873554805;
const LAMBDA_MINUS_1: f32 = 0.0507009873554805;

/** lambda alpha (e^x - 1) for x <= 0. */
@final
class SeluLeft extends Curve<SeluLeft> {
  @inline table(): usize {
    return TABLE;
  }
  @inline entries(): i32 {
    return ENTRIES;
  }
  formula(x: f64): f64 {
    return LAMBDA_ALPHA * NativeMath.expm1(x);
  }
  @inline lo(): f32 {
    return -16.828125;
  }
  /** The limit up to -16.820: a little after -16.865, where it is as near as the number above. */
  @inline flatStart(): bool {
    return true;
  }
  @inline hi(): f32 {
    return 0;
  }
  @inline grid(): i32 {
    return 6;
  }
  @inline root(): f32 {
    return 0;
  }
  @inline rootSlope(): f32 {
    return 2;
  }
  @inline rootWidth(): f32 {
    return 0.125;
  }
}

/** lambda alpha e^x for x <= 0. */
@final
class SeluSlopeLeft extends Curve<SeluSlopeLeft> {
  @inline table(): usize {
    return GRAD_TABLE;
  }
  @inline entries(): i32 {
    return GRAD_ENTRIES;
  }
  formula(x: f64): f64 {
    return LAMBDA_ALPHA * NativeMath.exp(x);
  }
  @inline lo(): f32 {
    return -105;
  }
  @inline hi(): f32 {
    return 0;
  }
  @inline grid(): i32 {
    return 4;
  }
  @inline tailScale(): i32 {
    return 26;
  }
}

@final
export class Selu extends Activation {
  @inline value(x: v128, _a: v128, _b: v128): v128 {
    // lambda x as x + (lambda - 1) x: one product with lambda rounded would add up to 0.5 ULP.
    return select(f32x4.gt(x, ZERO), f32x4.add(x, f32x4.mul(x, splat(LAMBDA_MINUS_1))), changetype<SeluLeft>(0).at(x));
  }

  @inline slope(x: v128, _a: v128, _b: v128): v128 {
    return select(f32x4.gt(x, ZERO), splat(LAMBDA), changetype<SeluSlopeLeft>(0).at(x));
  }

  @inline rolled(): bool {
    return true;
  }
}

export function seluTable(): void {
  build<SeluLeft>();
}

export function selu(x: usize, out: usize, n: usize): void {
  map<Selu>(x, out, n, NONE, NONE);
}

export function seluGradTable(): void {
  build<SeluSlopeLeft>();
}

export function seluGrad(dy: usize, x: usize, out: usize, n: usize): void {
  mapGrad<Selu>(dy, x, out, n, NONE, NONE);
}
