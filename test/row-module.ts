/**
 * The kernels along an axis without the package around them: whole arrays, or pieces as a host cuts
 * them.
 */
import { readFileSync } from "node:fs";

export interface Layout {
  readonly outer: number;
  readonly axis: number;
  readonly inner: number;
}

export interface RowOptions {
  readonly scale?: number;
  readonly bias?: Float32Array;
  readonly mask?: Uint8Array;
  readonly sink?: number | Float32Array;
  readonly empty?: "nan" | "zero";
}

type Kernel = (...args: readonly number[]) => number;

const START = 2 ** 24;
const ROOM = 2 ** 23;
const COLUMNS = 512;
/** Few, so that small arrays are cut too. */
const PIECE = 1024;

/** Bits of `<op>Passes`, four a pass. */
const READS_A = 1;
const READS_B = 2;
const READS_OUT = 4;
const WRITES = 8;
/** Bits of `edge`. */
const FIRST = 1;
const LAST = 2;

export class RowModule {
  readonly #memory = new WebAssembly.Memory({ initial: 2048, maximum: 2048 });
  readonly #exports: Readonly<Record<string, Kernel>>;

  constructor(path = "dist/kernels.wasm") {
    const module = new WebAssembly.Module(readFileSync(new URL(`../${path}`, import.meta.url)));
    this.#exports = new WebAssembly.Instance(module, { env: { memory: this.#memory } }).exports as Record<
      string,
      Kernel
    >;
  }

  call(name: string, ...args: readonly number[]): number {
    const kernel = this.#exports[name];
    if (!kernel) throw new Error(`no kernel ${name}`);
    return kernel(...args);
  }

