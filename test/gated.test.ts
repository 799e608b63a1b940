/**
 * The gated ops and their gradients: halves of every axis, in turn, in two arrays; accuracy,
 * pieces, overlap, refusals.
 */
import { describe, expect, test } from "vitest";
import { ulpError } from "../oracle/ulp.ts";
import { GATED, type Gated, gradient, type Lay, reference, type Side, split } from "./halves.ts";
import { type AnyOp, exported, ENTRIES as NAMES } from "./ops.ts";
import { CASES, differs, ENTRIES, inArena, product, randomArray, worstOf } from "./shaped.ts";

/** ULP, forward and gradient. */
const BOUND = 2;

type Entry = (typeof NAMES)[number];

const of = (...values: readonly number[]) => Float32Array.from(values);

function opsOf(entry: Entry, { name }: Gated): { readonly forward: AnyOp; readonly backward: AnyOp } {
  return { forward: exported(entry, name), backward: exported(entry, `${name}Grad`) };
}

const pairOf = (result: unknown) => result as { readonly da: Float32Array; readonly db: Float32Array };

/** What is wrong with both directions of an op on one array. */
function complaintsOf(entry: Entry, op: Gated, lay: Lay, side: Side, x: Float32Array, dy: Float32Array): string[] {
  const { forward, backward } = opsOf(entry, op);
  const options = { ...lay, ...side };
  const label = `${op.name} ${JSON.stringify(options)}`;
  const halves = split(x, lay);
  const [first, second] = split(backward(dy, x, options), lay);
  const [da, db] = gradient(op, side, dy, ...halves);
  return [
    worstOf(label, forward(x, options), reference(op, side, ...halves), BOUND),
    worstOf(`${label}, first half of dx`, first, da, BOUND, halves[0]),
    worstOf(`${label}, second half of dx`, second, db, BOUND, halves[1]),
  ].flatMap((complaint) => complaint ?? []);
}

const EVEN = CASES.filter(({ shape, axis }) => (shape.at(axis) as number) % 2 === 0);
const SIDES: readonly Side[] = [{}, { gate: "first" }, { gate: "second" }];
/** Those of the models, alone and together, and others. */
const PARAMETERS: readonly Side[] = [
  { alpha: 1.702, offset: 1, limit: 7 },
  { limit: 10 },
  { alpha: 1.702 },
  { offset: 1 },
  { offset: -0.25, limit: 0.5, gate: "second" },
  { alpha: -2.5, limit: 3 },
  { alpha: 0, offset: -3 },
  { limit: 0 },
];
/** Those that have parameters. */
const LIMITED = GATED.filter(({ row }) => row.params);
const ORDERS = [{}, { interleaved: true }, { interleaved: false }];

