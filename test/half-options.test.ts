/**
 * Options on Float16Array: whatever is computed wide has the bits of the same call on the arrays
 * widened to float32, rounded once.
 */
import { expect, test } from "vitest";
import * as wasm from "wasm-activations";
import * as js from "wasm-activations/js";
import * as table from "../src/activations.generated.ts";
import { describe } from "../src/calls/describe.ts";
import { bitsOfHalves, describeHalf, halvesFor } from "./half-arrays.ts";

type Options = Readonly<Record<string, unknown>>;
type Op = (...args: readonly unknown[]) => ArrayBufferView | Readonly<Record<string, ArrayBufferView>>;
type Ops = Readonly<Record<string, Op>>;

const SHAPE = [6, 10];
const N = 60;

/** Names of ops of a kind. */
const named = (...kinds: readonly string[]) =>
  Object.values(table).flatMap((op) => {
    const known = describe(op);
    return known && kinds.includes(known.kind) ? [known.name] : [];
  });

const widened = (value: unknown) => (value instanceof Float16Array ? Float32Array.from(value) : value);
const arraysOf = (result: ReturnType<Op>) => (ArrayBuffer.isView(result) ? [result] : Object.values(result));

/** What differs between a call and the same call on widened arrays. */
function differences(name: string, args: readonly unknown[], options: Options): string[] {
  const wideOptions = Object.fromEntries(Object.entries(options).map(([key, value]) => [key, widened(value)]));
  return [wasm, js].flatMap((entry, k) => {
    const op = (entry as unknown as Ops)[name] as Op;
    const got = arraysOf(op(...args, options));
    const want = arraysOf(op(...args.map(widened), wideOptions));
    return got.flatMap((array, i) => {
      const [found, expected] = [array as Float16Array, Float16Array.from(want[i] as Float32Array)].map(bitsOfHalves);
      const at = (found as Uint16Array).findIndex((bits, index) => bits !== expected?.[index]);
      const complaint = `${["wasm", "js"][k]}: ${name}, result ${i}, [${at}] is ${found?.[at]}, not ${expected?.[at]}`;
      return at < 0 && found?.length === expected?.length ? [] : [complaint];
    });
  });
}

describeHalf("options on Float16Array", () => {
  const x = halvesFor(N);
  const [dy, other, residual] = [halvesFor(N, 2), halvesFor(N, 3), halvesFor(N, 4)];
  const [perColumn, perRow] = [halvesFor(10, 5), halvesFor(6, 6)];
  const mask = Uint8Array.from({ length: N }, (_, i) => Number(i % 3 > 0));

  test.each(["softmax", "logSoftmax", "logSumExp", "softmin"])("%s: scale, bias, mask, sink, empty", (name) => {
    const options = { shape: SHAPE, scale: 0.75, bias: perColumn, mask, sink: perRow, empty: "zero" };
    expect(differences(name, [x], options)).toEqual([]);
    expect(differences(name, [x], { shape: SHAPE, axis: 0, scale: -2, bias: other })).toEqual([]);
  });

  test("logSumExpGrad", () => {
    expect(differences("logSumExpGrad", [perRow, x], { shape: SHAPE, scale: 0.75, mask })).toEqual([]);
  });

  test.each(named("map"))("%s: scale, shift, residual", (name) => {
    expect(differences(name, [x], { shape: SHAPE, scale: perColumn, shift: 0.5, residual })).toEqual([]);
  });

  test("parameters per channel", () => {
    const options = { shape: SHAPE, alpha: perColumn };
    expect(differences("leakyRelu", [x], options)).toEqual([]);
    expect(differences("leakyReluGrad", [dy, x], options)).toEqual([]);
    expect(differences("prelu", [x, perColumn], { shape: SHAPE, slopeShape: [10] })).toEqual([]);
    expect(differences("preluGrad", [dy, x, perColumn], { shape: SHAPE })).toEqual([]);
  });

  test("affine and its gradient", () => {
    const options = { shape: SHAPE, scale: perColumn, shift: perColumn };
    expect(differences("affine", [x], { ...options, residual })).toEqual([]);
    expect(differences("affineGrad", [dy, x], options)).toEqual([]);
  });

  test.each(named("gated"))("%s: gate, interleaved, b", (name) => {
    const half = halvesFor(N / 2, 7);
    const options = { shape: SHAPE, interleaved: true, gate: "second" };
    expect(differences(name, [x], options)).toEqual([]);
    expect(differences(`${name}Grad`, [half, x], options)).toEqual([]);
    expect(differences(name, [x], { b: other })).toEqual([]);
    expect(differences(`${name}Grad`, [dy, x], { b: other })).toEqual([]);
  });

  test("swiglu: alpha, offset, limit", () => {
    expect(differences("swiglu", [x], { shape: SHAPE, alpha: 1.702, offset: 1, limit: 7 })).toEqual([]);
  });
});
