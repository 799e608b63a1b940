/** Tables of results, of which those used last are kept, of all ops together. */

import type { Parameters } from "../model/row.ts";

/** 128 or 256 KB each. */
const MOST = 64;

interface Setting<T> {
  readonly parameters: Parameters;
  readonly table: T;
  /** When it was wanted last. */
  used: number;
  readonly owner: Tables<T>;
}

const kept: Setting<unknown>[] = [];
let now = 0;

/** The tables of an op: one for each setting of its parameters. */
export class Tables<T> {
  readonly #fill: (parameters: Parameters) => T;
  #settings: Setting<T>[] = [];

  constructor(fill: (parameters: Parameters) => T) {
    this.#fill = fill;
  }

  of(parameters: Parameters): T {
    now++;
    for (const setting of this.#settings) {
      if (!areSame(setting.parameters, parameters)) continue;
      setting.used = now;
      return setting.table;
    }
    return this.#add(parameters);
  }

  #add(parameters: Parameters): T {
    if (kept.length === MOST) dropOldest();
    const { a, b, c } = parameters;
    const setting = { parameters: { a, b, c }, table: this.#fill(parameters), used: now, owner: this };
    this.#settings.push(setting);
    kept.push(setting);
    return setting.table;
  }

  drop(setting: Setting<T>): void {
    this.#settings = this.#settings.filter((other) => other !== setting);
  }
}

function areSame(one: Parameters, other: Parameters): boolean {
  return Object.is(one.a, other.a) && Object.is(one.b, other.b) && Object.is(one.c, other.c);
}

function dropOldest(): void {
  const oldest = kept.reduce((least, setting) => (setting.used < least.used ? setting : least));
  kept.splice(kept.indexOf(oldest), 1);
  oldest.owner.drop(oldest);
}
