/**
 * Gradients: against central differences of the float64 formula, at the kinks, at the ends, and the
 * product with dy.
 */
import { describe, expect, test } from "vitest";
import { fromBits, hex, ulpError } from "../oracle/ulp.ts";
import { ENTRIES, exported, OPS, optionsOf, passedOn } from "./ops.ts";

const LEAST_NORMAL = 2 ** -126;

/**
 * Finite inputs from all exponents, and densely those where a slope leaves the range of float32 and
 * dy may bring it back.
 */
const STRATA = Float32Array.from(
  [
    ...Array.from({ length: 8192 }, (_, i) => fromBits((i * 0x80000 + (Math.imul(i, 0x9e3779b1) >>> 13)) >>> 0)),
    ...Array.from({ length: 4000 }, (_, i) => (i - 2000) * 0.1037),
    ...Array.from({ length: 4000 }, (_, i) => (i - 2000) * 0.01037),
  ].filter(Number.isFinite),
);

describe.each(OPS)("$name", (op) => {
  const { name, row, about } = op;

  test.each(op.settings.map((setting) => ({ setting })))("f' is the slope of f, parameters $setting", ({ setting }) => {
    const parameters = passedOn(op, setting);
    const kinks = about.kinks?.(...parameters) ?? [];
    // Between -12 and 12 in steps that hit no round number.
    for (let x = -12; x < 12; x += 0.0137) {
      const h = 1e-5;
      if (kinks.some((kink) => Math.abs(kink.x - x) < 3 * h)) continue;
      const value = (at: number) => row.value(at, ...parameters);
      if (Number.isNaN(value(x))) {
        expect(row.derivative(x, ...parameters), `${name}'(${x})`).toBeNaN();
        continue;
      }
      // Of fourth order in h.
      const slope = (8 * (value(x + h) - value(x - h)) - (value(x + 2 * h) - value(x - 2 * h))) / (12 * h);
      const derivative = row.derivative(x, ...parameters);
      // What rounding leaves of a difference of values of this size.
      const noise = (1e-15 * (Math.abs(value(x)) + 1)) / h + 1e-9 * Math.abs(derivative);
      expect(Math.abs(slope - derivative), `${name}'(${x}): ${derivative}, slope ${slope}`).toBeLessThan(20 * noise);
    }
  });

  describe.each(ENTRIES)("the %s entry", (entry) => {
    const grad = exported(entry, `${name}Grad`);

    test.each(op.settings.map((setting) => ({ setting })))("at the kinks, parameters $setting", ({ setting }) => {
      const parameters = passedOn(op, setting);
      for (const kink of about.kinks?.(...parameters) ?? []) {
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
        const parameters = passedOn(op, setting);
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
          const want = row.derivative(x, ...parameters);
          const message = `${name}'(${x}), parameters ${setting}: got ${got[at]}, want ${want}`;
          expect(ulpError(got[at] as number, want), message).toBeLessThanOrEqual(1);
        }
      }
    });

    test("with an infinite dy, or none, as in IEEE arithmetic", () => {
      const parameters = passedOn(op, op.settings[0] as readonly number[]);
      const xs = Float32Array.from({ length: 200 }, (_, i) => (i - 100) * 0.1037);
      for (const factor of [Infinity, -Infinity, Number.NaN]) {
        grad(new Float32Array(200).fill(factor), xs).forEach((dx, i) => {
          const x = xs[i] as number;
          expect(dx, `${name}: dy ${factor}, x ${hex(x)}`).toBe(factor * row.derivative(x, ...parameters));
        });
      }
    });

    test.each(op.settings.map((setting) => ({ setting })))(
      "dy times the real f', parameters $setting",
      ({ setting }) => {
        const parameters = passedOn(op, setting);
        for (const factor of [65536, 1e-10, -1, 1e30, 3e38, 1e-45, 0]) {
          const dy = new Float32Array(STRATA.length).fill(factor);
          const complaints: string[] = [];
          grad(dy, STRATA, optionsOf(op, setting)).forEach((dx, i) => {
            const x = STRATA[i] as number;
            const want = (dy[i] as number) * row.derivative(x, ...parameters);
            const normal = Math.abs(want) >= LEAST_NORMAL;
            if (Number.isNaN(want) && Number.isNaN(dx)) return;
            const right = normal ? ulpError(dx, want) <= 1.5 : Math.abs(dx) <= LEAST_NORMAL;
            if (!right) complaints.push(`dy ${factor}, x ${hex(x)} (${x}): ${dx}, want ${want}`);
          });
          expect(complaints.slice(0, 3), `${name}: ${complaints.length} of ${STRATA.length}`).toEqual([]);
        }
      },
    );
  });
});