describe.each(NAMES)("%s", (entry) => {
  test.each(EVEN)("shape $shape, axis $axis", ({ shape, axis }) => {
    const x = randomArray(product(shape), 8, 3);
    const dy = randomArray(x.length / 2, 3, 5);
    const complaints = GATED.flatMap((op) =>
      ORDERS.flatMap((order) =>
        SIDES.flatMap((side) => complaintsOf(entry, op, { shape, axis, ...order }, side, x, dy)),
      ),
    );
    expect(complaints).toEqual([]);
  });

  test.each([0.1, 10, 200, 400])("accuracy, values within %d", (spread) => {
    const x = randomArray(40_000, spread, 11);
    const dy = randomArray(20_000, spread, 13);
    const lay = { shape: [x.length], axis: 0 };
    expect(GATED.flatMap((op) => complaintsOf(entry, op, lay, {}, x, dy))).toEqual([]);
  });

  test.each(PARAMETERS)("%o", (side) => {
    expect(LIMITED.map(({ name }) => name)).toEqual(["swiglu"]);
    const complaints = LIMITED.flatMap((op) =>
      [0.1, 10, 200, 400].flatMap((spread) => {
        const x = randomArray(10_006, spread, 11);
        const dy = randomArray(5003, spread, 13);
        return ORDERS.flatMap((order) =>
          complaintsOf(entry, op, { shape: [x.length], axis: 0, ...order }, side, x, dy),
        );
      }),
    );
    expect(complaints).toEqual([]);
  });

  test("at the bounds the slope is that of the inner side", () => {
    const bounds = { limit: 7, b: of(7, -7, 7.5, 1) };
    const { da, db } = pairOf(exported(entry, "swigluGrad")(of(1, 1, 1, 1), of(7, 7, 1, 7.5), bounds));
    expect([...da].map((x) => x !== 0)).toEqual([true, true, true, false]);
    expect([...db].map((x) => x !== 0)).toEqual([true, true, false, true]);
  });

  test("defaults that are given change nothing", () => {
    const [a, b] = [of(1, -0, 2, -3), of(-0, -0, 0, 2)];
    const swiglu = exported(entry, "swiglu");
    const grad = exported(entry, "swigluGrad");
    const given = { alpha: 1, offset: 0, limit: Infinity };
    expect([...swiglu(a, { b, ...given })]).toEqual([...swiglu(a, { b })]);
    expect([...swiglu(a, { b, limit: 100, offset: 0 })]).toEqual([...swiglu(a, { b, limit: 100 })]);
    expect([...swiglu(a, { b, limit: 100 })].slice(0, 3)).toEqual([-0, 0, 0]);
    expect(grad(a, a, { b, ...given })).toEqual(grad(a, a, { b }));
  });

  test.each(GATED)("$name of two arrays has the bits of halves that lie apart", (op) => {
    const { forward, backward } = opsOf(entry, op);
    for (const n of [0, 1, 3, 64, 1029, 4097, 70_000]) {
      const [a, b, dy] = [randomArray(n, 8, 3), randomArray(n, 8, 4), randomArray(n, 3, 5)];
      const joint = new Float32Array(2 * n);
      joint.set(a);
      joint.set(b, n);
      for (const side of SIDES) {
        expect(differs(forward(a, { ...side, b }), forward(joint, side)), `${n}`).toBeUndefined();
        const { da, db } = pairOf(backward(dy, a, { ...side, b, interleaved: false }));
        const dx = backward(dy, joint, side);
        expect(differs(da, dx.subarray(0, n)), `da, ${n}`).toBeUndefined();
        expect(differs(db, dx.subarray(n)), `db, ${n}`).toBeUndefined();
      }
    }
  });

  test("with two arrays the shape is that of each", () => {
    const [a, b] = [randomArray(15, 4), randomArray(15, 4, 2)];
    const { forward, backward } = opsOf(entry, GATED[0] as Gated);
    expect(forward(a, { b, shape: [3, 5], axis: 1 })).toEqual(forward(a, { b }));
    expect(backward(a, a, { b, shape: [3, 5] })).toEqual(backward(a, a, { b }));
  });

  test("halves in turn have the bits of halves that lie apart", () => {
    for (const n of [2, 6, 8, 130, 2050, 8194, 140_000]) {
      const x = randomArray(n, 8, 3);
      const dy = randomArray(n / 2, 3, 5);
      const turns = new Float32Array(n);
      for (let i = 0; i < n / 2; i++) turns.set([x[i] as number, x[n / 2 + i] as number], 2 * i);
      for (const op of GATED) {
        const { forward, backward } = opsOf(entry, op);
        expect(differs(forward(turns, { interleaved: true }), forward(x)), `${op.name}, ${n}`).toBeUndefined();
        const dTurns = backward(dy, turns, { interleaved: true });
        const dx = backward(dy, x);
        const [first, second] = split(dTurns, { shape: [n], axis: 0, interleaved: true });
        expect(differs(first, dx.subarray(0, n / 2)), `${op.name}Grad, ${n}`).toBeUndefined();
        expect(differs(second, dx.subarray(n / 2)), `${op.name}Grad, ${n}`).toBeUndefined();
      }
    }
  });

  test("a gate below the smallest float32 still counts", () => {
    const source = [-95, -103, -110, -150, 0, 1e-40, -14.4, -16, -8.5, -9];
    const other = source.map(() => 1e30);
    const lay = { shape: [2 * source.length], axis: 0 };
    const dy = new Float32Array(source.length).fill(3);
    const complaints = GATED.flatMap((op) => [
      ...complaintsOf(entry, op, lay, { gate: "first" }, of(...source, ...other), dy),
      ...complaintsOf(entry, op, lay, { gate: "second" }, of(...other, ...source), dy),
    ]);
    expect(complaints).toEqual([]);
  });

  test("the gradient by central differences", () => {
    const x = randomArray(12, 6, 21);
    const dy = randomArray(6, 2, 23);
    const lay = { shape: [3, 4], axis: 1 };
    for (const op of GATED) {
      const sum = (shifted: Float64Array) => {
        const [first, second] = split(Float32Array.from(shifted.keys()), lay).map((places) =>
          Float64Array.from(places, (at) => shifted[at] as number),
        ) as [Float64Array, Float64Array];
        return reference(op, {}, first, second).reduce((total, y, i) => total + (dy[i] as number) * y, 0);
      };
      const at = (i: number, step: number) => sum(Float64Array.from(x, (v, j) => (i === j ? v + step : v)));
      opsOf(entry, op)
        .backward(dy, x, lay)
        .forEach((dx, i) => {
          expect(Math.abs(dx - (at(i, 1e-5) - at(i, -1e-5)) / 2e-5), `${op.name}Grad[${i}]`).toBeLessThan(2e-6);
        });
    }
  });
});

