/** The entries of ./entries.ts at work. */
import { LOW_BITS } from "./entries";
import { select } from "./lanes";

export abstract class Cubic {
  /**
   * Those at four addresses: hi + (c1 d + (lo + d^2 (c2 + c3 d))). With `far` d^2 may underflow.
   */
  @inline static at(address: v128, d: v128, far: bool): v128 {
    return Cubic.of(address, d, far, false, d, d, false, d, false, d);
  }

  /** dy times a slope: dy (base - line) + dy rest; where `beyond` is set, dy right. */
  @inline static times(
    dy: v128,
    address: v128,
    d: v128,
    far: bool,
    line: v128,
    lined: bool,
    beyond: v128,
    hasRight: bool,
    right: v128,
  ): v128 {
    return Cubic.of(address, d, far, true, dy, line, lined, beyond, hasRight, right);
  }

  @inline private static of(
    address: v128,
    d: v128,
    far: bool,
    inParts: bool,
    dy: v128,
    line: v128,
    lined: bool,
    beyond: v128,
    hasRight: bool,
    right: v128,
  ): v128 {
    // Two addresses at a time: a move out of a vector register costs more than a shift.
    const first = i64x2.extract_lane(address, 0);
    const second = i64x2.extract_lane(address, 1);
    const e0 = v128.load(<usize>(<u32>first));
    const e1 = v128.load(<usize>(first >>> 32));
    const e2 = v128.load(<usize>(<u32>second));
    const e3 = v128.load(<usize>(second >>> 32));
    const low01 = v128.shuffle<i32>(e0, e1, 0, 4, 1, 5);
    const low23 = v128.shuffle<i32>(e2, e3, 0, 4, 1, 5);
    const high01 = v128.shuffle<i32>(e0, e1, 2, 6, 3, 7);
    const high23 = v128.shuffle<i32>(e2, e3, 2, 6, 3, 7);
    const hi = v128.shuffle<i64>(low01, low23, 0, 2);
    const c1 = v128.shuffle<i64>(low01, low23, 1, 3);
    const c2 = v128.shuffle<i64>(high01, high23, 0, 2);
    const c3 = v128.shuffle<i64>(high01, high23, 1, 3);
    const residue = i32x4.shl(c3, 32 - LOW_BITS);
    let curved = f32x4.add(c2, f32x4.mul(c3, d));
    if (far) curved = f32x4.mul(d, f32x4.mul(d, curved));
    else curved = f32x4.mul(f32x4.mul(d, d), curved);
    if (inParts) {
      let base = lined ? f32x4.sub(residue, line) : residue;
      let rest = f32x4.add(hi, f32x4.add(f32x4.mul(c1, d), curved));
      if (hasRight) {
        base = select(beyond, right, base);
        rest = v128.andnot(rest, beyond);
      }
      return f32x4.add(f32x4.mul(dy, base), f32x4.mul(dy, rest));
    }
    return f32x4.add(hi, f32x4.add(f32x4.mul(c1, d), f32x4.add(residue, curved)));
  }
}
