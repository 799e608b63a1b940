/** Arguments that may be numbers or arrays with one value per channel: how they are read, and how they lie along x. */
import type { Spread, Steps } from "../engine/channels.ts";
import { NO_STEPS } from "../engine/channels.ts";
import type { Kind } from "../engine/kinds.ts";
import type { FloatArray } from "../model/arrays.ts";
import type { Layout } from "../model/layout.ts";
import { checkInUse, checkLength } from "./arrays.ts";
import { finite } from "./domains.ts";
import { numberOrArray, type Options, ownOption, readArray } from "./options.ts";
import { rangeError } from "./refusal.ts";
import { checkAxis, dimensionsOf, type GivenShape, layoutOf } from "./shape.ts";

/** The steps before an activation: z = scale x, + shift, + residual, each rounded to float32. */
export interface StepOptions<A extends FloatArray = Float32Array> {
  /** A number, or an array with one value per index of the axis or per element; 1. */
  readonly scale?: number | A | undefined;
  /** The same, added after that; nothing. */
  readonly shift?: number | A | undefined;
  /** An array as long as x, added last; nothing. */
  readonly residual?: A | undefined;
}

const NUMBER = { default: 0, domain: finite };

/** A number in float32 or an array, undefined where it is not given. Whether the array is in use is looked at later. */
export function readSpread(op: string, options: Options, name: string, kind: Kind): Spread | undefined {
  const value = ownOption(options, name);
  return value === undefined ? undefined : numberOrArray(op, name, value, NUMBER, kind);
}

export function readSteps(op: string, options: Options, kind: Kind): Steps {
  return {
    scale: readSpread(op, options, "scale", kind) ?? NO_STEPS.scale,
    shift: readSpread(op, options, "shift", kind) ?? NO_STEPS.shift,
    residual: readArray(op, options, "residual", kind),
  };
}

/** How x lies along the axis of channels; all elements are one channel where no array has a value for each. */
export class Channels {
  readonly #op: string;
  readonly #length: number;
  readonly #dimensions: readonly number[];
  readonly #axis: number;
  #inUse = false;

  /** The axis is 1 unless another is given, of one dimension 0. */
  constructor(op: string, given: GivenShape, length: number) {
    this.#op = op;
    this.#length = length;
    this.#dimensions = dimensionsOf(op, given, "x", length);
    const rank = this.#dimensions.length;
    this.#axis = checkAxis(op, given.axis ?? (rank === 1 ? 0 : 1), rank);
  }

  /** That an array has a value per channel or, where that makes sense, per element. */
  check(name: string, value: Spread | undefined, orEach: boolean): void {
    if (typeof value !== "object") return;
    checkInUse(this.#op, name, value);
    const size = this.#dimensions[this.#axis];
    if (value.length === size) this.#inUse = true;
    else if (!orEach || value.length !== this.#length) {
      const each = orEach ? `, or ${this.#length}, the length of x` : "";
      throw rangeError(
        this.#op,
        `${name} has length ${value.length}`,
        `${size}, the size of axis ${this.#axis}${each}`,
      );
    }
  }

  checkSteps({ scale, shift, residual }: Steps): void {
    this.check("scale", scale, true);
    this.check("shift", shift, true);
    if (!residual) return;
    checkInUse(this.#op, "residual", residual);
    checkLength(this.#op, "residual", residual, this.#length);
  }

  /** For an engine, when all are checked. */
  get layout(): Layout {
    return this.#inUse ? layoutOf(this.#dimensions, this.#axis) : { outer: 1, axis: 1, inner: this.#length };
  }

  /** Of the sums over what a value serves. */
  layoutOf(value: Spread): Layout {
    if (typeof value === "number") return { outer: 1, axis: 1, inner: this.#length };
    if (value.length === this.#dimensions[this.#axis]) return layoutOf(this.#dimensions, this.#axis);
    return { outer: 1, axis: this.#length, inner: 1 };
  }
}