describe.each(ENTRIES)("$entry", ({ lib }) => {
  test("NaN and infinities", () => {
    const x = new Float32Array([1, Number.NaN, -Infinity, Infinity, 2, 1, 1, 1]);
    expect(lib.swiglu(x)[1]).toBeNaN();
    expect([...lib.swiglu(x)].slice(2).map(Math.abs)).toEqual([0, Infinity]);
    expect([...lib.glu(new Float32Array([1, 1, -Infinity, Infinity]))]).toEqual([0, 1]);
  });

  test("overlap", () => {
    for (const n of [8, 200, 150_000]) {
      const x = randomArray(n, 6, 2);
      for (const interleaved of [false, true]) {
        const want = lib.swiglu(x, { interleaved });
        for (const start of [0, 1, n / 2]) {
          const copy = x.slice();
          const out = copy.subarray(start, start + n / 2);
          expect(differs(lib.swiglu(copy, { interleaved, out }), want), `${n}, ${start}`).toBeUndefined();
        }
        const dy = randomArray(n / 2, 1, 4);
        const grad = lib.swigluGrad(dy, x, { interleaved });
        const copy = x.slice();
        expect(differs(lib.swigluGrad(dy, copy, { interleaved, out: copy }), grad)).toBeUndefined();
        const joint = new Float32Array(n + n / 2);
        joint.set(dy, n / 4);
        const out = joint.subarray(0, n);
        expect(
          differs(lib.swigluGrad(joint.subarray(n / 4, n / 4 + n / 2), x, { interleaved, out }), grad),
        ).toBeUndefined();
      }
    }
  });

  test("overlap of two arrays", () => {
    for (const n of [5, 200, 5000, 70_001]) {
      const [a, b, dy] = [randomArray(n, 6, 2), randomArray(n, 6, 3), randomArray(n, 2, 4)];
      const want = lib.swiglu(a, { b });
      const grad = lib.swigluGrad(dy, a, { b });
      for (const memory of [new Float32Array(3 * n + 2), lib.alloc(3 * n + 2)]) {
        const put = (x: Float32Array, at: number) => {
          memory.set(x, at);
          return memory.subarray(at, at + n);
        };
        // Each result on an input, or shifted by one to either side.
        for (const [first, second] of [
          [1, n + 1],
          [0, n + 1],
          [2, n + 2],
          [n + 1, 1],
        ] as const) {
          const x = put(a, 1);
          const up = put(b, n + 1);
          const out = memory.subarray(first, first + n);
          expect(differs(lib.swiglu(x, { b: up, out }), want), `${n}, ${first}`).toBeUndefined();
          const [x2, up2, above] = [put(a, 1), put(b, n + 1), put(dy, 2 * n + 1)];
          const [da, db] = [memory.subarray(first, first + n), memory.subarray(second, second + n)];
          const got = lib.swigluGrad(above, x2, { b: up2, da, db });
          expect(got.da).toBe(da);
          expect(got.db).toBe(db);
          expect(differs(da, grad.da), `da, ${n}, ${first}`).toBeUndefined();
          expect(differs(db, grad.db), `db, ${n}, ${first}`).toBeUndefined();
        }
      }
    }
  });

  type Call = (x: Float32Array, out: Float32Array) => unknown;
  const no = (value: unknown) => value as undefined;
  const REFUSALS: readonly (readonly [string, ErrorConstructor, Call])[] = [
    ["glu: the axis has length 3, expected an even one", RangeError, (x, out) => lib.glu(x, { shape: [2, 3], out })],
    ["swiglu: the axis has length 5, expected an even one", RangeError, (x, out) => lib.swiglu(x.subarray(1), out)],
    [
      "swiglu: the axis has length 3, expected an even one",
      RangeError,
      (x, out) => lib.swiglu(x, { shape: [2, 3], interleaved: true, out }),
    ],
    [
      "geglu: shape [2, 4] has 8 elements, expected 6, the length of x",
      RangeError,
      (x, out) => lib.geglu(x, { shape: [2, 4], out }),
    ],
    [
      "reglu: axis is 2, expected an integer from -2 to 1",
      RangeError,
      (x, out) => lib.reglu(x, { shape: [2, 3], axis: 2, out }),
    ],
    ["glu: out has length 3, expected 1", RangeError, (x, out) => lib.glu(x.subarray(4), out)],
    ["gluGrad: dy has length 6, expected 3", RangeError, (x, out) => lib.gluGrad(x, x, out)],
    ["gluGrad: out has length 3, expected 6", RangeError, (x, out) => lib.gluGrad(x.subarray(3), x, out)],
    [
      "geglu: x is a string, expected a Float32Array",
      TypeError,
      (_, out) => lib.geglu("x" as unknown as Float32Array, out),
    ],
    [
      'glu: gate is "third", expected "first" or "second"',
      RangeError,
      (x, out) => lib.glu(x, { gate: no("third"), out }),
    ],
    [
      'gluGrad: gate is a number, expected "first" or "second"',
      TypeError,
      (x, out) => lib.gluGrad(out, x, { gate: no(1) }),
    ],
    [
      "bilinear: interleaved is a number, expected true or false",
      TypeError,
      (x, out) => lib.bilinear(x, { interleaved: no(1), out }),
    ],
    ["reglu: b is a plain array, expected a Float32Array", TypeError, (_, out) => lib.reglu(out, { b: no([]), out })],
    ["reglu: b has length 6, expected 3", RangeError, (x, out) => lib.reglu(out, { b: x, out })],
    ["regluGrad: b has length 6, expected 3", RangeError, (x, out) => lib.regluGrad(out, out, { b: x, da: out })],
    ["reglu: out has length 3, expected 6", RangeError, (x, out) => lib.reglu(x, { b: x, out })],
    [
      "reglu: shape [2] has 2 elements, expected 3, the length of x",
      RangeError,
      (_, out) => lib.reglu(out, { b: out, shape: [2], out }),
    ],
    [
      "gegluTanh: interleaved is true where b is given, expected one of the two",
      RangeError,
      (_, out) => lib.gegluTanh(out, { b: out, interleaved: no(true), out }),
    ],
    ["swiglu: limit is -1, expected a number, 0 or more", RangeError, (x, out) => lib.swiglu(x, { limit: -1, out })],
    [
      "swigluGrad: limit is NaN, expected a number, 0 or more",
      RangeError,
      (x, out) => lib.swigluGrad(out, x, { limit: Number.NaN }),
    ],
    [
      "swiglu: offset is Infinity, expected a finite number",
      RangeError,
      (x, out) => lib.swiglu(x, { offset: Infinity, out }),
    ],
    [
      "swiglu: alpha is a string, expected a finite number",
      TypeError,
      (x, out) => lib.swiglu(x, { alpha: no("1"), out }),
    ],
    [
      'swiglu: unknown option "beta", expected shape, axis, gate, interleaved, b, alpha, offset, limit or out',
      TypeError,
      (x, out) => lib.swiglu(x, { beta: 1, out } as object),
    ],
    ["gluGrad: dy has length 6, expected 3", RangeError, (x, out) => lib.gluGrad(x, out, { b: out, da: out })],
    ["gluGrad: da has length 6, expected 3", RangeError, (x, out) => lib.gluGrad(out, out, { b: out, da: x, db: out })],
    ["gluGrad: db has length 6, expected 3", RangeError, (x, out) => lib.gluGrad(out, out, { b: out, da: out, db: x })],
    [
      "gluGrad: da and db overlap, expected two arrays apart",
      RangeError,
      (_, out) => lib.gluGrad(out, out, { b: out, da: out, db: out }),
    ],
    [
      "gluGrad: out is given together with b, expected da and db",
      TypeError,
      (_, out) => lib.gluGrad(out, out, { b: out, out } as object),
    ],
    ["gluGrad: da is given without b, expected out", TypeError, (x, out) => lib.gluGrad(out, x, { da: out } as object)],
    ["gluGrad: db is given without b, expected out", TypeError, (x, out) => lib.gluGrad(out, x, { db: out } as object)],
    [
      'glu: unknown option "alpha", expected shape, axis, gate, interleaved, b or out',
      TypeError,
      (x, out) => lib.glu(x, { alpha: 1, out } as object),
    ],
    [
      'gluGrad: unknown option "limit", expected shape, axis, gate, interleaved, b, da, db or out',
      TypeError,
      (x, out) => lib.gluGrad(out, x, { limit: 1 } as object),
    ],
  ];

  test.each(REFUSALS)("%s", (message, type, call) => {
    const x = randomArray(6, 2);
    const before = x.slice();
    const out = new Float32Array(3).fill(7);
    expect(() => call(x, out)).toThrow(new type(message));
    expect([...out]).toEqual([7, 7, 7]);
    expect(x).toEqual(before);
  });
});

