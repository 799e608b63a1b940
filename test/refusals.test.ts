/** Every refusal: its type, its exact message, and that nothing was written. */
import { describe, expect, test } from "vitest";
import { alloc, backend, free } from "wasm-activations";
import * as js from "wasm-activations/js";
import { callOf, errorOf, samples } from "./calls.ts";
import { ENTRIES as BOTH } from "./fuzz/table.ts";
import { ENTRIES, exported, OPS } from "./ops.ts";

const GUARD = 77;

/** Runs the call, which must throw exactly this and leave `out` alone. */
function refused(call: (out: Float32Array) => unknown, type: new () => Error, message: string): void {
  const out = new Float32Array(3).fill(GUARD);
  let thrown: unknown;
  try {
    call(out);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(type);
  expect((thrown as Error).message).toBe(message);
  expect([...out]).toEqual([GUARD, GUARD, GUARD]);
}

/** A Float32Array whose buffer was transferred away. */
function detached(): Float32Array {
  const array = new Float32Array(3);
  structuredClone(array, { transfer: [array.buffer] });
  return array;
}

/** A Float32Array beyond the end of its buffer, which shrank. */
function outOfBounds(): Float32Array {
  const Resizable = ArrayBuffer as unknown as new (
    bytes: number,
    options: { maxByteLength: number },
  ) => ArrayBuffer & { resize(bytes: number): void };
  const buffer = new Resizable(12, { maxByteLength: 12 });
  const array = new Float32Array(buffer, 0, 3);
  buffer.resize(4);
  return array;
}

const GONE = "is detached or out of the bounds of its buffer, expected a Float32Array in use";

/** What is no array, and how a message calls it. */
const NO_ARRAYS: readonly (readonly [unknown, string])[] = [
  [undefined, "undefined"],
  [null, "null"],
  [3, "a number"],
  ["3", "a string"],
  [[1, 2, 3], "a plain array"],
  [{}, "an object"],
  [new Float64Array(3), "a Float64Array"],
  [new Int8Array(3), "an Int8Array"],
  [new ArrayBuffer(12), "an ArrayBuffer"],
  [new DataView(new ArrayBuffer(12)), "a DataView"],
];

const x = new Float32Array([1, 2, 3]);

describe.each(ENTRIES)("the %s entry", (entry) => {
  describe.each(OPS)("$name", (op) => {
    const { name, row } = op;
    const grad = `${name}Grad`;
    const forward = exported(entry, name);
    const backward = exported(entry, grad);
    const options = [...op.params, "out"];
    const known = options.join(", ");

    test("refuses what is no Float32Array", () => {
      for (const [value, kind] of NO_ARRAYS) {
        refused((out) => forward(value, out), TypeError, `${name}: x is ${kind}, expected a Float32Array`);
        refused((out) => backward(value, x, out), TypeError, `${grad}: dy is ${kind}, expected a Float32Array`);
        refused((out) => backward(x, value, out), TypeError, `${grad}: x is ${kind}, expected a Float32Array`);
        if (value === undefined) continue;
        refused(() => forward(x, { out: value }), TypeError, `${name}: out is ${kind}, expected a Float32Array`);
        refused(() => backward(x, x, { out: value }), TypeError, `${grad}: out is ${kind}, expected a Float32Array`);
        if (kind === "an object") continue;
        const message = `the last argument is ${kind}, expected a Float32Array or an object of options`;
        refused(() => forward(x, value), TypeError, `${name}: ${message}`);
        refused(() => backward(x, x, value), TypeError, `${grad}: ${message}`);
      }
    });

    test("refuses a wrong length", () => {
      const four = new Float32Array(4);
      refused((out) => forward(four, out), RangeError, `${name}: out has length 3, expected 4`);
      refused((out) => forward(four, { out }), RangeError, `${name}: out has length 3, expected 4`);
      refused((out) => backward(four, four, out), RangeError, `${grad}: out has length 3, expected 4`);
      refused((out) => backward(x, four, out), RangeError, `${grad}: dy has length 3, expected 4`);
    });

    test("refuses detached and shrunken buffers", () => {
      for (const make of [detached, outOfBounds]) {
        refused((out) => forward(make(), out), RangeError, `${name}: x ${GONE}`);
        refused(() => forward(x, make()), RangeError, `${name}: out ${GONE}`);
        refused(() => forward(x, { out: make() }), RangeError, `${name}: out ${GONE}`);
        refused((out) => backward(make(), x, out), RangeError, `${grad}: dy ${GONE}`);
        refused((out) => backward(x, make(), out), RangeError, `${grad}: x ${GONE}`);
        refused(() => backward(x, x, make()), RangeError, `${grad}: out ${GONE}`);
      }
    });

    test("refuses unknown options", () => {
      refused(
        (out) => forward(x, { aplha: 1, out }),
        TypeError,
        `${name}: unknown option "aplha", expected ${known}, scale, shift, residual, shape or axis`,
      );
      refused(
        (out) => backward(x, x, { out, inplace: true }),
        TypeError,
        `${grad}: unknown option "inplace", expected ${known}, shape or axis`,
      );
    });

    test("refuses parameters that are no numbers or outside their domain", () => {
      const texts = {
        finite: "a finite number",
        nonzero: "a finite number other than 0",
        positive: "a finite number above 0",
        nonnegative: "a finite number, 0 or more",
        unsigned: "a number, 0 or more",
        number: "a number",
      };
      const tiny = 1e-50;
      const beyond: Record<keyof typeof texts, readonly number[]> = {
        finite: [Number.NaN, Infinity, -Infinity],
        nonzero: [Number.NaN, Infinity, 0, -0],
        positive: [Number.NaN, Infinity, -1, 0, -0],
        nonnegative: [Number.NaN, Infinity, -1],
        unsigned: [Number.NaN, -Infinity, -1],
        number: [Number.NaN],
      };
      for (const [
        param,
        {
          domain: { name: domain },
        },
      ] of Object.entries(row.params ?? {})) {
        const text = texts[domain];
        for (const [value, kind] of [
          ["1", "a string"],
          [null, "null"],
          [[1], "a plain array"],
          [true, "a boolean"],
        ] as const) {
          const message = `${param} is ${kind}, expected ${text}`;
          refused((out) => forward(x, { [param]: value, out }), TypeError, `${name}: ${message}`);
          refused((out) => backward(x, x, { [param]: value, out }), TypeError, `${grad}: ${message}`);
        }
        for (const value of beyond[domain]) {
          refused(
            (out) => forward(x, { [param]: value, out }),
            RangeError,
            `${name}: ${param} is ${value}, expected ${text}`,
          );
          refused(
            (out) => backward(x, x, { [param]: value, out }),
            RangeError,
            `${grad}: ${param} is ${value}, expected ${text}`,
          );
        }
        if (row.exactParams) continue;
        if (domain !== "number") {
          refused(
            (out) => forward(x, { [param]: 1e39, out }),
            RangeError,
            `${name}: ${param} is 1e+39 (Infinity in float32), expected ${text}`,
          );
        }
        if (domain === "nonzero") {
          refused(
            (out) => forward(x, { [param]: tiny, out }),
            RangeError,
            `${name}: ${param} is 1e-50 (0 in float32), expected ${text}`,
          );
        }
      }
    });

    test("takes undefined options as absent", () => {
      const want = [...forward(x)];
      expect([...forward(x, undefined)]).toEqual(want);
      expect([...forward(x, {})]).toEqual(want);
      expect([...forward(x, Object.fromEntries(options.map((option) => [option, undefined])))]).toEqual(want);
      expect([...forward(new Float32Array(0))]).toEqual([]);
    });
  });

  test("hardTanh refuses min above max", () => {
    const message = "min is 2, expected at most max, 1";
    refused((out) => exported(entry, "hardTanh")(x, { min: 2, max: 1, out }), RangeError, `hardTanh: ${message}`);
    refused(
      (out) => exported(entry, "hardTanhGrad")(x, x, { min: 2, max: 1, out }),
      RangeError,
      `hardTanhGrad: ${message}`,
    );
  });
});

test("prepare refuses what is no op", () => {
  const prepare = exported("wasm", "prepare");
  refused(() => prepare("tanh"), TypeError, "prepare: argument 0 is a string, expected an op");
  refused(
    () => prepare(exported("wasm", "tanh"), Math.tanh),
    TypeError,
    "prepare: argument 1 is another function, expected an op",
  );
  expect(prepare()).toBe(undefined);
  expect(prepare(exported("wasm", "tanh"), exported("wasm", "sigmoidGrad"))).toBe(undefined);
});

describe.each([
  ["wasm", alloc, free],
  ["js", js.alloc, js.free],
] as const)("alloc and free of the %s entry", (_entry, allocate, release) => {
  test("alloc refuses lengths that are none", () => {
    const wrong = allocate as (length: unknown) => Float32Array;
    refused(() => wrong("3"), TypeError, "alloc: length is a string, expected a whole number");
    for (const length of [-1, 1.5, Number.NaN, Infinity]) {
      refused(() => allocate(length), RangeError, `alloc: length is ${length}, expected a whole number`);
    }
  });

  test("free refuses what alloc did not return", () => {
    const view = allocate(3);
    const message = "free: view is not an array of alloc, expected one that alloc returned";
    refused((out) => release(out), RangeError, message);
    refused(() => release("x" as never), TypeError, "free: view is a string, expected a Float32Array");
    refused(() => release(view.subarray(1)), RangeError, message);
    release(view);
    refused(() => release(view), RangeError, "free: view was freed, expected an array in use");
  });
});

test("an op refuses an array that was freed, and views of it", () => {
  expect(backend).toBe("wasm");
  const relu = exported("wasm", "relu");
  const reluGrad = exported("wasm", "reluGrad");
  const view = alloc(3);
  const part = view.subarray(1);
  const own = new Float32Array(view.buffer, view.byteOffset, 3);
  free(view);
  refused((out) => relu(view, out), RangeError, "relu: x was freed, expected an array in use");
  refused(() => relu(x, view), RangeError, "relu: out was freed, expected an array in use");
  refused(() => relu(part), RangeError, "relu: x was freed, expected an array in use");
  refused((out) => relu(own, out), RangeError, "relu: x was freed, expected an array in use");
  refused((out) => reluGrad(view, x, out), RangeError, "reluGrad: dy was freed, expected an array in use");
  refused((out) => reluGrad(x, view, out), RangeError, "reluGrad: x was freed, expected an array in use");
  refused(
    (out) => exported("wasm", "softmax")(view, out),
    RangeError,
    "softmax: x was freed, expected an array in use",
  );
  // The memory may belong to another array by now.
  const next = alloc(3);
  next.set([1, 2, 3]);
  refused((out) => relu(view, out), RangeError, "relu: x was freed, expected an array in use");
  expect([...next]).toEqual([1, 2, 3]);
  free(next);
});

describe.each(BOTH)("arrays that were freed, in the $label entry", (entry) => {
  const N = 32;

  /**
   * Every op, every array of it in turn: `spoil` makes an array that must be refused, all others
   * are as `kind` says.
   */
  function refusesEach(kind: (role: number) => boolean, spoil: (length: number) => Float32Array): void {
    for (const sample of samples(N)) {
      const { name, roles } = sample;
      for (const [at, { name: role, length }] of roles.entries()) {
        const resident = roles.map((_, i) => i !== at && kind(i));
        const arrays = roles.map((other, i) =>
          i === at ? spoil(length) : resident[i] ? entry.alloc(other.length) : new Float32Array(other.length),
        );
        for (const [i, array] of arrays.entries()) if (i !== at) array.fill(GUARD);
        // Whoever writes to the freed array writes to this one.
        const next = entry.alloc(length).fill(GUARD);
        const error = errorOf(() => callOf(entry, sample, arrays));
        expect(error.message, name).toBe(`${name}: ${role} was freed, expected an array in use`);
        expect(error).toBeInstanceOf(RangeError);
        const untouched = [...arrays.filter((_, i) => i !== at), next];
        expect(untouched.every((array) => array.every((value) => value === GUARD))).toBe(true);
        for (const [i, array] of arrays.entries()) if (resident[i]) entry.free(array);
        entry.free(next);
      }
    }
  }

  const OTHERS: readonly (readonly [string, (role: number) => boolean])[] = [
    ["ordinary", () => false],
    ["of alloc", () => true],
    ["one of alloc, one not", (role) => role % 2 === 0],
    ["one not, one of alloc", (role) => role % 2 === 1],
  ];

  test.each(OTHERS)("are refused in every place, the others being %s", (_, kind) => {
    refusesEach(kind, (length) => {
      const view = entry.alloc(length);
      entry.free(view);
      return view;
    });
  });

  test("are refused as subarrays and as own views", () => {
    refusesEach(
      (role) => role === 0,
      (length) => {
        const view = entry.alloc(length + 2);
        const part = view.subarray(1, length + 1);
        entry.free(view);
        return part;
      },
    );
    refusesEach(
      (role) => role === 0,
      (length) => {
        // Beyond what the next array of this length gets of the memory that was freed: memory in
        // use is not told apart.
        const beyond = 16 * Math.ceil(length / 16);
        const view = entry.alloc(beyond + length);
        const own = new Float32Array(view.buffer, view.byteOffset + 4 * beyond, length);
        entry.free(view);
        return own;
      },
    );
  });

  test("are refused as the result of an empty axis", () => {
    for (const { name, terms } of samples(0)) {
      if (
        terms.inputs.length > 1 ||
        terms.axis === undefined ||
        terms.length("out", { outer: 3, axis: 0, inner: 1 }) === 0
      ) {
        continue;
      }
      const out = entry.alloc(3);
      entry.free(out);
      const next = entry.alloc(3).fill(GUARD);
      const error = errorOf(() => entry.op(name)(new Float32Array(0), { shape: [3, 0], out }));
      expect(error.message).toBe(`${name}: out was freed, expected an array in use`);
      expect([...next]).toEqual([GUARD, GUARD, GUARD]);
      entry.free(next);
    }
  });
});

test("an own view that begins and ends in arrays in use and crosses a freed one counts as freed", () => {
  // The first arrays may fill gaps: the last of many lie side by side.
  const views = Array.from({ length: 200 }, () => alloc(64).fill(GUARD));
  const [first, middle, last] = views.slice(-3) as [Float32Array, Float32Array, Float32Array];
  expect([middle.byteOffset - first.byteOffset, last.byteOffset - middle.byteOffset]).toEqual([256, 256]);
  const own = new Float32Array(first.buffer, first.byteOffset + 40, 150);
  free(middle);
  const next = alloc(30).fill(GUARD);
  refused(() => exported("wasm", "relu")(own, own), RangeError, "relu: x was freed, expected an array in use");
  refused(
    () => exported("wasm", "relu")(new Float32Array(150), own),
    RangeError,
    "relu: out was freed, expected an array in use",
  );
  for (const view of [first, last, next]) expect(view.every((value) => value === GUARD)).toBe(true);
  for (const view of [first, last, next]) free(view);
});

describe.each(BOTH)("what no memory holds, in the $label entry", (entry) => {
  test("is refused in the name of the function", () => {
    for (const length of [2 ** 53 - 1, 2 ** 40]) {
      const error = errorOf(() => entry.alloc(length));
      expect(error).toBeInstanceOf(RangeError);
      expect(error.message).toMatch(/^alloc: /);
    }
    const error = errorOf(() => entry.op("logSumExp")(new Float32Array(0), { shape: [2 ** 52, 0] }));
    expect(error).toBeInstanceOf(RangeError);
    expect(error.message).toMatch(/^logSumExp: /);
  });

  test("dx and dslope that overlap are refused", () => {
    for (const [dxAt, dslopeAt] of [
      [0, 0],
      [0, 3],
      [3, 1],
    ] as const) {
      const all = new Float32Array(8).fill(GUARD);
      const grad = { dx: all.subarray(dxAt, dxAt + 4), dslope: all.subarray(dslopeAt, dslopeAt + 4) };
      const error = errorOf(() => entry.op("preluGrad")(x4, x4, x4, grad));
      expect(error).toBeInstanceOf(RangeError);
      expect(error.message).toMatch(/^preluGrad: /);
      expect([...all]).toEqual(Array(8).fill(GUARD));
    }
    const all = new Float32Array(8);
    const beside = { dx: all.subarray(0, 4), dslope: all.subarray(4) };
    expect(entry.op("preluGrad")(x4, x4, x4, beside)).toEqual(beside);
  });
});

const x4 = new Float32Array(4).fill(1);
