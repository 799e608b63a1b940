/**
 * Every op's very first call, with every mix of ordinary arrays and arrays of alloc, against its
 * second call and the plain twin.
 *
 * A fresh instance of the package is what a fresh process has: the entry imported under another
 * address, with a memory and tables of its own. That it is as fresh as a process is checked below.
 */
import { describe, expect, test } from "vitest";
import { type Sample, samples } from "./calls.ts";
import { ENTRY, inFreshProcess, JS_ENTRY, printed } from "./fresh.ts";

const N = 40;

/** One call: for each array of the op whether alloc gives it. */
interface FirstCall {
  readonly name: string;
  readonly lengths: readonly number[];
  readonly outputs: readonly string[];
  readonly resident: readonly boolean[];
}

/** The bits of the outputs, one after the other. */
interface Outcome {
  readonly first: readonly number[];
  readonly second: readonly number[];
  readonly twin: readonly number[];
}

function mixesOf({ name, terms, roles }: Sample): FirstCall[] {
  return Array.from({ length: 2 ** roles.length }, (_, mix) => ({
    name,
    lengths: roles.map(({ length }) => length),
    outputs: terms.outputs,
    resident: roles.map((_role, i) => ((mix >> i) & 1) === 1),
  }));
}

/** The program that makes these calls, each through the entry at the address next to it. */
function program(calls: readonly FirstCall[], addresses: readonly string[]): string {
  return `
    const twin = await import(${JSON.stringify(JS_ENTRY)});
    function run(lib, { name, lengths, outputs, resident }) {
      const arrays = lengths.map((length, k) => {
        const array = resident[k] ? lib.alloc(length) : new Float32Array(length);
        for (let i = 0; i < length; i++) array[i] = Math.sin(i * 1.3 + k) * 2;
        return array;
      });
      const inputs = arrays.slice(0, -outputs.length);
      const given = arrays.slice(-outputs.length);
      lib[name](...inputs, Object.fromEntries(outputs.map((output, i) => [output, given[i]])));
      return given.flatMap((array) => [...new Uint32Array(array.buffer, array.byteOffset, array.length)]);
    }
    const outcomes = [];
    const buffers = new Set();
    for (const [i, call] of ${JSON.stringify(calls)}.entries()) {
      const lib = await import(${JSON.stringify(addresses)}[i]);
      const first = run(lib, call);
      outcomes.push({ first, second: run(lib, call), twin: run(twin, { ...call, resident: call.resident.map(() => false) }) });
      buffers.add(lib.alloc(1).buffer);
    }
    console.log(JSON.stringify({ outcomes, instances: buffers.size }));
  `;
}

function outcomesOf(
  calls: readonly FirstCall[],
  addresses = calls.map((_, i) => `${ENTRY}?fresh=${i}`),
): readonly Outcome[] {
  const { outcomes, instances } = printed([], program(calls, addresses)) as { outcomes: Outcome[]; instances: number };
  expect(instances).toBe(calls.length);
  return outcomes;
}

const floats = (bits: readonly number[]) => new Float32Array(Uint32Array.from(bits).buffer);

/** What is wrong with a first call, if anything. */
function complaintOf({ name, resident }: FirstCall, { first, second, twin }: Outcome): string | undefined {
  const mix = `${name}, of alloc: ${resident.map(Number).join("")}`;
  const [got, again, want] = [first, second, twin].map(floats) as [Float32Array, Float32Array, Float32Array];
  const changed = first.findIndex((bits, i) => bits !== second[i]);
  if (changed >= 0) return `${mix}: [${changed}] is ${got[changed]} at first, then ${again[changed]}`;
  // The twin is another computation: both are within a few ULP of numbers up to 40.
  const off = got.findIndex(
    (value, i) =>
      !Object.is(value, want[i]) && !(Math.abs(value - (want[i] as number)) <= 1e-6 * Math.max(1, Math.abs(value))),
  );
  return off < 0 ? undefined : `${mix}: [${off}] is ${got[off]}, ${want[off]} in the twin`;
}

const SAMPLES = samples(N);
/** Ops to a process: each instance takes a few megabytes. */
const GROUP = 10;
const groups = Array.from({ length: Math.ceil(SAMPLES.length / GROUP) }, (_, i) =>
  SAMPLES.slice(i * GROUP, (i + 1) * GROUP),
);

describe("the first call of an op gives what all later ones give", () => {
  test.each(groups.map((group) => [group.map(({ name }) => name).join(", "), group] as const))("%s", (_, group) => {
    const calls = group.flatMap(mixesOf);
    const outcomes = outcomesOf(calls);
    expect(calls.flatMap((call, i) => complaintOf(call, outcomes[i] as Outcome) ?? [])).toEqual([]);
  });
});

test("an instance imported anew is as fresh as a process", () => {
  const calls = SAMPLES.filter(({ name }) => ["tanh", "prelu", "softmax", "swigluGrad"].includes(name)).flatMap(
    (sample) => mixesOf(sample).slice(-2),
  );
  const anew = outcomesOf(calls);
  for (const [i, call] of calls.entries()) {
    expect(outcomesOf([call], [ENTRY])).toEqual([anew[i]]);
  }
});

test("prepare computes the tables of the ops that it is given, or of all", () => {
  // The first array of alloc lies in the memory that the tables are in.
  const filledBy = (code: string) =>
    inFreshProcess([], `${code}; console.log(new Uint8Array(lib.alloc(1).buffer).reduce((n, v) => n + (v && 1), 0));`);
  const [none, one, each, all] = [
    "",
    "lib.prepare(lib.tanh)",
    "const { alloc, backend, custom, free, prepare, ...ops } = lib; prepare(...Object.values(ops))",
    "lib.prepare()",
  ].map(filledBy) as [number, number, number, number];
  expect(one).toBeGreaterThan(none + 4096);
  expect(all).toBeGreaterThan(20 * one);
  expect(all).toBe(each);
});
