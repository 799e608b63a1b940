/**
 * Methods that a kernel may have, found at compile time with isDefined. A default in the base class, overridden by some,
 * would be a virtual call. AssemblyScript never reads this file: it serves the type checker and the reader.
 */
declare module "./activation" {
  interface Activation {
    /** The body is long: four vectors an iteration would only make the module larger. */
    rolled(): bool;
  }
}

declare module "./rows" {
  interface Pass {
    /** What stands in for elements beyond the end: 0 unless said. */
    pad(flip: v128): v128;
    /** It has two inputs. */
    pairs(): bool;
    /** It has an output. */
    writes(): bool;
    /** One input, one output, and worth four vectors at a time along a row. */
    unrolled(): bool;
    /** The body is long: twice of it would only make the module larger. */
    rolled(): bool;
  }

  interface Way {
    back(): bool;
  }
}

declare module "./exponentials" {
  interface Exponentials<Self extends Exponentials<Self>> {
    /** It leaves out the maximum and counts how often it is there. */
    counts(): bool;
  }
}

declare module "./math/curve" {
  interface Curve<Self extends Curve<Self>> {
    /** Below split the grid has step 2^-tailGrid. */
    split(): f32;
    tailGrid(): i32;
    /** The float32 nearest to a root of f. An odd function must name its root, 0. */
    root(): f32;
    /** A slope near to that of f at its root such that (x - root) * rootSlope is exact. */
    rootSlope(): f32;
    /** f(root), to more digits than the formula has there. */
    rootValue(): f64;
    /** How far from the root the line is taken out: 0.25 unless said. */
    rootWidth(): f32;
    /** The grid around a root other than 0 has step 2^-rootGrid: 2^-7 unless said. */
    rootGrid(): i32;
    /** The first entry is the limit of f at -Infinity. */
    flatStart(): bool;
    /** The table holds 2^tailScale f. */
    tailScale(): i32;
    /** The grid has 2^grid cells from each power of two to the next; lo > 0. */
    octaves(): bool;
    /** f(-x) = f(x): the table covers x <= 0. */
    even(): bool;
    /** f(-x) = -f(x): the table covers x >= 0; with octaves, f(|x|). */
    odd(): bool;
    /** f(x) rounds to x from hi on. */
    identityAbove(): bool;
  }
}

export {};
