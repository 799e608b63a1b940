/**
 * Methods that a kernel may have, found at compile time with isDefined. A default in the base
 * class, overridden by some, would be a virtual call. AssemblyScript never reads this file: it
 * serves the type checker and the reader.
 */
declare module "./activation" {
  interface Activation {
    /** The body is long: four vectors an iteration would only make the module larger. */
    rolled(): bool;
    /** dy f'(x), where dy times a rounded f'(x) would not do. */
    gradient(dy: v128, x: v128, a: v128, b: v128): v128;
  }
}

declare module "./panel" {
  interface Pass {
    /** It has two inputs. */
    pairs: bool;
    /** It reads no input. */
    idle: bool;
    /** It reads what an earlier pass has written. */
    again: bool;
    /** It has an output. */
    writes: bool;
    /** It reads elements with the sign that the op gives them. */
    flips: bool;
    /** Its values count for the maximum. */
    peaks: bool;
    /** It leaves out the maximum, */
    excludes: bool;
    /** and counts how often it is there. */
    counts: bool;
    /** Its values are summed, */
    sums: bool;
    /** or these. */
    lower(a: v128, b: v128, peak: v128): v128;
    upper(a: v128, b: v128, peak: v128): v128;
    /** It takes nothing of the record. */
    constant: bool;
    /** Its constants are what splitMaximum() makes of the maximum. */
    divided: bool;
    /** It is for columns only that ask for it, by LEAST in the record. */
    asked: bool;
    /** One input, and worth four steps at a time. */
    unrolled: bool;
    /** It is no pass. */
    none: bool;
  }
}

declare module "./rows" {
  interface RowOp {
    /**
     * Makes of the record of n columns (1 to 4), all elements seen, what the pass after k needs.
     */
    seal(k: i32, record: usize, n: usize): void;
    /** The op of -x. */
    flip: bool;
  }
}

declare module "./transpose" {
  interface Way {
    back(): bool;
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
    /** f(x) may be a line at either end, and the entries are of -f. */
    ends: bool;
    /** finish() asks for RIGHT of the descriptor. */
    right: bool;
    /** What is left to do with the curve's value y. */
    finish(x: v128, y: v128, hi: v128, right: v128): v128;
  }
}

export {};
