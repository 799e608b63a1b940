/**
 * softcap(x) = cap tanh(x / cap), softcap'(x) = 1 - tanh(x / cap)^2.
 *
 * Method   float64.
 * Special  ±Infinity -> ±cap, ±0 -> ±0, NaN -> NaN.
 * Error    0.51 ULP, slope 0.51 ULP.
 * Source   Bello et al. 2016, Neural combinatorial optimization; Gemma Team 2024, Gemma 2.
 */
import { TanhTimes } from "./scaledTanh";

export function softcap(x: usize, out: usize, n: usize, cap: f32): void {
  TanhTimes.value(x, out, n, <f64>cap, 1 / <f64>cap);
}

export function softcapGrad(dy: usize, x: usize, out: usize, n: usize, cap: f32): void {
  TanhTimes.gradient(dy, x, out, n, 1, 1 / <f64>cap);
}