test.each([
  { shape: [200_002], axis: 0 },
  { shape: [3, 90_002], axis: 1 },
  { shape: [500, 62], axis: 1 },
  { shape: [500, 66], axis: 1 },
  { shape: [500, 130], axis: 1 },
  { shape: [1001, 6], axis: 1 },
  { shape: [2, 6, 1000], axis: 1 },
  { shape: [9001, 2], axis: 1 },
])("the same bits staged and without copies, $shape, axis $axis", ({ shape, axis }) => {
  const x = randomArray(product(shape), 30, 6);
  const dy = randomArray(x.length / 2, 2, 7);
  const out = inArena(new Float32Array(dy.length + 1)).subarray(1);
  const dx = inArena(new Float32Array(x.length + 1)).subarray(1);
  const [a, b] = [x.subarray(0, dy.length), x.subarray(dy.length)];
  const [da, db] = [dx.subarray(0, dy.length), dx.subarray(dy.length)];
  for (const op of GATED) {
    const { forward, backward } = opsOf("wasm", op);
    for (const interleaved of [false, true]) {
      const options = { shape, axis, interleaved };
      const got = forward(inArena(x), { ...options, out });
      expect(differs(got, forward(x, options)), op.name).toBeUndefined();
      const dGot = backward(inArena(dy), inArena(x), { ...options, out: dx });
      expect(differs(dGot, backward(dy, x, options)), `${op.name}Grad`).toBeUndefined();
    }
    expect(differs(forward(inArena(a), { b: inArena(b), out }), forward(a, { b })), op.name).toBeUndefined();
    const want = pairOf(backward(dy, a, { b }));
    backward(inArena(dy), inArena(a), { b: inArena(b), da, db });
    expect(differs(da, want.da), `${op.name}Grad`).toBeUndefined();
    expect(differs(db, want.db), `${op.name}Grad`).toBeUndefined();
  }
});