  #address(slot: number): number {
    return START + slot * ROOM;
  }

  #floats(slot: number, length: number): Float32Array {
    return new Float32Array(this.#memory.buffer, this.#address(slot), length);
  }

  #bytes(slot: number, length: number): Uint8Array {
    return new Uint8Array(this.#memory.buffer, this.#address(slot), length);
  }

  /** Writes the block of options; where the arrays are, is said by their slots. */
  #block({ scale = 1, bias, mask, sink, empty }: RowOptions, { axis }: Layout, elements: number, rows: number): void {
    const start = this.call("rowOptions");
    const words = new Int32Array(this.#memory.buffer, start, 5);
    new Float32Array(this.#memory.buffer, start, 1)[0] = scale;
    words[1] = bias ? this.#address(3) : 0;
    words[2] = mask ? this.#address(4) : 0;
    words[3] = sink === undefined ? 0 : this.#address(5);
    const isRow = (array: ArrayLike<number> | undefined) => array !== undefined && array.length !== elements;
    words[4] =
      (isRow(bias) ? 1 : 0) + (isRow(mask) ? 2 : 0) + (typeof sink === "number" ? 4 : 0) + (empty === "zero" ? 8 : 0);
    for (const array of [bias, mask]) {
      if (array && array.length !== elements && array.length !== axis)
        throw new Error("a bias or mask of another length");
    }
    if (typeof sink === "object" && sink.length !== rows) throw new Error("sinks of another number");
  }

  /** The whole array at once; in place, or not. */
  whole(
    name: string,
    a: Float32Array,
    b: Float32Array | undefined,
    layout: Layout,
    options?: RowOptions,
    inPlace = false,
  ) {
    const { outer, axis, inner } = layout;
    const rows = outer * inner;
    const reduces = name === "logSumExp";
    const size = reduces ? rows : a.length;
    this.#floats(0, a.length).set(a);
    if (b) this.#floats(1, b.length).set(b);
    const guard = 16;
    if (!inPlace) this.#floats(2, size + guard).fill(7);
    if (options) {
      this.#block(options, layout, a.length, rows);
      if (options.bias) this.#floats(3, options.bias.length).set(options.bias);
      if (options.mask) this.#bytes(4, options.mask.length).set(options.mask);
      const { sink } = options;
      if (sink !== undefined) this.#floats(5, rows).set(typeof sink === "number" ? [sink] : sink);
    }
    const target = inPlace ? 0 : 2;
    this.call(
      name,
      this.#address(0),
      this.#address(b ? 1 : 0),
      this.#address(target),
      outer,
      axis,
      inner,
      options ? 1 : 0,
    );
    if (
      !inPlace &&
      this.#floats(2, size + guard)
        .subarray(size)
        .some((v) => v !== 7)
    ) {
      throw new Error(`${name} writes beyond the end`);
    }
    return this.#floats(target, size).slice();
  }

  /** The same in pieces: every array goes through memory of its own, a piece at a time. */
  pieces(
    name: string,
    a: Float32Array,
    b: Float32Array | undefined,
    layout: Layout,
    options?: RowOptions,
  ): Float32Array {
    const { outer, axis, inner } = layout;
    const passes: number[] = [];
    for (let bits = this.call(`${name}Passes`, options ? 1 : 0); bits; bits >>>= 4) passes.push(bits & 15);
    const reduces = name === "logSumExp";
    const out = new Float32Array(reduces ? outer * inner : a.length);
    if (options) this.#block(options, layout, a.length, outer * inner);
    for (let o = 0; o < outer; o++) {
      for (let column = 0; column < inner; column += COLUMNS) {
        const columns = Math.min(COLUMNS, inner - column);
        const most = inner === 1 ? PIECE : Math.max(1, Math.floor(PIECE / columns));
        passes.forEach((pass, k) => {
          const reads = pass & (READS_A | READS_OUT);
          const steps = reads ? axis : 1;
          let again = 1;
          while (again) {
            again = 0;
            for (let step = 0; step < steps; step += most) {
              const n = Math.min(most, steps - step);
              /**
               * Calls back with where a run of the piece is in an array of the given steps, and in
               * the piece.
               */
              const each = (of: number, visit: (start: number, length: number, at: number) => void) => {
                for (let i = 0; i < n; i++) visit((o * of + step + i) * inner + column, columns, i * columns);
              };
              const put = (slot: number, array: Float32Array) =>
                each(axis, (start, length, at) =>
                  this.#floats(slot, n * columns).set(array.subarray(start, start + length), at),
                );
              if (pass & READS_A) put(0, a);
              if (pass & READS_OUT) put(0, out);
              if (pass & READS_B) put(1, b as Float32Array);
              const row = o * inner + column;
              if (b && b.length !== a.length) this.#floats(1, columns).set(b.subarray(row, row + columns));
              if (options) this.#putOptions(options, a.length, axis, row, columns, step, n, each);
              const isLast = step + n === steps && k + 1 < passes.length;
              again = this.call(
                `${name}Part`,
                k,
                this.#address(0),
                this.#address(b ? 1 : 0),
                this.#address(0),
                n,
                columns,
                inner === 1 ? 0 : columns,
                (step === 0 ? FIRST : 0) | (isLast ? LAST : 0),
                options ? 1 : 0,
              );
              if (pass & WRITES) {
                each(reads ? axis : 1, (start, length, at) =>
                  out.set(this.#floats(0, n * columns).subarray(at, at + length), start),
                );
              }
            }
          }
        });
      }
    }
    return out;
  }

  #putOptions(
    { bias, mask, sink }: RowOptions,
    elements: number,
    axis: number,
    row: number,
    columns: number,
    step: number,
    n: number,
    each: (of: number, visit: (start: number, length: number, at: number) => void) => void,
  ): void {
    if (bias?.length === elements) {
      each(axis, (start, length, at) => this.#floats(3, n * columns).set(bias.subarray(start, start + length), at));
    } else if (bias) this.#floats(3, n).set(bias.subarray(step, step + n));
    if (mask?.length === elements) {
      each(axis, (start, length, at) => this.#bytes(4, n * columns).set(mask.subarray(start, start + length), at));
    } else if (mask) this.#bytes(4, n).set(mask.subarray(step, step + n));
    if (sink !== undefined) {
      this.#floats(5, columns).set(typeof sink === "number" ? [sink] : sink.subarray(row, row + columns));
    }
  }
}
