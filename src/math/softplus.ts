/** ln(1 + e^x) in float64, where e^x overflows too. */
export function lnOnePlusExp(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
