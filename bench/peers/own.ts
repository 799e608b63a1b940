/** This package, and its plain JavaScript. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Op, repeat, withOutput } from "../measure/inputs.ts";
import { opNamed } from "../ops.ts";
import type { Engine as Backend } from "../results.ts";
import type { Engine, Peer, Prepared } from "./peer.ts";

type Library = typeof import("../../src/index.ts");

async function start(file: string): Promise<Engine> {
  const library = (await import(pathToFileURL(join(process.cwd(), "dist", file)).href)) as Library;
  const exported = new Map<string, unknown>(Object.entries(library));
  return {
    about: library.backend === "wasm" ? "SIMD, 1 thread" : "the formulas in float64, 1 thread",
    prepare(name, x, shape, mode): Prepared {
      const op = exported.get(name) as Op;
      const options = opNamed(name)?.kind === "map" ? undefined : { shape };
      const inside = mode === "resident" ? library.alloc(x.length) : x;
      if (inside !== x) inside.set(x);
      const call = { arrays: [inside], options, elements: x.length };
      const memory = mode === "resident" ? library.alloc : (length: number) => new Float32Array(length);
      const run = repeat(op, call, mode === "new" ? options : withOutput(call, x, memory));
      let last: unknown;
      return {
        run(times) {
          last = run(times);
        },
        result: () => last as Float32Array,
      };
    },
  };
}

function peer(name: string, file: string): Peer {
  return { name, package: undefined, offers: (op) => opNamed(op) !== undefined, start: () => start(file) };
}

export const own: Record<Backend, Peer> = {
  wasm: peer("wasm-activations", "index.js"),
  js: peer("plain JS", "js.js"),
};
