/**
 * What the loops ask of an activation: four values at a time, with up to two parameters, each already in every lane.
 *
 * A kernel class has no state and is never allocated: the loops call its methods through `changetype<A>(0)`, which
 * AssemblyScript resolves and inlines at compile time.
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
