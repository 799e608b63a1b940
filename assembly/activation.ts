/**
 * What the loops ask of an activation: four values at a time, or two in float64, with up to two
 * parameters, each already in every lane. A third parameter lies in memory of the kernel's own.
 *
 * A kernel class has no state and is never allocated: the loops call its methods through
 * `changetype<A>(0)`, which AssemblyScript resolves and inlines at compile time.
 */
export abstract class Activation {
  /** f(x). */
  @inline value(x: v128, _a: v128, _b: v128): v128 {
    return x;
  }

  /** f'(x). */
  @inline slope(x: v128, _a: v128, _b: v128): v128 {
    return x;
  }
}

/** In float64, two values at a time: for what no float32 computation holds, with any parameters. */
export abstract class WideActivation {
  /** f(x). */
  @inline value(x: v128, _a: v128, _b: v128): v128 {
    return x;
  }

  /** dy f'(x). */
  @inline gradient(dy: v128, _x: v128, _a: v128, _b: v128): v128 {
    return dy;
  }
}
