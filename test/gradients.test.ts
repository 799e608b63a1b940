/** Gradients: against central differences of the float64 formula, at the kinks, at the ends, and the product with dy. */
import { describe, expect, test } from "vitest";
import { ENTRIES, exported, OPS, optionsOf, passedOn } from "./ops.ts";
import { hex, ulpError } from "./ulp.ts";

describe.each(OPS)("$name", (op) => {
  const { name, row, about } = op;

  test.each(op.settings.map((setting) => ({ setting })))("f' is the slope of f, parameters $setting", ({ setting }) => {
    const [a, b] = passedOn(op, setting);
    const kinks = about.kinks?.(a, b) ?? [];
    // Between -12 and 12 in steps that hit no round number.
    for (let x = -12; x < 12; x += 0.0137) {
      const h = 1e-5;
      if (kinks.some((kink) => Math.abs(kink.x - x) < 3 * h)) continue;
      const value = (at: number) => row.value(at, a, b);
      // Of fourth order in h.
      const slope = (8 * (value(x + h) - value(x - h)) - (value(x + 2 * h) - value(x - 2 * h))) / (12 * h);
      const derivative = row.derivative(x, a, b);
      // What rounding leaves of a difference of values of this size.
      const noise = (1e-15 * (Math.abs(value(x)) + 1)) / h + 1e-9 * Math.abs(derivative);
      expect(Math.abs(slope - derivative), `${name}'(${x}): ${derivative}, slope ${slope}`).toBeLessThan(20 * noise);
    }
  });

  describe.each(ENTRIES)("the %s entry", (entry) => {
    const grad = exported(entry, `${name}Grad`);

    test.each(op.settings.map((setting) => ({ setting })))("at the kinks, parameters $setting", ({ setting }) => {
      const [a, b] = passedOn(op, setting);
      for (const kink of about.kinks?.(a, b) ?? []) {
        const x = new Float32Array([kink.x]);
        // A kink that float32 does not hold is met by no input.
        if (x[0] !== kink.x) continue;
        const got = grad(new Float32Array([1]), x, optionsOf(op, setting))[0] as number;
        const want = kink.derivative;
        const error = ulpError(got, want);
        expect(error, `${name}'(${kink.x}): got ${got}, want ${want}`).toBeLessThanOrEqual(1);
      }
    });

    test("is NaN at NaN, the limit at ±Infinity", () => {
      for (const setting of op.settings) {
        const [a, b] = passedOn(op, setting);
        const got = grad(
          new Float32Array([1, 1, 1]),
          new Float32Array([Number.NaN, -Infinity, Infinity]),
          optionsOf(op, setting),
        );
        expect(got[0], `${name}'(NaN), parameters ${setting}`).toBeNaN();
        for (const [at, x] of [
          [1, -Infinity],
          [2, Infinity],
        ] as const) {
          const want = row.derivative(x, a, b);
          const message = `${name}'(${x}), parameters ${setting}: got ${got[at]}, want ${want}`;
          expect(ulpError(got[at] as number, want), message).toBeLessThanOrEqual(1);
        }
      }
    });

    test("is linear in dy", () => {
      const xs = Float32Array.from({ length: 200 }, (_, i) => (i - 100) * 0.1037);
      const slopes = grad(new Float32Array(200).fill(1), xs);
      for (const factor of [0, -1, 2, -0.3, 1e-30, 3e38, Infinity, Number.NaN]) {
        const dy = new Float32Array(200).fill(factor);
        const got = grad(dy, xs);
        got.forEach((dx, i) => {
          const want = Math.fround((dy[i] as number) * (slopes[i] as number));
          expect(
            Object.is(dx, want) || dx === want,
            `${name}: dy ${factor}, x ${hex(xs[i] as number)}: ${dx}, want ${want}`,
          ).toBe(true);
        });
      }
    });
  });
});
