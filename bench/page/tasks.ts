/**
 * What the page asks its workers for: what the command asks its child processes for, and what only
 * a browser must be asked.
 */
import type { Tasks as ChildTasks } from "../measure/tasks.ts";
import type { Engine } from "../results.ts";

/** What a worker finds about itself. */
export interface Surroundings {
  readonly backend: Engine;
  readonly clockStepMs: number;
}

export interface Tasks extends ChildTasks {
  readonly surroundings: { readonly asked: null; readonly answered: Surroundings };
}

export type Task = keyof Tasks;

/** To a worker, and back. */
export interface Question<T extends Task = Task> {
  readonly task: T;
  readonly asked: Tasks[T]["asked"];
}
export type Reply<T extends Task = Task> = { readonly answered: Tasks[T]["answered"] } | { readonly error: string };

/**
 * Beside the page: the worker, the published package, the kernels of matrix products, the published
 * errors and fingerprints.
 */
export const FILES = {
  page: "page.js",
  worker: "worker.js",
  style: "style.css",
  wasm: "package/index.js",
  js: "package/js.js",
  products: "products.wasm",
  published: "published.json",
} as const;
