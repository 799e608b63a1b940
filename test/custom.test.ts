/** Activations of the caller's own: accuracy, calls, refusals, and formulas that misbehave. */
import { build } from "esbuild";
import { expect, test } from "vitest";
import * as wasm from "wasm-activations";
import * as js from "wasm-activations/js";
import { ulpError } from "../oracle/ulp.ts";
import { erf, erfc } from "../src/math/erf.ts";

type Formula = (x: number) => number;

const logistic: Formula = (x) => 1 / (1 + Math.exp(-x));
const bell: Formula = (x) => {
  const e = Math.exp(-Math.abs(x));
  return e / ((1 + e) * (1 + e));
};
const sech2: Formula = (x) => 4 * bell(2 * x);
const softplus: Formula = (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

const sin20 = (x: number) => Math.min(Math.max(x, -20), 20);
/** f and f' of gelu. */
const gelu: Formula = (x) => 0.5 * x * erfc(-x / Math.SQRT2);
const geluSlope: Formula = (x) => 0.5 * erfc(-x / Math.SQRT2) + x * Math.exp(-0.5 * x * x) * 0.3989422804014327;

/** Formula and derivative. */
const SERVED: Record<string, readonly [Formula, Formula]> = {
  telu: [
    (x) => x * Math.tanh(Math.exp(x)),
    (x) => Math.tanh(Math.exp(x)) + (x > 20 ? 0 : x * Math.exp(x) * sech2(Math.exp(x))),
  ],
  smish: [
    (x) => x * Math.tanh(Math.log1p(logistic(x))),
    (x) => Math.tanh(Math.log1p(logistic(x))) + (x * sech2(Math.log1p(logistic(x))) * bell(x)) / (1 + logistic(x)),
  ],
  logish: [(x) => x * Math.log1p(logistic(x)), (x) => Math.log1p(logistic(x)) + (x * bell(x)) / (1 + logistic(x))],
  aptx: [(x) => x * logistic(2 * x), (x) => logistic(2 * x) + 2 * x * bell(2 * x)],
  shifted: [(x) => 3 * logistic(2 * x - 1) - 1, (x) => 6 * bell(2 * x - 1)],
  pelu: [(x) => (x >= 0 ? 1.5 * x : 3 * Math.expm1(x / 2)), (x) => (x >= 0 ? 1.5 : 1.5 * Math.exp(x / 2))],
  elu: [(x) => (x >= 0 ? x : Math.expm1(x)), (x) => (x >= 0 ? 1 : Math.exp(x))],
  silu: [(x) => x / (1 + Math.exp(-x)), (x) => logistic(x) + x * bell(x)],
  sigmoid: [logistic, bell],
  softplus: [softplus, logistic],
  serf: [
    (x) => x * erf(softplus(x)),
    (x) => erf(softplus(x)) + x * logistic(x) * Math.exp(-softplus(x) * softplus(x)) * 1.1283791670955126,
  ],
  // Slow to reach their ends.
  arctan: [Math.atan, (x) => 1 / (1 + x * x)],
  isru: [(x) => x / Math.sqrt(1 + x * x), (x) => (1 + x * x) ** -1.5],
  softsign: [(x) => x / (1 + Math.abs(x)), (x) => (1 + Math.abs(x)) ** -2],
  // Roots: double, many.
  phish: [(x) => x * Math.tanh(gelu(x)), (x) => Math.tanh(gelu(x)) + x * geluSlope(x) * sech2(gelu(x))],
  wavelet: [(x) => x * x * Math.exp(-x * x), (x) => 2 * x * (1 - x * x) * Math.exp(-x * x)],
  wave: [(x) => Math.sin(sin20(x)), (x) => (Math.abs(x) > 20 ? 0 : Math.cos(x))],
  // A bend at 0: in the second derivative, in the first.
  elish: [
    (x) => (x >= 0 ? x * logistic(x) : Math.expm1(x) * logistic(x)),
    (x) => (x >= 0 ? logistic(x) + x * bell(x) : Math.exp(x) * logistic(x) + Math.expm1(x) * bell(x)),
  ],
  steeper: [(x) => (x >= 0 ? x : 2 * Math.expm1(x)), (x) => (x >= 0 ? 1 : 2 * Math.exp(x))],
  // Lines whose offset cancels at a root.
  "hard sigmoid, shifted": [(x) => Math.min(Math.max(2 * x - 0.3, -1), 1), (x) => (x > -0.35 && x < 0.65 ? 2 : 0)],
  "leaky, shifted": [(x) => (x > 0 ? x : 0.1 * x) - 0.01, (x) => (x > 0 ? 1 : 0.1)],
  // Right to the last digit at subnormal x.
  expm1: [(x) => Math.expm1(Math.min(x, 20)), (x) => (x > 20 ? 0 : Math.exp(x))],
};

/** Everywhere, more of them where functions bend. */
const inputs = Float32Array.from({ length: 20_000 }, (_, i) => {
  const t = i / 10_000 - 1;
  return i & 1 ? 110 * t : Math.sign(t) * 2 ** (30 * Math.abs(t) - 20);
});

function worst(results: Float32Array, formula: Formula, at = inputs): number {
  return results.reduce((most, y, i) => Math.max(most, ulpError(y, formula(at[i] as number))), 0);
}

for (const [entry, { custom }] of Object.entries({ wasm, js })) {
  test.each(Object.entries(SERVED))(
    `${entry}: %s is within 2 ULP of its formula, and so is its gradient`,
    (name, of) => {
      let [calls, slopes] = [0, 0];
      const counted: Formula = (x) => {
        calls++;
        return of[0](x);
      };
      const derivative: Formula = (x) => {
        slopes++;
        return of[1](x);
      };
      const op = custom(name, counted, { derivative });
      expect(calls).toBeLessThanOrEqual(50_000);
      expect(slopes).toBeLessThanOrEqual(50_000);
      expect(op.accuracy.maxUlp).toBeLessThanOrEqual(2);
      expect(op.accuracy.inputs).toBeGreaterThan(30_000);
      expect(worst(op(inputs), of[0])).toBeLessThanOrEqual(2);
      const ones = new Float32Array(inputs.length).fill(1);
      expect(worst(op.gradient(ones, inputs), of[1])).toBeLessThanOrEqual(2);
      if (entry === "wasm") {
        calls = 0;
        op(inputs);
        expect(calls).toBe(0);
      }
    },
  );

  test(`${entry}: it is called as any op is`, () => {
    const op = custom("telu", ...([SERVED.telu?.[0] as Formula, { derivative: SERVED.telu?.[1] as Formula }] as const));
    const x = new Float32Array([-2, -0, 0, 1, 3, Number.NaN, Infinity, -Infinity]);
    const y = op(x);
    expect(Object.is(y[1], -0) && Object.is(y[2], 0)).toBe(true);
    expect([...y.slice(5)].map((value) => value + 0)).toEqual([Number.NaN, Infinity, 0]);
    const out = new Float32Array(8);
    expect(op(x, out)).toBe(out);
    expect(op(x, { out: new Float32Array(8) })).toEqual(y);
    expect(op.name).toBe("telu");
    expect(() => op(x, new Float32Array(3))).toThrow("telu: out has length 3, expected 8");
    expect(() => op([1] as never)).toThrow(TypeError);
    const dy = new Float32Array(8).fill(2);
    expect(op.gradient(dy, x, dy)).toBe(dy);
    expect(() => op.gradient(dy, new Float32Array(2))).toThrow("teluGrad: dy has length 8, expected 2");
    expect("gradient" in custom("telu", SERVED.telu?.[0] as Formula)).toBe(false);
  });

  test(`${entry}: what is no function, no name, no option is refused`, () => {
    const formula = SERVED.sigmoid?.[0] as Formula;
    expect(() => custom(1 as never, formula)).toThrow(TypeError);
    expect(() => custom("mine", "x" as never)).toThrow(
      new TypeError("mine: formula is a string, expected a function of a number"),
    );
    expect(() => custom("mine", formula, { slope: 1 } as never)).toThrow('mine: unknown option "slope"');
    expect(() => custom("mine", formula, { from: 2, to: 1 })).toThrow(RangeError);
    expect(() => custom("mine", formula, { maxUlp: Number.NaN })).toThrow(RangeError);
    expect(() => custom("mine", formula, { derivative: 3 as never })).toThrow(TypeError);
  });

  test(`${entry}: a formula that throws, or gives no number`, () => {
    const error = new Error("mine");
    const throwing = () => {
      throw error;
    };
    expect(() => custom("mine", throwing)).toThrow(error);
    expect(() => custom("mine", (() => "1") as never)).toThrow(TypeError);
    expect(() => custom("mine", (x) => (x > 1 ? Number.NaN : 0))).toThrow(
      /^mine: formula\(.*\) is NaN, expected a number/,
    );
  });
}

test("a formula may call ops, make others and free arrays while it is sampled", () => {
  const { alloc, custom, free, sigmoid } = wasm;
  const held = alloc(64);
  let calls = 0;
  const op = custom("mine", (x) => {
    if (++calls === 500) free(held);
    if (calls === 600) custom("other", Math.tanh);
    return calls % 1000 === 0 ? (sigmoid(new Float32Array([x]))[0] as number) * 0 + logistic(x) : logistic(x);
  });
  expect(worst(op(inputs), logistic)).toBeLessThanOrEqual(1);
  expect(() => op(held)).toThrow("mine: x was freed");
});

test("where no table is good enough the message says where, how far off and what would help", () => {
  const { custom } = wasm;
  const message = (formula: Formula) => {
    try {
      custom("mine", formula);
    } catch (error) {
      return error instanceof RangeError ? error.message : String(error);
    }
    return "served";
  };
  expect(message(Math.sin)).toMatch(
    /^mine: the formula is neither constant, nor x, nor a line .* expected one of them; .*min\(x, to\)/,
  );
  expect(message((x) => (Math.abs(x) > 4 ? 0 : Math.sin(4 * Math.PI * x)))).toBe("served");
  expect(message((x) => Math.sqrt(Math.abs(Math.min(Math.max(x, -4), 4))))).toMatch(
    /^mine: the formula is no line near 0, however near, expected one, on each side/,
  );
  expect(message((x) => Math.cbrt(Math.min(Math.max(x, -3), 3) - 1.3))).toMatch(
    /^mine: the table is off by .* ULP from the formula at .*; beside the root at 1\.3: it may be one of two/,
  );
  expect(message((x) => (x > 0.3 ? logistic(2 * x) : logistic(x)))).toMatch(
    /off by .* ULP .* at .*, expected at most 2; a kink or a pole|needs \d+ cells/,
  );
});

test("a jump where the function becomes a line is in its place, to the last float32", () => {
  const jump = Math.fround(0.3);
  const op = wasm.custom("mine", (x) => (x >= jump ? x : logistic(x)));
  const x = new Float32Array([jump * (1 - 2 ** -23), jump, jump * (1 + 2 ** -23)]);
  expect([...op(x)]).toEqual([Math.fround(logistic(x[0] as number)), jump, x[2]]);
});

const WINDOWS: readonly (readonly [number, number])[] = [
  [0.2, 4],
  [-4, 0.3],
  [-4.1, -0.2],
  [-0.295, -0.2455],
  [0.679, 0.7085],
  [-5.21, -5.19],
  [-2, 1.1],
  [13.03, 13.7],
];
const CURVED: Record<string, Formula> = {
  logistic,
  "a root": (x) => Math.tanh(x - 0.25),
  "no root": (x) => 2 + Math.cos(1.7 * x),
  exponential: (x) => Math.exp(0.4 * x),
};

test.each(WINDOWS)("it may bend or jump where its ends begin: %d, %d", (from, to) => {
  const clamped = (x: number) => Math.min(Math.max(x, from), to);
  const isInside = (x: number) => x >= from && x <= to;
  const near = Float32Array.from({ length: 4001 }, (_, i) => from + ((to - from) * (i - 200)) / 3601);
  const worstNear = (op: (x: Float32Array) => Float32Array, formula: Formula) => worst(op(near), formula, near);
  for (const [name, curved] of Object.entries(CURVED)) {
    const bends: Formula = (x) => curved(clamped(x));
    expect(worstNear(wasm.custom("bends", bends), bends), `${name} bends`).toBeLessThanOrEqual(2);
    expect(worstNear(wasm.custom("bends", bends, { from, to }), bends), `${name} bends, said`).toBeLessThanOrEqual(2);
    // A narrow one is not found.
    const jumps: Formula = (x) => (isInside(x) ? curved(x) : 0);
    expect(worstNear(wasm.custom("jumps", jumps, { from, to }), jumps), `${name} jumps`).toBeLessThanOrEqual(2);
  }
});

test.each<[string, Formula]>([
  ["3", () => 3],
  ["2 x", (x) => 2 * x],
  ["-3 x", (x) => -3 * x],
  ["|x|", Math.abs],
  ["2 |x|", (x) => 2 * Math.abs(x)],
  ["a hinge", (x) => (x > 0 ? 3 * x : 0.5 * x)],
  ["a ramp", (x) => (x < 0.5 ? -1 : 2 * x - 2)],
  ["steep beyond a curve", (x) => (x > 0 ? 2 * x : 2 * Math.expm1(x))],
])("constants and lines of any slope, to where they overflow: %s", (_, formula) => {
  const op = wasm.custom("lines", formula);
  const sizes = [0, 2 ** -149, 1e-20, 0.25, 0.5, 0.75, 1, 2, 64, 2e38, 3e38, Infinity];
  const x = Float32Array.from(sizes.flatMap((size) => [-size, size]));
  expect(worst(op(x), formula, x)).toBeLessThanOrEqual(1);
});

test.each<[string, Formula]>([
  ["1 from 0 on", (x) => (x >= 0 ? 1 : 0)],
  ["1 above 0", (x) => (x > 0 ? 1 : 0)],
  ["a curve from 0 on", (x) => (x >= 0 ? 1 + Math.tanh(x) : 0)],
  ["a curve above 0", (x) => (x > 0 ? 1 + Math.tanh(x) : 0)],
  ["a line from 0 on", (x) => (x >= 0 ? x + 2 : Math.exp(x))],
])("a jump at 0 is in its place: %s", (_, formula) => {
  const op = wasm.custom("jump", formula);
  const sizes = [0, 2 ** -149, 1e-38, 1e-9, 1e-3, 0.3, 2, 40];
  const x = Float32Array.from(sizes.flatMap((size) => [-size, size]));
  expect(worst(op(x), formula, x)).toBeLessThanOrEqual(2);
});

test("more of them than there is room for take turns, on arrays of alloc too", () => {
  const { alloc, custom } = wasm;
  const ops = Array.from({ length: 20 }, (_, k) => {
    const formula: Formula = (x) => logistic(x * (1 + k / 16));
    return { formula, op: custom(`mine${k}`, formula) };
  });
  const x = alloc(inputs.length);
  x.set(inputs);
  const far = alloc(2 ** 20);
  far.set(inputs);
  for (let round = 0; round < 2; round++) {
    for (const { formula, op } of ops) {
      expect(worst(op(inputs), formula)).toBeLessThanOrEqual(2);
      expect(worst(op(x, alloc(x.length)), formula)).toBeLessThanOrEqual(2);
      expect(worst(op(far, alloc(far.length)).subarray(0, inputs.length), formula)).toBeLessThanOrEqual(2);
    }
  }
});

test("scale and shift go before it as before any op", () => {
  const op = wasm.custom("mine", logistic);
  const x = new Float32Array([-1, 2]);
  expect(op(x, { scale: 2, shift: 1 } as never)).toEqual(op(new Float32Array([-1, 5])));
});

test.each(["relu", "custom"])("a bundle of %s holds the making of tables only if it is used", async (name) => {
  const entry = new URL("../dist/index.js", import.meta.url).pathname;
  const { outputFiles } = await build({
    stdin: { contents: `import { ${name} } from "${entry}"; globalThis.used = ${name};`, resolveDir: process.cwd() },
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
  });
  expect(outputFiles[0]?.text.includes("neither constant, nor x, nor a line")).toBe(name === "custom");
});
