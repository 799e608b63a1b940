/** The ops on WebAssembly; where that is missing or forbidden, in plain JavaScript. */
import type { Backward, Engine, FloatArray, Forward } from "../engine.ts";
import { engine as js } from "../js/engine.ts";
import { mayBeShifted, runsAhead } from "../overlap.ts";
import { type Arena, Arenas } from "./arenas.ts";
import { compile } from "./binary.ts";
import { HEAP, Instance, type Kernel } from "./instance.ts";
import { SHAPED_BYTES, shapedOps } from "./shaped.ts";
import { Stage } from "./stage.ts";

/** Elements that are staged at a time: with their result they stay in the first-level cache. */
const BLOCK = 4096;

/** True where n elements at two addresses overlap, but not each with itself. */
function shifted(from: number, to: number, n: number): boolean {
  return from !== to && Math.abs(from - to) < 4 * n;
}

function wasmEngine(module: WebAssembly.Module): Engine {
  const main = new Instance(module, 2 * BLOCK * 4 + SHAPED_BYTES);
  const arenas = new Arenas(module, main);
  const stage = new Stage(main.buffer, HEAP, BLOCK);
  const second = new Stage(main.buffer, HEAP + BLOCK * 4, BLOCK);

  const names: string[] = [];

  /** The kernel of the main instance. Its table is filled at the first call. */
  function lazily(name: string): Kernel {
    names.push(name);
    let kernel: Kernel = (...args) => {
      kernel = main.kernel(name);
      kernel(...args);
    };
    // As many as any kernel takes.
    return (p, q, r, s, t, u, v) => kernel(p, q, r, s, t, u, v);
  }

  /** The kernel of an arena. Calls mostly stay in one. */
  function inArena(name: string): (arena: Arena) => Kernel {
    let last: Arena | undefined;
    let kernel: Kernel | undefined;
    return (arena) => {
      if (arena !== last || !kernel) {
        kernel = arena.kernel(name);
        last = arena;
      }
      return kernel;
    };
  }

  /** Block by block, from the end where `out` runs ahead of x. */
  function mapBlocks(kernel: Kernel, x: FloatArray, out: FloatArray, a: number, b: number): void {
    const from = mayBeShifted(out, x) ? x.slice() : x;
    const backwards = runsAhead(out, from);
    const blocks = Math.ceil(out.length / BLOCK);
    for (let block = 0; block < blocks; block++) {
      const start = (backwards ? blocks - 1 - block : block) * BLOCK;
      const count = Math.min(BLOCK, out.length - start);
      stage.put(from, start, count);
      kernel(stage.address, stage.address, count, a, b);
      stage.get(out, start, count);
    }
  }

  function mapGradBlocks(kernel: Kernel, dy: FloatArray, x: FloatArray, out: FloatArray, a: number, b: number): void {
    const backwards = runsAhead(out, dy) || runsAhead(out, x);
    // From the end an input must not lie ahead of `out`: such a one is copied.
    const above = mayBeShifted(out, dy) || (backwards && runsAhead(dy, out)) ? dy.slice() : dy;
    const from = mayBeShifted(out, x) || (backwards && runsAhead(x, out)) ? x.slice() : x;
    const blocks = Math.ceil(out.length / BLOCK);
    for (let block = 0; block < blocks; block++) {
      const start = (backwards ? blocks - 1 - block : block) * BLOCK;
      const count = Math.min(BLOCK, out.length - start);
      stage.put(above, start, count);
      second.put(from, start, count);
      kernel(stage.address, second.address, stage.address, count, a, b);
      stage.get(out, start, count);
    }
  }

  function map(name: string): Forward {
    const kernel = lazily(name);
    const kernelIn = inArena(name);
    return (x, out, a, b) => {
      const n = out.length;
      if (arenas.inUse) {
        const from = x.byteOffset;
        const to = out.byteOffset;
        const home = arenas.of(name, "x", x, from);
        if (arenas.of(name, "out", out, to) === home && home && !shifted(from, to, n)) {
          kernelIn(home)(from, to, n, a, b);
          return;
        }
      }
      if (n > BLOCK) {
        mapBlocks(kernel, x, out, a, b);
        return;
      }
      stage.put(x, 0, n);
      kernel(stage.address, stage.address, n, a, b);
      stage.get(out, 0, n);
    };
  }

  function mapGrad(name: string): Backward {
    const op = `${name}Grad`;
    const kernel = lazily(op);
    const kernelIn = inArena(op);
    return (dy, x, out, a, b) => {
      const n = out.length;
      if (arenas.inUse) {
        const above = dy.byteOffset;
        const from = x.byteOffset;
        const to = out.byteOffset;
        const home = arenas.of(op, "dy", dy, above);
        const same = arenas.of(op, "x", x, from) === home && arenas.of(op, "out", out, to) === home;
        if (same && home && !shifted(above, to, n) && !shifted(from, to, n)) {
          kernelIn(home)(above, from, to, n, a, b);
          return;
        }
      }
      if (n > BLOCK) {
        mapGradBlocks(kernel, dy, x, out, a, b);
        return;
      }
      stage.put(dy, 0, n);
      second.put(x, 0, n);
      kernel(stage.address, second.address, stage.address, n, a, b);
      stage.get(out, 0, n);
    };
  }

  return {
    backend: "wasm",
    map,
    mapGrad,
    ...shapedOps(main, arenas, HEAP + 2 * BLOCK * 4, lazily, inArena),
    prepare(wanted = names) {
      for (const name of wanted) main.kernel(name);
      arenas.adopt();
    },
    alloc: (length) => arenas.alloc(length),
    free: (view) => arenas.free(view),
  };
}

/** No memory, no SIMD, or a content security policy: the plain twin then, and `backend` says so. */
function start(): Engine {
  const module = compile();
  if (!module) return js;
  try {
    return wasmEngine(module);
  } catch {
    return js;
  }
}

export const engine: Engine = start();
