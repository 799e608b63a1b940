/**
 * thresholdedRelu(x) = x > theta ? x : 0.
 *
 * Special  -Infinity -> 0, Infinity -> Infinity, NaN -> NaN.
 * Kink     f'(theta) = 0.
 * Error    exact.
 * Source   Konda, Memisevic and Krueger 2015, Zero-bias autoencoders and the benefits of
 *          co-adapting features.
 */
import { map, mapGrad } from "../loops";
import { NONE, parameter, ZERO } from "../math/lanes";
import { Threshold } from "./threshold";

export function thresholdedRelu(x: usize, out: usize, n: usize, theta: f32): void {
  map<Threshold>(x, out, n, parameter(theta), ZERO);
}

export function thresholdedReluGrad(dy: usize, x: usize, out: usize, n: usize, theta: f32): void {
  mapGrad<Threshold>(dy, x, out, n, parameter(theta), NONE);
}
