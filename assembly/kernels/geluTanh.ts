/**
 * geluTanh(x) = x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) = x sigmoid(2 sqrt(2 / pi) (x + 0.044715 x^3)).
 *
 * Method   tables (math/curve.ts). |geluTanh| and |geluTanh'| < 2^-150 below lo; geluTanh(x) rounds to x from 5.125 on, geluTanh' to 1 from
 *          5.75 on. geluTanh' has a root near -0.752.
 * Special  -Infinity -> -0, ±0 -> ±0, Infinity -> Infinity, NaN -> NaN.
 * Error    0.77 ULP, slope 0.9 ULP (next to its root).
 * Source   Hendrycks and Gimpel 2016, Gaussian error linear units (GELUs).
 */
import { map, mapGrad } from "../loops";
import { build, Curve, ENTRY } from "../math/curve";
import { NONE } from "../math/lanes";

const ENTRIES = 4096;
const TABLE = memory.data(ENTRIES * ENTRY, 16);
const GRAD_ENTRIES = 4096;
const GRAD_TABLE = memory.data(GRAD_ENTRIES * ENTRY, 16);

/** 2 sqrt(2/pi) (x + 0.044715 x^3) */
function inner(x: f64): f64 {
  return 1.5957691216057307117 * x * (1 + 0.044715 * x * x);
}

function innerSlope(x: f64): f64 {
  return 1.5957691216057307117 * (1 + 3 * 0.044715 * x * x);
}

@final
class GeluTanh extends Curve<GeluTanh> {
  @inline table(): usize {
    return TABLE;
  }
  @inline entries(): i32 {
    return ENTRIES;
  }
  formula(x: f64): f64 {
    return x / (1 + NativeMath.exp(-inner(x)));
  }
  @inline lo(): f32 {
    return -11;
  }
  @inline hi(): f32 {
    return 5.125;
  }
  @inline grid(): i32 {
    return 7;
  }
  @inline split(): f32 {
    return -6;
  }
  @inline tailGrid(): i32 {
    return 9;
  }
  @inline root(): f32 {
    return 0;
  }
  @inline rootSlope(): f32 {
    return 0.5;
  }
  @inline rootWidth(): f32 {
    return 0.1875;
  }
  @inline tailScale(): i32 {
    return 26;
  }
  @inline identityAbove(): bool {
    return true;
  }
}

@final
class GeluTanhSlope extends Curve<GeluTanhSlope> {
  @inline table(): usize {
    return GRAD_TABLE;
  }
  @inline entries(): i32 {
    return GRAD_ENTRIES;
  }
  formula(x: f64): f64 {
    const e = NativeMath.exp(-inner(x));
    return (1 + e * (1 + x * innerSlope(x))) / ((1 + e) * (1 + e));
  }
  @inline lo(): f32 {
    return -10.921875;
  }
  @inline hi(): f32 {
    return 5.75;
  }
  @inline grid(): i32 {
    return 7;
  }
  @inline split(): f32 {
    return -6;
  }
  @inline tailGrid(): i32 {
    return 9;
  }
  @inline root(): f32 {
    return -0.75246143;
  }
  @inline rootSlope(): f32 {
    return 0.375;
  }
  @inline rootWidth(): f32 {
    return 0.1875;
  }
  @inline rootValue(): f64 {
    return -4.8805769909549433932e-9;
  }
  @inline tailScale(): i32 {
    return 26;
  }
}

export function geluTanhTable(): void {
  build<GeluTanh>();
}

export function geluTanh(x: usize, out: usize, n: usize): void {
  map<GeluTanh>(x, out, n, NONE, NONE);
}

export function geluTanhGradTable(): void {
  build<GeluTanhSlope>();
}

export function geluTanhGrad(dy: usize, x: usize, out: usize, n: usize): void {
  mapGrad<GeluTanhSlope>(dy, x, out, n, NONE, NONE);
}
