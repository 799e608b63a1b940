/** What a page or a program did before, and what it sees when something goes wrong. */
import { describe, expect, test } from "vitest";
import { ENTRY, errorsOf, JS_ENTRY, printed } from "./fresh.ts";

const ENTRIES = [
  { label: "wasm", entry: ENTRY },
  { label: "js", entry: JS_ENTRY },
];

/** What pages and old libraries do to built-ins. */
const POLLUTIONS: Readonly<Record<string, string>> = {
  "enumerable properties on Object.prototype": `
    Object.prototype.alpha = 99;
    Object.prototype.out = "inherited";
    Object.prototype.extend = function () {};`,
  "the words of options and of rows on Object.prototype": `
    for (const name of ["params", "shape", "axis", "min", "max", "beta", "check", "domain", "default", "reduces", "value", "about"]) {
      if (name !== "value") Object.prototype[name] = 7;
    }`,
  "setters that throw on Object.prototype": `
    for (const name of ["alpha", "out", "a", "b", "name", "kind", "row", "of", "outer", "axis", "inner", "layout", "length", "start", "size", "freed", "arena"]) {
      Object.defineProperty(Object.prototype, name, { set() { throw new Error("set " + name); }, get() { return undefined; }, configurable: true });
    }`,
  "enumerable properties on Array.prototype": `
    Array.prototype.last = function () { return this[this.length - 1]; };
    Array.prototype.remove = function () {};`,
  "polyfills over methods of Array.prototype": `
    Array.prototype.includes = function (x) { for (var i = 0; i < this.length; i++) if (this[i] === x) return true; return false; };
    Array.prototype.map = function (f) { var r = []; for (var i = 0; i < this.length; i++) r.push(f(this[i], i, this)); return r; };
    Array.prototype.filter = function (f) { var r = []; for (var i = 0; i < this.length; i++) if (f(this[i], i, this)) r.push(this[i]); return r; };
    Array.prototype.find = function (f) { for (var i = 0; i < this.length; i++) if (f(this[i], i, this)) return this[i]; };
    Array.from = function (list, f) { var r = []; for (var i = 0; i < list.length; i++) r.push(f ? f(list[i], i) : list[i]); return r; };`,
  "frozen prototypes": `
    for (const type of [Object, Array, Function, Float32Array, Object.getPrototypeOf(Float32Array), Map, WeakMap, Error, TypeError, RangeError]) {
      Object.freeze(type.prototype);
      Object.freeze(type);
    }`,
};

describe.each(ENTRIES)("the $label entry", ({ entry }) => {
  test.each(Object.entries(POLLUTIONS))("is imported and works in spite of %s", (_, pollution) => {
    const result = printed(
      [],
      `
      // Node loads parts of itself when they are first needed: before the setters are there.
      await import("node:fs/promises");
      void [process.stdout, process.stderr];
      ${pollution}
      const lib = await import(${JSON.stringify(entry)});
      const view = lib.alloc(2);
      view.set([-2, 3]);
      const x = new Float32Array([-2, 3]);
      const results = [
        lib.leakyRelu(x, { alpha: 0.5 }), lib.leakyRelu(view, { alpha: 0.5 }), lib.hardTanh(x), lib.relu(view, view),
        lib.reluGrad(x, x), lib.softmax(new Float32Array(2)), lib.softmax(new Float32Array(2), { shape: [2, 1] }),
        lib.prelu(x, 0.5), lib.preluGrad(x, x, 0.5).dx, lib.swiglu(new Float32Array(2)),
      ].map((array) => { let text = ""; for (let i = 0; i < array.length; i++) text += array[i] + " "; return text.trim(); });
      lib.free(view);
      lib.prepare();
      let refused = "";
      try { lib.relu([1]); } catch (error) { refused = error.message; }
      console.log('{"results":"' + results.join("; ") + '","refused":"' + refused + '"}');
    `,
    );
    expect(result).toEqual({
      results: "-1 3; -1 3; -1 1; 0 3; 0 3; 0.5 0.5; 1 1; -1 3; -1 3; 0",
      refused: "relu: x is a plain array, expected a Float32Array",
    });
  });

  test("an uncaught error reaches a pipe with its message, in a few lines", () => {
    const errors = errorsOf(`import { relu } from ${JSON.stringify(entry)};\nrelu([1, 2]);`);
    expect(errors).toContain("relu: x is a plain array, expected a Float32Array");
    expect(errors.length).toBeLessThan(5000);
  });

  test("calls with nothing to do return at once, however long the other dimensions are", () => {
    const program = `
      import * as lib from ${JSON.stringify(entry)};
      const none = new Float32Array(0);
      const long = 2 ** 46;
      const lengths = [];
      for (const shape of [[long, 0], [0, long], [long, 0, long], [long, 0, 2]]) {
        for (const name of ["softmax", "logSoftmax", "softmin", "softmaxGrad", "logSoftmaxGrad", "softminGrad"]) {
          for (const axis of shape.keys()) {
            const args = name.endsWith("Grad") ? [none, none] : [none];
            lengths.push(lib[name](...args, { shape, axis }).length);
          }
        }
        for (const name of ["glu", "swiglu", "geglu", "reglu"]) {
          const axis = shape.indexOf(long);
          lengths.push(lib[name](none, { shape, axis }).length, lib[name + "Grad"](none, none, { shape, axis }).length);
        }
      }
      lengths.push(lib.logSumExp(none, { shape: [0, long] }).length, lib.logSumExp(none, { shape: [long, 0], axis: 0 }).length);
      const slopes = new Float32Array(70_000);
      const shape = [2, 70_000, 0];
      lengths.push(lib.prelu(none, slopes, { shape }).length, lib.preluGrad(none, none, slopes, { shape }).dx.length);
      lengths.push(lib.preluGrad(none, none, slopes, { shape: [long, 70_000, 0] }).dslope.every((d) => d === 0) ? 0 : 1);
      console.log(JSON.stringify(lengths.filter((length) => length !== 0)));
    `;
    expect(printed([], program, 20_000)).toEqual([]);
  });
});
