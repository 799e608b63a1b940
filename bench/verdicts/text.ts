/** Figures inside sentences. */
import { digits, percent } from "../show/figures.ts";

export { digits, percent };

/** "8.9e-5", "2.4", "1.3e4", "without bound". */
export function factor(value: number | null): string {
  if (value === null) return "without bound";
  if (value === 0) return "0";
  return value >= 0.01 && value < 1000 ? digits(value) : value.toExponential(1).replace("e+", "e");
}

export const ns = (value: number) => `${digits(value)} ns`;
