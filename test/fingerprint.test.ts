/** The same bits however an op is called, and the ones that were committed. */

import { describe, expect, test } from "vitest";
import * as ops from "wasm-activations";
import { casesOf } from "../oracle/cases.ts";
import { hex } from "../oracle/ulp.ts";
import { readJson } from "../scripts/files.ts";
import {
  canonicalBits,
  NUMBER_TYPES,
  NUMBERS,
  steppedInputs,
  typeOf,
  usualInputs,
} from "../scripts/fingerprint/numbers.ts";
import { allFingerprintsOf, type Hashes, type Run, runOf, shapedRuns } from "../scripts/fingerprint/ops.ts";
import { FINGERPRINTS_FILE } from "../scripts/verify/results.ts";

// A change of these means that results change: `npm run fingerprint -- --write`, and
// `npm run verify` of those ops anew.
const committed = readJson<Hashes>(FINGERPRINTS_FILE, {});

describe("the fingerprints are the committed ones", () => {
  const found = allFingerprintsOf(ops);
  const ofType = (hashes: Hashes, type: string) =>
    Object.fromEntries(Object.entries(hashes).filter(([key]) => typeOf(key) === type));
  for (const type of Object.keys(NUMBERS)) {
    if (NUMBER_TYPES.some((one) => one === type)) {
      test(type, () => {
        expect(ofType(found, type)).toEqual(ofType(committed, type));
      });
    } else test.skip(`${type} (NOT RUN: this runtime does not have it)`);
  }
});

const COUNT = 2 ** 14;
const inputs = steppedInputs(COUNT);
/** Also at lengths that leave tails, in pieces and whole. */
const size = inputs.length;
const above = usualInputs(size, 0x5bd1e995);

/** Copies to memory of alloc, so that nothing is copied in the call. */
function inAlloc(values: Float32Array): Float32Array {
  const array = ops.alloc(values.length);
  array.set(values);
  return array;
}

/** The same values, `offset` elements into a larger buffer. */
function shifted(values: Float32Array, offset: number): Float32Array {
  const array = new Float32Array(values.length + offset).subarray(offset);
  array.set(values);
  return array;
}

/** The first input whose result has other bits: undefined where there is none. */
function difference(found: Uint32Array, expected: Uint32Array): string | undefined {
  const i = expected.findIndex((bits, at) => bits !== found[at]);
  return i < 0 ? undefined : `${hex(inputs[i] as number)}: ${found[i]?.toString(16)}, not ${expected[i]?.toString(16)}`;
}

function inPieces(run: Run, lengthOf: (piece: number) => number): Run {
  return (x, dy) => {
    const y = new Float32Array(x.length);
    for (let start = 0, piece = 0; start < x.length; piece++) {
      const end = Math.min(start + lengthOf(piece), x.length);
      y.set(run(x.subarray(start, end), dy.subarray(start, end)), start);
      start = end;
    }
    return y;
  };
}

describe.each(casesOf(true).map((subject) => ({ title: `${subject.op}, ${subject.setting}`, subject })))(
  "$title",
  ({ subject }) => {
    const run = runOf(subject, ops);
    const whole = canonicalBits(run(inputs, above));

    test("without copying", () => {
      expect(difference(canonicalBits(run(inAlloc(inputs), inAlloc(above))), whole)).toBeUndefined();
    });

    test.each([1, 2, 3])("%i elements into a buffer", (offset) => {
      expect(
        difference(canonicalBits(run(shifted(inputs, offset), shifted(above, 4 - offset))), whole),
      ).toBeUndefined();
    });

    test("cut into pieces", () => {
      expect(
        difference(canonicalBits(inPieces(run, (piece) => 1 + (piece % 37))(inputs, above)), whole),
      ).toBeUndefined();
      expect(difference(canonicalBits(inPieces(run, () => 4097)(inputs, above)), whole)).toBeUndefined();
    });
  },
);

describe.each(shapedRuns(ops))("%s, along an axis", (_, run) => {
  const shape = [6, 34, 5];
  const x = usualInputs(6 * 34 * 5, 0x85ebca6b);
  const results = (xs: Float32Array, others: Float32Array) =>
    run(xs, others, { shape, axis: 1 }, 34).map((y) => [...canonicalBits(y)]);
  const whole = results(x, above.subarray(0, x.length));

  test("without copying, and at any offset", () => {
    expect(results(inAlloc(x), inAlloc(above.subarray(0, x.length)))).toEqual(whole);
    for (const offset of [1, 2, 3]) {
      expect(results(shifted(x, offset), shifted(above.subarray(0, x.length), 4 - offset))).toEqual(whole);
    }
  });
});
