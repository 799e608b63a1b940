/**
 * Scale, shift and residual before an activation, by themselves and in its call, and parameters per
 * channel: the bits of the steps.
 */
import { describe, expect, test } from "vitest";
import { ulpError } from "../oracle/ulp.ts";
import { type AnyOp, exported, OPS, optionsOf } from "./ops.ts";
import { differs, ENTRIES, inArena, product, random, randomArray } from "./shaped.ts";

type Value = number | Float32Array;

/** The index of the channel of each element. */
function channelsOf(shape: readonly number[], axis: number): Uint32Array {
  const at = axis < 0 ? axis + shape.length : axis;
  const inner = product(shape.slice(at + 1));
  return Uint32Array.from({ length: product(shape) }, (_, i) => Math.floor(i / inner) % (shape[at] as number));
}

function valueAt(value: Value | undefined, i: number, channel: number, n: number, standard: number): number {
  if (typeof value !== "object") return Math.fround(value ?? standard);
  return value[value.length === n ? i : channel] as number;
}

interface Steps {
  readonly scale?: Value | undefined;
  readonly shift?: Value | undefined;
  readonly residual?: Float32Array | undefined;
}

/** The steps one after the other. */
function byHand(x: Float32Array, { scale, shift, residual }: Steps, channels: Uint32Array): Float32Array {
  const scaled = x.map((v, i) => (scale === undefined ? v : v * valueAt(scale, i, channels[i] as number, x.length, 1)));
  const shifted = scaled.map((v, i) =>
    shift === undefined ? v : v + valueAt(shift, i, channels[i] as number, x.length, 0),
  );
  return residual ? shifted.map((v, i) => v + (residual[i] as number)) : shifted;
}

/** The op on the elements of each channel by themselves, with its own parameters. */
function channelByChannel(
  op: AnyOp,
  arrays: readonly Float32Array[],
  options: Readonly<Record<string, Value>>,
  channels: Uint32Array,
): Float32Array {
  const out = new Float32Array(channels.length);
  for (let c = 0; c <= channels.reduce((a, b) => Math.max(a, b), 0); c++) {
    const own = (_: number, i: number) => channels[i] === c;
    const settings = Object.fromEntries(
      Object.entries(options).map(([name, value]) => [name, typeof value === "number" ? value : value[c]]),
    );
    const results = op(...arrays.map((array) => array.filter(own)), settings);
    let at = 0;
    channels.forEach((channel, i) => {
      if (channel === c) out[i] = results[at++] as number;
    });
  }
  return out;
}

const SHAPES: readonly (readonly number[])[] = [
  [],
  [1],
  [13],
  [2, 3],
  [3, 5, 7],
  [7, 130],
  [9, 33, 2],
  [2, 3, 65],
  [3, 4099],
  [2, 2, 4100],
  [1, 70, 300],
  [2, 3, 4, 5],
];

const kinds = ["none", "number", "channel", "element"] as const;
const SPECIAL = [Number.NaN, Infinity, -Infinity, 0, -0, 1e-45, 3e38];

