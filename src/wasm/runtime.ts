/**
 * The module, compiled and started; undefined where WebAssembly SIMD is missing or forbidden, or
 * has no memory.
 */

import { compile } from "#module";
import { Arenas, MAIN_BYTES } from "./arenas.ts";
import { Instance } from "./instance.ts";
import { WHOLE } from "./stage.ts";

export interface Runtime {
  /** The instance that works on ordinary arrays. */
  readonly main: Instance;
  readonly arenas: Arenas;
}

function start(): Runtime | undefined {
  const module = compile();
  if (!module) return undefined;
  try {
    const main = new Instance(module, WHOLE, MAIN_BYTES);
    return { main, arenas: new Arenas(module, main) };
  } catch {
    return undefined;
  }
}

export const runtime: Runtime | undefined = start();
