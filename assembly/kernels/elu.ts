/**
 * elu
 */
import { map, mapGrad } from "../loops";
import { build, Curve, ENTRY } from "../math/curve";
import { NONE } from "../math/lanes";

const ENTRIES = 512;
const TABLE = memory.data(ENTRIES * ENTRY, 16);
const GRAD_ENTRIES = 2048;
const GRAD_TABLE = memory.data(GRAD_ENTRIES * ENTRY, 16);

@final class Elu extends Curve<Elu> {
  @inline table(): usize {
    return TABLE;
  }
  @inline entries(): i32 {
    return ENTRIES;
  }
  formula(x: f64): f64 {
    return NativeMath.expm1(x);
  }
  @inline lo(): f32 {
    return -17.5;
  }
  @inline hi(): f32 {
    return 0;
  }
  @inline grid(): i32 {
    return 4;
  }
  @inline root(): f32 {
    return 0;
  }
  @inline rootSlope(): f32 {
    return 1;
  }
}

@final class EluSlope extends Curve<EluSlope> {
  @inline table(): usize {
    return GRAD_TABLE;
  }
  @inline entries(): i32 {
    return GRAD_ENTRIES;
  }
  formula(x: f64): f64 {
    return NativeMath.exp(x);
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

export function eluTable(): void {
  build<Elu>();
}

export function elu(x: usize, out: usize, n: usize): void {
  map<Elu>(x, out, n, NONE, NONE);
}

export function eluGradTable(): void {
  build<EluSlope>();
}

export function eluGrad(dy: usize, x: usize, out: usize, n: usize): void {
  mapGrad<EluSlope>(dy, x, out, n, NONE, NONE);
}
