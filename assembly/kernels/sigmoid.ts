/**
 * sigmoid(x) = 1 / (1 + e^-x), sigmoid'(x) = sigmoid(x) sigmoid(-x).
 *
 * Method   tables (math/curve.ts). Both are below 2^-150 for x <= -105; sigmoid rounds to 1 from 18 on; the slope is even.
 * Special  -Infinity -> 0, ±0 -> 0.5, Infinity -> 1, NaN -> NaN.
 * Error    0.8 ULP, slope 0.8 ULP.
 * Source   Verhulst 1838; as an activation Rumelhart, Hinton and Williams 1986, Learning representations by back-propagating errors.
 */
import { map, mapGrad } from "../loops";
import { build, Curve, ENTRY } from "../math/curve";
import { NONE } from "../math/lanes";

const ENTRIES = 2048;
const TABLE = memory.data(ENTRIES * ENTRY, 16);
const GRAD_ENTRIES = 2048;
const GRAD_TABLE = memory.data(GRAD_ENTRIES * ENTRY, 16);

@final
export class Sigmoid extends Curve<Sigmoid> {
  @inline table(): usize {
    return TABLE;
  }
  @inline entries(): i32 {
    return ENTRIES;
  }
  formula(x: f64): f64 {
    return 1 / (1 + NativeMath.exp(-x));
  }
  @inline lo(): f32 {
    return -105;
  }
  @inline hi(): f32 {
    return 18;
  }
  @inline grid(): i32 {
    return 4;
  }
  @inline tailScale(): i32 {
    return 26;
  }
}

@final
export class SigmoidSlope extends Curve<SigmoidSlope> {
  @inline table(): usize {
    return GRAD_TABLE;
  }
  @inline entries(): i32 {
    return GRAD_ENTRIES;
  }
  formula(x: f64): f64 {
    const e = NativeMath.exp(-abs(x));
    return e / ((1 + e) * (1 + e));
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
  @inline even(): bool {
    return true;
  }
}

export function sigmoidTable(): void {
  build<Sigmoid>();
}

export function sigmoid(x: usize, out: usize, n: usize): void {
  map<Sigmoid>(x, out, n, NONE, NONE);
}

export function sigmoidGradTable(): void {
  build<SigmoidSlope>();
}

export function sigmoidGrad(dy: usize, x: usize, out: usize, n: usize): void {
  mapGrad<SigmoidSlope>(dy, x, out, n, NONE, NONE);
}
