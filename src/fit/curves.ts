/** The tables that may serve a function, the fastest first. */
import type { Curve, Sampled, Wanted } from "../model/curve.ts";
import { fitGrids } from "./grids.ts";
import { fitPieces } from "./pieced.ts";
import { planPieces } from "./pieces.ts";
import { endsOf, planGrids, type Refusal, Study } from "./plan.ts";

/** A curve, from where to where it bends, and where it is 0. */
export interface Candidate {
  readonly curve: Curve;
  readonly lo: number;
  readonly hi: number;
  readonly roots: readonly number[];
}

/**
 * Curves of f, each to be measured before the next one is asked for; why there is none, where there
 * is none.
 */
export function* curvesOf(f: Sampled, wanted: Wanted, isGradient: boolean): Generator<Candidate | Refusal> {
  const ends = endsOf(f, wanted);
  if (typeof ends === "string") {
    yield ends;
    return;
  }
  const study = new Study(f, ends.left.border, ends.right.border);
  const { roots } = study;
  const [lo, hi] = ends.isEven ? [ends.left.border, -ends.left.border] : [ends.left.border, ends.right.border];
  const grids = planGrids(study, ends, isGradient);
  if (grids) yield { curve: fitGrids(f, grids, ends), lo, hi, roots };
  const pieces = planPieces(f, ends, roots);
  if (typeof pieces === "string") yield pieces;
  else for (const curve of fitPieces(f, pieces, ends, isGradient)) yield { curve, lo, hi, roots };
}
