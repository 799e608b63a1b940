/** The well-known claims about activations, held against the figures of a run. */
import type { Library } from "../measure/measure.ts";
import type { Verdict } from "../results.ts";
import { type Claim, type Evidence, Missing, type Trial } from "./claim.ts";
import { costClaims } from "./costs.ts";
import { gradientClaims } from "./gradients.ts";

export const CLAIMS: readonly Claim[] = [...gradientClaims, ...costClaims];

/** Of the claims that have one, by id. */
export type Trials = Readonly<Record<string, Trial>>;

export function trialsOf(library: Library): Trials {
  return Object.fromEntries(CLAIMS.flatMap(({ id, trial }) => (trial ? [[id, trial(library)]] : [])));
}

function judged({ judge, trial, ...claim }: Claim, evidence: Evidence, trials: Trials): Verdict {
  const { id, ops, method } = claim;
  try {
    return { id, claim: claim.claim, ops, method, ...judge(evidence, trials[id] ?? {}) };
  } catch (error) {
    if (!(error instanceof Missing)) throw error;
    const finding = "What it takes was not measured in this run, or not without noise.";
    return { id, claim: claim.claim, outcome: "unknown", finding, numbers: [], method, ops };
  }
}

export function verdictsOf(evidence: Evidence, trials: Trials): Verdict[] {
  return CLAIMS.map((claim) => judged(claim, evidence, trials));
}
