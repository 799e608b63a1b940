/** What a library to compare with must offer, and where it is found. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export const FOLDER = join(process.cwd(), "bench/peers");

/**
 * In the library's own memory, result left there; from a typed array into a given one; into a new
 * one.
 */
export const DATA_MODES = ["resident", "given", "new"] as const;
export type DataMode = (typeof DATA_MODES)[number];

/** One op on one input, ready to run. */
export interface Prepared {
  run(times: number): void | Promise<void>;
  /** The last result. */
  result(): Float32Array | Promise<Float32Array>;
  /**
   * The same without the work itself, for a library that never leaves data where they are: the
   * difference is the work, done this many times.
   */
  readonly without?: { run(times: number): void | Promise<void>; readonly count: number };
}

export interface Engine {
  /** What is on: SIMD, threads. */
  readonly about: string;
  prepare(op: string, x: Float32Array, shape: readonly number[], mode: DataMode): Prepared | Promise<Prepared>;
}

export interface Peer {
  readonly name: string;
  /** As npm knows it; undefined for what is measured anyway. */
  readonly package: string | undefined;
  offers(op: string): boolean;
  /** Import and whatever must be awaited before the first op. */
  start(): Promise<Engine>;
}

const require = createRequire(join(FOLDER, "package.json"));

/**
 * A package installed in this folder. T is the little of it that is used: it is not there when
 * types are checked.
 */
export async function load<T>(name: string): Promise<T> {
  return (await import(pathToFileURL(require.resolve(name)).href)) as T;
}
