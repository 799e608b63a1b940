/** Mutants that mean nothing, with the reason: test/survivors.json. */
import { fileOf, readJson } from "../files.ts";
import type { Mutant } from "./mutant.ts";

interface Known {
  readonly place: string;
  readonly from: string;
  /** Any change of the line if there is none. */
  readonly to?: string;
  readonly reason: string;
}

const FILE = fileOf("test/survivors.json");

function isOf(known: Known, { place, from, to }: Mutant): boolean {
  return known.place === place && known.from === from && (known.to === undefined || known.to === to);
}

export class Survivors {
  readonly #known = readJson<readonly Known[]>(FILE, []);

  has(mutant: Mutant): boolean {
    return this.#known.some((known) => isOf(known, mutant));
  }

  /** Those of which there is no mutant any more: the code has changed. */
  staleAmong(mutants: readonly Mutant[]): Known[] {
    const places = new Set(mutants.map(({ place }) => place));
    const sort = (place: string) => place.startsWith("src/");
    const [first] = places;
    const same = this.#known.filter(({ place }) => first !== undefined && sort(place) === sort(first));
    return same.filter((known) => !mutants.some((one) => isOf(known, one)));
  }
}
