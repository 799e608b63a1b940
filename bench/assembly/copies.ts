/**
 * Copies, for comparison with relu (bench/copies.ts): what the loop costs without an activation,
 * and what memory.copy takes.
 */
import { Activation } from "../../assembly/activation";
import { map } from "../../assembly/loops";
import { NONE } from "../../assembly/math/lanes";

export function loop(x: usize, out: usize, n: usize): void {
  map<Activation>(x, out, n, NONE, NONE);
}

export function memoryCopy(x: usize, out: usize, n: usize): void {
  memory.copy(out, x, n << 2);
}