/** Both signs of these, and what lies on the way to where each gate vanishes. */
const SPECIAL = [
  0,
  1e-45,
  1e-30,
  1,
  3,
  3e38,
  Infinity,
  Number.NaN,
  8,
  14.6,
  20,
  38.5,
  90,
  105,
  150,
  300,
  1000,
  1e30,
].flatMap((x) => [x, -x]);

/** A zero with its sign, an infinity, NaN, or any other number. */
const classOf = (y: number) => (y === 0 || !Number.isFinite(y) ? (Object.is(y, -0) ? "-0" : String(y)) : "number");

const SETTINGS = [
  ...GATED.map((op) => ({ op, side: {} })),
  ...LIMITED.flatMap((op) => PARAMETERS.map((side) => ({ op, side }))),
];

test.each(SETTINGS)("$op.name $side: zeros, infinities and NaN are where the twin has them", ({ op, side }) => {
  const triples = SPECIAL.flatMap((a) => SPECIAL.flatMap((b) => SPECIAL.map((d) => [a, b, d] as const)));
  const [a, b, dy] = [0, 1, 2].map((i) => Float32Array.from(triples, (triple) => triple[i] as number)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const found = ENTRIES.map(({ entry }) => {
    const { forward, backward } = opsOf(entry, op);
    const { da, db } = pairOf(backward(dy, a, { gate: "first", ...side, b }));
    const y = forward(a, { gate: "first", ...side, b });
    return triples.map((triple, i) => {
      const classes = [y, da, db].map((result) => classOf(result[i] as number));
      return `${triple}: ${classes}`;
    });
  }) as [string[], string[]];
  const [ours, twin] = found;
  expect(ours.filter((line, i) => line !== twin[i]).slice(0, 5)).toEqual([]);
});

describe.each(ENTRIES)("faint gates, $entry", ({ lib }) => {
  test("a product of large factors brings a gate far out back into sight", () => {
    // 9e76 sigmoid'(-210)
    const [, db = 0] = lib.gluGrad(of(3e38), of(3e38, -210));
    expect(ulpError(db, Math.fround(3e38) ** 2 * Math.exp(-210))).toBeLessThanOrEqual(BOUND);
    const [da = 0] = lib.swigluGrad(of(3e38), of(-205, 3e38));
    expect(ulpError(da, Math.fround(3e38) ** 2 * -204 * Math.exp(-205))).toBeLessThanOrEqual(BOUND);
  });

  test.each([-305, -1000, -1e30, -3e38])("an infinite factor times the gate at %d", (x) => {
    expect([...lib.glu(of(Infinity, x))]).toEqual([Infinity]);
    for (const name of ["swiglu", "geglu", "gegluTanh"] as const) {
      // Of a union of overloads TypeScript calls none.
      const op = lib[name] as unknown as (x: Float32Array) => Float32Array;
      const gradient = lib[`${name}Grad`] as unknown as (dy: Float32Array, x: Float32Array) => Float32Array;
      expect([...op(of(x, Infinity))], name).toEqual([-Infinity]);
      expect([...gradient(of(1), of(x, Infinity))].slice(0, 1), name).toEqual([-Infinity]);
    }
    expect([...lib.gluGrad(of(1), of(Infinity, x))].slice(1)).toEqual([Infinity]);
    // That of relu is 0 itself.
    expect([...lib.reglu(of(x, Infinity))]).toEqual([Number.NaN]);
  });

  test("at -Infinity the gate is 0", () => {
    expect([...lib.glu(of(Infinity, -Infinity))]).toEqual([Number.NaN]);
    expect([...lib.swiglu(of(-Infinity, 3))]).toEqual([-0]);
  });
});
