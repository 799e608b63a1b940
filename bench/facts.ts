/** What the report says of an op beside its costs: from its row in the table. */
import type { Benched, Curve } from "./ops.ts";
import type { Family, OpFacts } from "./results.ts";

/** Not at round numbers, where the kinks are. */
const PROBES = Array.from({ length: 400 }, (_, i) => (i - 199.3) / 20);
const FAR = 1e4;
const MOST_SLOPES = 4;

function isStraight({ derivative }: Curve): boolean {
  return new Set(PROBES.map((x) => derivative(x))).size <= MOST_SLOPES;
}

function isBounded({ value }: Curve): boolean {
  return [-FAR, FAR].every((x) => Math.abs(value(x)) < 0.01 * FAR && Math.abs(value(2 * x) - value(x)) < 3);
}

function familyOf({ kind, curve }: Benched): Family {
  switch (kind) {
    case "row":
      return "along an axis";
    case "gated":
      return "gated";
    case "prelu":
      return "learned slope";
    case "map":
      if (curve && isStraight(curve)) return "piecewise linear";
      return curve && isBounded(curve) ? "bounded" : "curved";
  }
}

export function factsOf(op: Benched): OpFacts {
  const { name, aliases, kind, gradient, parameters, formula, source } = op;
  return {
    name,
    aliases,
    shape: kind,
    family: familyOf(op),
    formula,
    parameters: parameters.map((param) => ({
      ...param,
      default: Number.isFinite(param.default) ? param.default : null,
    })),
    gradient: gradient?.name ?? null,
    source,
  };
}
