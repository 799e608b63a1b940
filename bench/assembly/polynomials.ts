/**
 * sigmoid, silu and tanh from the polynomial e^x of assembly/math/exp.ts, for comparison with their
 * tables (bench/tables.ts).
 *
 * These are the shortest forms, 2 to 3 ULP off; one that holds 1 ULP needs a compensated sum and a
 * correction of the quotient on top.
 */
import { Activation } from "../../assembly/activation";
import { map } from "../../assembly/loops";
import { Exp } from "../../assembly/math/exp";
import { copySign, NONE, ONE } from "../../assembly/math/lanes";

@final
class Sigmoid extends Activation {
  @inline value(x: v128, _a: v128, _b: v128): v128 {
    return f32x4.div(ONE, f32x4.add(ONE, Exp.of(f32x4.neg(x))));
  }
}

@final
class Silu extends Activation {
  @inline value(x: v128, _a: v128, _b: v128): v128 {
    return f32x4.div(x, f32x4.add(ONE, Exp.of(f32x4.neg(x))));
  }
}

@final
class Tanh extends Activation {
  @inline value(x: v128, _a: v128, _b: v128): v128 {
    const a = f32x4.abs(x);
    const e = Exp.of(f32x4.neg(f32x4.add(a, a)));
    return copySign(f32x4.div(f32x4.sub(ONE, e), f32x4.add(ONE, e)), x);
  }
}

export function sigmoid(x: usize, out: usize, n: usize): void {
  map<Sigmoid>(x, out, n, NONE, NONE);
}

export function silu(x: usize, out: usize, n: usize): void {
  map<Silu>(x, out, n, NONE, NONE);
}

export function tanh(x: usize, out: usize, n: usize): void {
  map<Tanh>(x, out, n, NONE, NONE);
}
