/**
 * Float16: what its bits stand for, how a real number rounds to it, and errors in units of its last
 * place.
 */

/** The exponent of the least normal number, and the digits behind the point. */
const LEAST = -14;
const DIGITS = 10;
/** Where rounding ends: from here on Infinity is nearest, and counts as 2^16. */
const OVERFLOW = 65520;
const END = 2 ** 16;

/** The distance of neighbouring numbers at x. */
export function ulp16(x: number): number {
  const size = Math.abs(x);
  let exponent = Math.min(Math.max(Math.floor(Math.log2(size)), LEAST), 15);
  // Math.log2 may be off beside a power of two.
  while (exponent > LEAST && 2 ** exponent > size) exponent--;
  while (exponent < 15 && 2 ** (exponent + 1) <= size) exponent++;
  return 2 ** (exponent - DIGITS);
}

/** x to the nearest number, ties to even. */
export function roundToHalf(x: number): number {
  if (!Number.isFinite(x) || x === 0) return x;
  const unit = ulp16(x);
  const size = Math.abs(x) / unit;
  const below = Math.floor(size);
  const rest = size - below;
  const rounded = unit * (rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below);
  const y = Math.abs(x) >= OVERFLOW ? Infinity : rounded;
  return x < 0 ? -y : y;
}

/** |got - exact| in ULP at `exact`; Infinity if just one of them is NaN. */
export function halfError(got: number, exact: number): number {
  if (Number.isNaN(got) || Number.isNaN(exact)) return Number.isNaN(got) && Number.isNaN(exact) ? 0 : Infinity;
  const within = (x: number) => Math.min(Math.max(x, -END), END);
  return Math.abs(within(got) - within(exact)) / ulp16(exact);
}

/** The number with these bits. */
export function halfOf(bits: number): number {
  const [exponent, digits] = [(bits >> DIGITS) & 31, bits & 0x3ff];
  const size =
    exponent === 31
      ? digits === 0
        ? Infinity
        : Number.NaN
      : exponent === 0
        ? digits * 2 ** (LEAST - DIGITS)
        : (1024 + digits) * 2 ** (exponent - 15 - DIGITS);
  return bits & 0x8000 ? -size : size;
}

/** All 65,536, in the order of their bits. */
export const EVERY_HALF: readonly number[] = /* @__PURE__ */ Array.from({ length: 65536 }, (_, bits) => halfOf(bits));
