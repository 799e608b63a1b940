/**
 * Methods that a kernel may have, found at compile time with isDefined. A default in the base class, overridden by some,
 * would be a virtual call. AssemblyScript never reads this file: it serves the type checker and the reader.
 */
declare module "./activation" {
  interface Activation {
    /** The body is long: four vectors an iteration would only make the module larger. */
    rolled(): bool;
    /** dy f'(x), where dy times a rounded f'(x) would not do. */
    gradient(dy: v128, x: v128, a: v128, b: v128): v128;
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

declare module "./curves" {
  interface Shape {
    /** It is a factor of dy. */
    gradient: bool;
    /** The mirror image: -f(-x), of a factor of dy f(-x). */
    mirror: bool;
    /** f(-x) = f(x): the table covers x <= 0. */
    even: bool;
    /** f(|x|), the table covers x >= 0. */
    odd: bool;
    /** The grid of the tail has another step. */
    tail: bool;
    /** A root at 0, */
    zero: bool;
    /** where the table ends, */
    left: bool;
    /** or elsewhere. */
    root: bool;
    /** A grid by octaves. */
    octaves: bool;
    /** The entries are scaled. */
    scaled: bool;
    /** f(x) is x from hi on. */
    identity: bool;
    /** finish() asks for RIGHT of the descriptor. */
    right: bool;
    /** What is left to do with the curve's value y. */
    finish(x: v128, y: v128, hi: v128, right: v128): v128;
  }
}

export {};
