/**
 * selu
 */
import { map, mapGrad } from "../loops";
import { build, Curve, ENTRY } from "../math/curve";
import { NONE } from "../math/lanes";

const ENTRIES = 512;
const TABLE = memory.data(ENTRIES * ENTRY, 16);
const GRAD_ENTRIES = 2048;
const GRAD_TABLE = memory.data(GRAD_ENTRIES * ENTRY, 16);

@final class Selu extends Curve<Selu> {
  @inline table(): usize {
    return TABLE;
  }
  @inline entries(): i32 {
    return ENTRIES;
  }
  formula(x: f64): f64 {
    return 1.7580993408473769 * NativeMath.expm1(x);
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
    return 2;
  }
  @inline rootWidth(): f32 {
    return 0.125;
  }
}

@final class SeluSlope extends Curve<SeluSlope> {
  @inline table(): usize {
    return GRAD_TABLE;
  }
  @inline entries(): i32 {
    return GRAD_ENTRIES;
  }
  formula(x: f64): f64 {
    return 1.7580993408473769 * NativeMath.exp(x);
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

export function seluTable(): void {
  build<Selu>();
}

export function selu(x: usize, out: usize, n: usize): void {
  map<Selu>(x, out, n, NONE, NONE);
}

export function seluGradTable(): void {
  build<SeluSlope>();
}

export function seluGrad(dy: usize, x: usize, out: usize, n: usize): void {
  mapGrad<SeluSlope>(dy, x, out, n, NONE, NONE);
}
