/**
 * Arguments that are not what they seem: getters that answer twice, disguised arrays, buffers of
 * another realm, re-entrance.
 */
import { createContext, runInContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { callOf, errorOf, samples } from "./calls.ts";
import { ENTRIES } from "./fuzz/table.ts";

const N = 6000;
const realm = runInContext("({ SharedArrayBuffer, Float32Array })", createContext({})) as Pick<
  typeof globalThis,
  "SharedArrayBuffer" | "Float32Array"
>;

/**
 * An object whose properties answer one after the other of these values, and how often each was
 * read.
 */
function answering(values: Readonly<Record<string, readonly unknown[]>>) {
  const reads: Record<string, number> = {};
  const options = {};
  for (const [name, answers] of Object.entries(values)) {
    reads[name] = 0;
    const get = () => {
      const count = reads[name] as number;
      reads[name] = count + 1;
      return answers[Math.min(count, answers.length - 1)];
    };
    Object.defineProperty(options, name, { get, enumerable: true });
  }
  return { options, reads };
}

/** Float32Arrays only by their looks. */
const IMPOSTORS: readonly (readonly [string, (n: number) => unknown])[] = [
  ["a proxy of one", (n) => new Proxy(new Float32Array(n), {})],
  ["an object with its prototype", () => Object.create(Float32Array.prototype)],
  ["a Float64Array with its prototype", (n) => Object.setPrototypeOf(new Float64Array(n), Float32Array.prototype)],
  ["an Int32Array with its prototype", (n) => Object.setPrototypeOf(new Int32Array(n), Float32Array.prototype)],
  ["an object with its tag", (length) => ({ length, byteLength: 4 * length, [Symbol.toStringTag]: "Float32Array" })],
  ["a Float64Array of another realm", (n) => new (runInContext("Float64Array", createContext({})))(n)],
];

describe.each(ENTRIES)("the $label entry", (entry) => {
  const { alloc, free, op } = entry;

  test.each(IMPOSTORS)("no op takes %s for a Float32Array", (_, impostor) => {
    for (const sample of samples(N)) {
      for (const [i, { name: role }] of sample.roles.entries()) {
        const arrays: unknown[] = sample.roles.map(({ length }) => new Float32Array(length).fill(7));
        arrays[i] = impostor((sample.roles[i] as (typeof sample.roles)[number]).length);
        const error = errorOf(() => callOf(entry, sample, arrays));
        expect(error, `${sample.name}, ${role}: ${error.message}`).toBeInstanceOf(TypeError);
        expect(error.message).toMatch(new RegExp(`^${sample.name}: ${role} is `));
        const outputs = arrays.filter((_array, k) => sample.roles[k]?.output && k !== i) as Float32Array[];
        expect(outputs.every((out) => out.every((value) => value === 7))).toBe(true);
      }
    }
  });

  test("shape is read once, so that nothing is written beyond out", () => {
    const memory = [alloc(4), alloc(240)] as const;
    memory[1].fill(7);
    const { options, reads } = answering({ shape: [[4], [64]], axis: [0, 1], out: [memory[0], memory[1]] });
    expect(op("softmax")(new Float32Array(4), options)).toBe(memory[0]);
    expect(reads).toEqual({ shape: 1, axis: 1, out: 1 });
    expect([...memory[0]]).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect(memory[1].every((value) => value === 7)).toBe(true);
    for (const view of memory) free(view);
  });

  test("so are the elements of shape", () => {
    const { options: shape, reads } = answering({ 0: [2, 64], 1: [2, 64] });
    const array = Object.defineProperties([0, 0], Object.getOwnPropertyDescriptors(shape)) as number[];
    expect([...(op("softmax")(new Float32Array(4), { shape: array }) as Float32Array)]).toEqual([0.5, 0.5, 0.5, 0.5]);
    expect(reads).toEqual({ 0: 1, 1: 1 });
  });

  test("every option of every op is read once", () => {
    for (const sample of samples(8)) {
      const { terms, name, roles } = sample;
      const arrays = roles.map(({ length }) => new Float32Array(length).fill(0.5));
      const values: Record<string, readonly unknown[]> = {};
      for (const param of terms.params) values[param.name] = [param.default, "other"];
      if (terms.axis !== undefined) Object.assign(values, { shape: [[8], [64]], axis: [0, 7] });
      for (const [i, role] of roles.entries()) if (role.output) values[role.name] = [arrays[i], [1, 2, 3]];
      const { options, reads } = answering(values);
      op(name)(...arrays.slice(0, terms.inputs.length), options);
      expect(Object.values(reads), name).toEqual(Object.keys(reads).map(() => 1));
      const want = roles.map(({ length }) => new Float32Array(length).fill(0.5));
      callOf(entry, sample, want);
      expect(arrays, name).toEqual(want);
    }
  });

  test("dx and dslope of preluGrad, out of prelu cannot be exchanged after they were looked at", () => {
    const x = new Float32Array(4).fill(-1);
    const out = new Float32Array(4);
    expect(op("prelu")(x, 0.5, answering({ out: [out, [1, 2, 3, 4]] }).options)).toBe(out);
    expect([...out]).toEqual([-0.5, -0.5, -0.5, -0.5]);
    const outputs = { dx: new Float32Array(4), dslope: new Float32Array(1) };
    const { options } = answering({ dx: [outputs.dx, []], dslope: [outputs.dslope, [0]] });
    expect(op("preluGrad")(x, x, 0.5, options)).toEqual(outputs);
    expect([...outputs.dslope]).toEqual([4]);
  });

  test("options are own properties only", () => {
    const x = new Float32Array([-1, 2]);
    const inherited = Object.create({ alpha: 99, out: "inherited", nonsense: 1 }) as object;
    expect(op("leakyRelu")(x, inherited)).toEqual(op("leakyRelu")(x));
    expect(op("softmax")(x, Object.create({ shape: [7], axis: 9, nonsense: 1 }))).toEqual(op("softmax")(x));
    expect(op("prelu")(x, 0.5, Object.create({ out: 1, nonsense: 1 }))).toEqual(op("prelu")(x, 0.5));
    class Settings {
      alpha = 0.5;
      get nonsense(): number {
        return 1;
      }
    }
    expect(op("leakyRelu")(x, new Settings())).toEqual(op("leakyRelu")(x, { alpha: 0.5 }));
  });

  test("a getter that frees an array of the call makes an error of it", () => {
    for (const sample of samples(40)) {
      const { name, roles, terms } = sample;
      for (const [i, { name: role }] of roles.entries()) {
        const arrays = roles.map(({ length }) => alloc(length));
        const options: Record<string, unknown> = {};
        for (const [k, { output, name: of }] of roles.entries()) if (output) options[of] = arrays[k];
        let next: Float32Array | undefined;
        const last = roles.at(-1) as (typeof roles)[number];
        Object.defineProperty(options, last.name, {
          get() {
            free(arrays[i] as Float32Array);
            next = alloc(roles[i]?.length ?? 0).fill(7);
            return arrays.at(-1);
          },
          enumerable: true,
        });
        const error = errorOf(() => op(name)(...arrays.slice(0, terms.inputs.length), options));
        expect(error.message, `${name}, ${role}`).toMatch(new RegExp(`^${name}: `));
        expect(
          next?.every((value) => value === 7),
          `${name}, ${role}`,
        ).toBe(true);
        for (const [k, view] of arrays.entries()) if (k !== i) free(view);
        if (next) free(next);
      }
    }
  });

  test("a getter may call another op", () => {
    for (const length of [10, 5000]) {
      const x = Float32Array.from({ length }, (_, i) => Math.sin(i) * 4);
      const want = op("elu")(x, { alpha: 0.5 });
      const options = {
        get alpha(): number {
          op("tanhGrad")(new Float32Array(length).fill(9), new Float32Array(length));
          op("prelu")(new Float32Array(length).fill(9), new Float32Array(length).fill(3));
          return 0.5;
        },
      };
      expect(op("elu")(x, options)).toEqual(want);
    }
  });

  test.each([200, 5000])("two objects for one shared memory, of any realm, overlap like one, %i elements", (n) => {
    for (const make of [SharedArrayBuffer, realm.SharedArrayBuffer]) {
      for (const shift of n > 1000 ? [64] : [-3, 64]) {
        for (const sample of samples(n)) {
          const { roles, name } = sample;
          const output = roles.findIndex(({ output: written }) => written);
          for (const i of roles.keys()) {
            if (roles[i]?.output) continue;
            const shared = new make(4 * (n + 200));
            const other = structuredClone(shared);
            const content = Float32Array.from({ length: n + 200 }, (_, k) => Math.sin(k) * 3);
            new Float32Array(shared).set(content);
            const arrays = roles.map(({ length }, k) => Float32Array.from({ length }, (_, e) => Math.cos(e + k) * 3));
            const input = (buffer: SharedArrayBuffer) => new Float32Array(buffer, 4 * 64, roles[i]?.length);
            const want = arrays.map((array) => array.slice());
            want[i] = input(shared).slice();
            callOf(entry, sample, want);
            const mixed: Float32Array<ArrayBufferLike>[] = [...arrays];
            mixed[i] = input(shared);
            mixed[output] = new Float32Array(other, 4 * (64 + shift), roles[output]?.length);
            callOf(entry, sample, mixed);
            const differs = (mixed[output] as Float32Array).findIndex((v, k) => !Object.is(v, want[output]?.[k]));
            expect(differs, `${name}, ${roles[i]?.name}, shifted by ${shift}`).toBe(-1);
          }
        }
      }
    }
  });

  test("outputs over two shared memories are two", () => {
    const several = samples(8).filter(({ roles }) => roles.filter(({ output }) => output).length > 1);
    expect(several.length).toBeGreaterThan(1);
    for (const sample of several) {
      const inputs = sample.roles.map(({ length }, k) => Float32Array.from({ length }, (_, e) => Math.cos(e + k) * 3));
      const want = inputs.map((array) => array.slice());
      callOf(entry, sample, want);
      const shared = inputs.map((array, k) => {
        if (!sample.roles[k]?.output) return array;
        return new Float32Array(new SharedArrayBuffer(array.byteLength)).fill(7);
      });
      callOf(entry, sample, shared);
      expect(
        shared.map((array) => [...array]),
        sample.name,
      ).toEqual(want.map((array) => [...array]));
    }
  });

  test("subclasses whose constructor takes something else", () => {
    class Labelled extends Float32Array<ArrayBuffer> {
      constructor(label: string, buffer: ArrayBuffer, byteOffset: number, length: number) {
        if (typeof label !== "string") throw new Error("a label is missing");
        super(buffer, byteOffset, length);
      }
    }
    for (const sample of samples(8)) {
      const labelled = sample.roles.map(({ length }) =>
        new Labelled("x", new ArrayBuffer(4 * length), 0, length).fill(1),
      );
      expect(() => callOf(entry, sample, labelled), sample.name).not.toThrow();
      // All over one buffer, so that a copy must be made; two outputs must not overlap.
      const buffer = new ArrayBuffer(4 * 80);
      const first = sample.roles.findIndex(({ output }) => output);
      const overlapping = sample.roles.map(
        ({ length }, k) => new Labelled("x", buffer, 4 * (k > first ? 20 * (k - first + 1) : k), length),
      );
      expect(() => callOf(entry, sample, overlapping), sample.name).not.toThrow();
    }
  });
});
