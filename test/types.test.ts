/**
 * The types of calls. `npm run check` compiles them; what they say holds at run time as well, where
 * a call is made.
 */
import { expect, expectTypeOf, test } from "vitest";
import * as lib from "wasm-activations";
import { leakyRelu, prelu, reluGrad, softmax, swiglu, swigluGrad, tanh } from "wasm-activations";
import { describeHalf } from "./half-arrays.ts";

/** What `Float32Array.of` gives: from TypeScript 5.7 on an array over an ArrayBuffer. */
type Fresh = ReturnType<typeof Float32Array.of>;
type FreshHalf = ReturnType<typeof Float16Array.of>;

const x = new Float32Array([-1, 2]);
const shared = new Float32Array(new SharedArrayBuffer(8));

test("a new array is one over an ArrayBuffer, whatever x is over", () => {
  expectTypeOf(tanh(shared)).toEqualTypeOf<Fresh>();
  expectTypeOf(softmax(shared, { scale: 2 })).toEqualTypeOf<Fresh>();
  expectTypeOf(reluGrad(shared, x)).toEqualTypeOf<Fresh>();
  expectTypeOf(lib.alloc(2)).toEqualTypeOf<Fresh>();
  expectTypeOf(lib.logSumExp(shared)).toEqualTypeOf<Fresh>();
  expect(tanh(shared).buffer).toBeInstanceOf(ArrayBuffer);
});

test("a given array is given back with its type", () => {
  expectTypeOf(tanh(x, shared)).toEqualTypeOf<typeof shared>();
  expectTypeOf(leakyRelu(x, { alpha: 0.5, out: shared })).toEqualTypeOf<typeof shared>();
  expectTypeOf(prelu(x, 0.25, { out: shared }).buffer).toEqualTypeOf<SharedArrayBuffer>();
  expect(tanh(x, shared)).toBe(shared);
});

test("options may be undefined, as with exactOptionalPropertyTypes", () => {
  expectTypeOf(leakyRelu(x, { alpha: undefined, out: undefined })).toExtend<Float32Array>();
  expect(leakyRelu(x, { alpha: undefined, out: undefined })).toEqual(leakyRelu(x));
});

test("the gradient of two arrays gives two", () => {
  expectTypeOf(swiglu(x, { b: x })).toEqualTypeOf<Fresh>();
  expectTypeOf(swigluGrad(x, x, { b: x })).toEqualTypeOf<{ da: Fresh; db: Fresh }>();
  expectTypeOf(swigluGrad(x, x, { b: x, da: shared })).toEqualTypeOf<{ da: typeof shared; db: Fresh }>();
});

test("what is refused is no type either", () => {
  const wrong = [
    // @ts-expect-error: an op, not its name.
    () => lib.prepare("tanh"),
    // @ts-expect-error: no such option.
    () => leakyRelu(x, { beta: 1 }),
    // @ts-expect-error: another type of array.
    () => tanh(new Float64Array(2)),
    // @ts-expect-error: b along with the halves of one array.
    () => swigluGrad(x, x, { da: x }),
  ];
  for (const call of wrong) expect(call).toThrow(TypeError);
});

describeHalf("with Float16Array", () => {
  test("results have the type of x", () => {
    const half = new Float16Array([-1, 2]);
    expectTypeOf(tanh(half)).toEqualTypeOf<FreshHalf>();
    expectTypeOf(tanh(half, half)).toEqualTypeOf<typeof half>();
    expectTypeOf(lib.alloc(2, Float16Array)).toEqualTypeOf<FreshHalf>();
    // @ts-expect-error types are not mixed
    expect(() => tanh(half, x)).toThrow("a Float16Array");
    // @ts-expect-error nor among the options
    expect(() => tanh(x, { out: half })).toThrow("a Float32Array");
    // @ts-expect-error nor in a gradient
    expect(() => reluGrad(half, x)).toThrow("a Float16Array");
    // @ts-expect-error nor along an axis
    expect(() => softmax(half, { out: x })).toThrow("a Float16Array");
  });
});