describe.each(ENTRIES)("$entry", ({ entry, lib }) => {
  const next = random(7);
  const draw = (kind: (typeof kinds)[number], n: number, channels: number): Value | undefined => {
    const seed = 1 + Math.floor(next() * 2 ** 30);
    if (kind === "none") return undefined;
    return kind === "number" ? next() - 0.5 : randomArray(kind === "channel" ? channels : n, 3, seed);
  };

  test("affine: every combination, every axis, ordinary, of alloc, in place", () => {
    const wrong: string[] = [];
    for (const shape of SHAPES) {
      const n = product(shape);
      for (let axis = -shape.length; axis < Math.max(shape.length, 1); axis++) {
        const channels = channelsOf(shape.length > 0 ? shape : [1], axis);
        const size = (shape.length > 0 ? shape : [1]).at(axis) as number;
        const x = randomArray(n, 8, 3);
        SPECIAL.forEach((value, i) => {
          if (n > 12) x[(i * 5) % n] = value;
        });
        for (const scaleKind of kinds) {
          for (const shiftKind of kinds) {
            const scale = draw(scaleKind, n, size);
            const shift = draw(shiftKind, n, size);
            const residual = next() < 0.5 ? randomArray(n, 3, 5) : undefined;
            const steps = { scale, shift, residual };
            const want = byHand(x, steps, channels);
            const near = inArena(x);
            const results = {
              ordinary: lib.affine(x, { ...steps, shape, axis }),
              alloc: lib.affine(near, {
                ...steps,
                residual: residual && inArena(residual),
                shape,
                axis,
                out: lib.alloc(n),
              }),
              "in place": lib.affine(near, { ...steps, shape, axis, out: near }),
              "onto residual": lib.affine(x, { ...steps, shape, axis, out: residual?.slice() }),
              "as an op": lib.linear(x, { ...steps, shape, axis }),
            };
            for (const [how, got] of Object.entries(results)) {
              const complaint = differs(got, want);
              if (complaint) wrong.push(`${how} [${shape}] axis ${axis} ${scaleKind} ${shiftKind}: ${complaint}`);
            }
          }
        }
      }
    }
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  test("every op with steps has the bits of the op after them", () => {
    const wrong: string[] = [];
    for (const op of OPS) {
      const run = exported(entry, op.name);
      for (const [k, setting] of op.settings.entries()) {
        for (const { shape, axis } of [
          { shape: [3, 5, 11], axis: 1 },
          { shape: [40, 130], axis: -1 },
          { shape: [2, 3, 2100], axis: 0 },
        ]) {
          const n = product(shape);
          const c = shape.at(axis) as number;
          const x = randomArray(n, 12, k + 1);
          const steps = { scale: randomArray(c, 3, 5), shift: randomArray(c, 2, 9), residual: randomArray(n, 2, 11) };
          const options = optionsOf(op, setting);
          const want = run(byHand(x, steps, channelsOf(shape, axis)), options);
          const near = inArena(x);
          const results = {
            ordinary: run(x, { ...options, ...steps, shape, axis }),
            "in place": run(near, { ...options, ...steps, shape, axis, out: near }),
            alloc: run(inArena(x), {
              ...options,
              ...steps,
              residual: inArena(steps.residual),
              shape,
              axis,
              out: lib.alloc(n),
            }),
          };
          for (const [how, got] of Object.entries(results)) {
            const complaint = differs(got, want);
            if (complaint) wrong.push(`${op.name} ${JSON.stringify(options)} ${how} [${shape}]: ${complaint}`);
          }
        }
      }
    }
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  test("parameters per channel have the bits of the channels by themselves, forward and gradient", () => {
    const wrong: string[] = [];
    for (const op of OPS.filter(({ params }) => params.length > 0)) {
      for (const { shape, axis } of [
        { shape: [3, 5, 11], axis: 1 },
        { shape: [6, 5, 2], axis: 1 },
        { shape: [70, 33], axis: 1 },
        { shape: [3, 2, 4200], axis: 1 },
        { shape: [9], axis: 0 },
      ]) {
        const n = product(shape);
        const c = shape.at(axis) as number;
        const x = randomArray(n, 12, 3);
        const dy = randomArray(n, 3, 4);
        const channels = channelsOf(shape, axis);
        // The channels have the settings of the op in turn, the last parameter perhaps a number.
        const options = Object.fromEntries(
          op.params.map((name, i) => [
            name,
            Float32Array.from({ length: c }, (_, k) => (op.settings[k % op.settings.length] as number[])[i] as number),
          ]),
        );
        const where = { ...options, shape, axis };
        const forward = exported(entry, op.name);
        const gradient = exported(entry, `${op.name}Grad`);
        const want = channelByChannel(forward, [x], options, channels);
        const wantGrad = channelByChannel(gradient, [dy, x], options, channels);
        const near = inArena(x);
        const nearDy = inArena(dy);
        const results: readonly (readonly [string, Float32Array, Float32Array])[] = [
          ["ordinary", forward(x, where), want],
          ["alloc", forward(near, { ...where, out: lib.alloc(n) }), want],
          ["in place", forward(near, { ...where, out: near }), want],
          ["gradient", gradient(dy, x, where), wantGrad],
          ["gradient, alloc", gradient(nearDy, inArena(x), { ...where, out: lib.alloc(n) }), wantGrad],
          ["gradient in place", gradient(nearDy, x, { ...where, out: nearDy }), wantGrad],
        ];
        for (const [how, got, wanted] of results) {
          const complaint = differs(got, wanted);
          if (complaint) wrong.push(`${op.name} ${how} [${shape}]: ${complaint}`);
        }
      }
    }
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  test("out may overlap any input", () => {
    const wrong: string[] = [];
    for (const shape of [
      [2, 3, 4],
      [3, 5, 4100],
      [90, 70],
    ]) {
      const n = product(shape);
      const c = shape[1] as number;
      const [x, residual] = [randomArray(n, 4, 3), randomArray(n, 4, 4)];
      const [scale, shift, alpha] = [randomArray(c, 3, 5), randomArray(c, 3, 6), randomArray(c, 1, 7)];
      const want = lib.elu(x, { scale, shift, residual, alpha, shape });
      const length = { x: n, residual: n, scale: c, shift: c, alpha: c };
      for (const make of [(m: number) => new Float32Array(m), (m: number) => lib.alloc(m)]) {
        for (const [role, size] of Object.entries(length)) {
          for (const [from, to] of [
            [0, 1],
            [1, 0],
            [0, 0],
          ] as const) {
            const joint = make(n + 1);
            const inputs = { x, residual, scale, shift, alpha };
            const own = joint.subarray(from, from + size);
            own.set(inputs[role as keyof typeof inputs]);
            const { x: source, ...options } = { ...inputs, [role]: own };
            const got = lib.elu(source, { ...options, shape, out: joint.subarray(to, to + n) });
            const complaint = differs(got, want);
            if (complaint) wrong.push(`${role} [${shape}] ${from} ${to}: ${complaint}`);
          }
        }
      }
    }
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  test("affineGrad: dx is the product, the sums are those of the exact terms, each into the array given", () => {
    const wrong: string[] = [];
    for (const shape of SHAPES.filter((dims) => dims.length > 0)) {
      const n = product(shape);
      for (let axis = 0; axis < shape.length; axis++) {
        const channels = channelsOf(shape, axis);
        const [dz, x] = [randomArray(n, 4, 3), randomArray(n, 4, 4)];
        for (const scaleKind of kinds) {
          for (const shiftKind of kinds) {
            const scale = draw(scaleKind, n, shape[axis] as number);
            const shift = draw(shiftKind, n, shape[axis] as number);
            const above = dz.slice();
            const got = lib.affineGrad(above, x, { scale, shift, shape, axis, dx: above });
            const sumsOf = (value: Value | undefined, term: (i: number) => number) => {
              const sums = new Float64Array(typeof value === "object" ? value.length : 1);
              for (let i = 0; i < n; i++) {
                const k = sums.length === 1 ? 0 : sums.length === n ? i : (channels[i] as number);
                sums[k] = (sums[k] as number) + term(i);
              }
              return Float32Array.from(sums);
            };
            const complaints = [
              differs(got.dx, byHand(dz, { scale }, channels)),
              differs(
                got.dscale,
                sumsOf(scale, (i) => (dz[i] as number) * (x[i] as number)),
              ),
              differs(
                got.dshift,
                sumsOf(shift, (i) => dz[i] as number),
              ),
              got.dx === above ? undefined : "dx is another array",
            ];
            for (const complaint of complaints) {
              if (complaint) wrong.push(`[${shape}] axis ${axis} ${scaleKind} ${shiftKind}: ${complaint}`);
            }
          }
        }
      }
    }
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  test("the sums of a million elements that cancel are within 1 ULP of the exact ones", () => {
    const n = 2 ** 20;
    const channels = 3;
    const shape = [2, channels, n / 2];
    const x = randomArray(n * channels, 8, 3);
    const dz = randomArray(n * channels, 2 ** 20, 4);
    // Of each pair the second takes back the first; what is left over is small.
    for (let i = 0; i + 1 < n * channels; i += 2) {
      x[i + 1] = x[i] as number;
      dz[i + 1] = -(dz[i] as number);
      if (i % 1000 === 0) dz[i] = (dz[i] as number) + 0.5;
    }
    const scale = new Float32Array(channels).fill(1);
    const { dscale, dshift } = lib.affineGrad(dz, x, { scale, shift: scale, shape });
    for (let c = 0; c < channels; c++) {
      // Products of 48 bits, in units of 2^-149.
      let [scaleSum, shiftSum] = [0n, 0n];
      for (let o = 0; o < 2; o++) {
        for (let i = 0; i < n / 2; i++) {
          const at = (o * channels + c) * (n / 2) + i;
          scaleSum += BigInt((dz[at] as number) * (x[at] as number) * 2 ** 70);
          shiftSum += BigInt((dz[at] as number) * 2 ** 70);
        }
      }
      expect(ulpError(dscale[c] as number, Number(scaleSum) / 2 ** 70)).toBeLessThanOrEqual(1);
      expect(ulpError(dshift[c] as number, Number(shiftSum) / 2 ** 70)).toBeLessThanOrEqual(1);
    }
  }, 60_000);

  test("infinities and NaN go through the sums", () => {
    const shape = [2, 3];
    const x = Float32Array.of(1, 1, 1, 1, 1, 1);
    const dz = Float32Array.of(Infinity, Infinity, 1, 2, -Infinity, Number.NaN);
    const { dshift, dscale } = lib.affineGrad(dz, x, { shift: new Float32Array(3), scale: new Float32Array(3), shape });
    expect([...dshift]).toEqual([Infinity, Number.NaN, Number.NaN]);
    expect([...dscale]).toEqual([Infinity, Number.NaN, Number.NaN]);
  });

  test("shapes without elements", () => {
    const none = new Float32Array(0);
    expect(lib.affine(none, { scale: 2 })).toHaveLength(0);
    expect(lib.relu(none, { scale: new Float32Array(3), shift: 1, shape: [0, 3] })).toHaveLength(0);
    expect(lib.elu(none, { alpha: none, shape: [3, 0] })).toHaveLength(0);
    const { dx, dscale, dshift } = lib.affineGrad(none, none, {
      scale: new Float32Array(3),
      shape: [0, 3, 2],
      dscale: new Float32Array(3).fill(7),
    });
    expect([dx.length, [...dscale], [...dshift]]).toEqual([0, [0, 0, 0], [0]]);
  });

  const six = new Float32Array(6);
  const two = new Float32Array(2);
  const three = new Float32Array(3);
  const REFUSALS: readonly (readonly [string, ErrorConstructor, (out: Float32Array) => unknown])[] = [
    [
      "relu: scale has length 2, expected 3, the size of axis 1, or 6, the length of x",
      RangeError,
      (out) => lib.relu(six, { scale: two, shape: [2, 3], out }),
    ],
    [
      "relu: shift has length 3, expected 6, the size of axis 0, or 6, the length of x",
      RangeError,
      (out) => lib.relu(six, { shift: three, out }),
    ],
    ["relu: scale is NaN, expected a finite number", RangeError, (out) => lib.relu(six, { scale: Number.NaN, out })],
    [
      "relu: shift is a string, expected a number or a Float32Array",
      TypeError,
      (out) => lib.relu(six, { shift: "1" as unknown as number, out }),
    ],
    [
      "relu: residual is a number, expected a Float32Array",
      TypeError,
      (out) => lib.relu(six, { residual: 1 as unknown as Float32Array, out }),
    ],
    ["relu: residual has length 3, expected 6", RangeError, (out) => lib.relu(six, { residual: three, out })],
    [
      "relu: axis is 2, expected an integer from -2 to 1",
      RangeError,
      (out) => lib.relu(six, { shape: [2, 3], axis: 2, out }),
    ],
    [
      "relu: shape [4] has 4 elements, expected 6, the length of x",
      RangeError,
      (out) => lib.relu(six, { shape: [4], out }),
    ],
    [
      'relu: unknown option "bias", expected out, scale, shift, residual, shape or axis',
      TypeError,
      (out) => lib.relu(six, { bias: 1, out } as object),
    ],
    [
      'reluGrad: unknown option "scale", expected out, shape or axis',
      TypeError,
      (out) => lib.reluGrad(six, six, { scale: 1, out } as object),
    ],
    [
      "elu: alpha has length 2, expected 3, the size of axis 1",
      RangeError,
      (out) => lib.elu(six, { alpha: two, shape: [2, 3], out }),
    ],
    [
      "elu: alpha is a Float32Array without its prototype, expected a Float32Array",
      TypeError,
      (out) => lib.elu(six, { alpha: Object.setPrototypeOf(new Float32Array(3), null), shape: [2, 3], out }),
    ],
    [
      "softShrink: lambda[1] is -1, expected a finite number, 0 or more",
      RangeError,
      (out) => lib.softShrink(six, { lambda: Float32Array.of(1, -1, 2), shape: [2, 3], out }),
    ],
    [
      "affine: scale has length 2, expected 3, the size of axis 1, or 6, the length of x",
      RangeError,
      (out) => lib.affine(six, { scale: two, shape: [2, 3], out }),
    ],
    ["affine: out has length 3, expected 6", RangeError, () => lib.affine(six, three)],
    [
      "affineGrad: dscale has length 2, expected 1",
      RangeError,
      (out) => lib.affineGrad(six, six, { dscale: two, dx: out }),
    ],
    [
      "affineGrad: dx and dshift overlap, expected two arrays apart",
      RangeError,
      (out) => lib.affineGrad(six, six, { dx: out, dshift: out.subarray(2, 3) }),
    ],
  ];

  test.each(REFUSALS)("%s", (message, type, call) => {
    const out = new Float32Array(6).fill(7);
    expect(() => call(out)).toThrow(new type(message));
    expect([...out]).toEqual([7, 7, 7, 7, 7, 7]);
  });
});
