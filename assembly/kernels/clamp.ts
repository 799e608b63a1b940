/**
 * clamp(x) = min(max(x, min), max): max everywhere where min > max.
 *
 * Special  ±Infinity -> the bound there, NaN -> NaN.
 * Kink     f'(min) = 1, f'(max) = 1; 0 everywhere where min > max.
 * Error    exact.
 */
import { mapGrad } from "../loops";
import { parameter } from "../math/lanes";
import { hardTanh, Inside } from "./hardTanh";

/** The float32 below x; NaN for -Infinity, below which there is none. */
function below(x: f32): f32 {
  if (x > 0) return reinterpret<f32>(reinterpret<u32>(x) - 1);
  return x === 0 ? -1.401298464324817e-45 : reinterpret<f32>(reinterpret<u32>(x) + 1);
}

export function clamp(x: usize, out: usize, n: usize, min: f32, max: f32): void {
  hardTanh(x, out, n, min, max);
}

/** The bounds belong to the inside; where min > max nothing does. */
export function clampGrad(dy: usize, x: usize, out: usize, n: usize, min: f32, max: f32): void {
  mapGrad<Inside>(dy, x, out, n, parameter(below(min)), parameter(-below(-max)));
}
