/**
 * softplus(x) = ln(1 + e^x)
 */
import { map, mapGrad } from "../loops";
import { build, Curve, ENTRY } from "../math/curve";
import { NONE } from "../math/lanes";

const ENTRIES = 2048;
const TABLE = memory.data(ENTRIES * ENTRY, 16);
const GRAD_ENTRIES = 2048;
const GRAD_TABLE = memory.data(GRAD_ENTRIES * ENTRY, 16);

@final class Softplus extends Curve<Softplus> {
  @inline table(): usize {
    return TABLE;
  }
  @inline entries(): i32 {
    return ENTRIES;
  }
  formula(x: f64): f64 {
    return x > 0 ? x + NativeMath.log1p(NativeMath.exp(-x)) : NativeMath.log1p(NativeMath.exp(x));
  }
  @inline lo(): f32 {
    return -105;
  }
  @inline hi(): f32 {
    return 15;
  }
  @inline grid(): i32 {
    return 4;
  }
  @inline tailScale(): i32 {
    return 26;
  }
  @inline identityAbove(): bool {
    return true;
  }
}

@final class SoftplusSlope extends Curve<SoftplusSlope> {
  @inline table(): usize {
    return GRAD_TABLE;
  }
  @inline entries(): i32 {
    return GRAD_ENTRIES;
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

export function softplusTable(): void {
  build<Softplus>();
}

export function softplus(x: usize, out: usize, n: usize): void {
  map<Softplus>(x, out, n, NONE, NONE);
}

export function softplusGradTable(): void {
  build<SoftplusSlope>();
}

export function softplusGrad(dy: usize, x: usize, out: usize, n: usize): void {
  mapGrad<SoftplusSlope>(dy, x, out, n, NONE, NONE);
}
