/** Short rows side by side, and back. */

/** Where column number c of [outer][axis][inner] starts. */
function columnAt(base: usize, c: usize, axis: usize, inner: usize): usize {
  if (inner === 1) return base + ((c * axis) << 2);
  const slab = c / inner;
  return base + ((slab * axis * inner + (c - slab * inner)) << 2);
}

/** Which way transpose() copies: from the array to the panel, or back. */
export abstract class Way {}
@final
export class There extends Way {}
@final
export class Back extends Way {
  @inline back(): bool {
    return true;
  }
}

/**
 * Copies columns first to last - 1 of an array, short ones, side by side to a panel, [axis][width],
 * or back. The last column fills what is left of a vector; on the way back its first copy is the
 * one that counts, being written last.
 */
export function transpose<W extends Way>(
  array: usize,
  panel: usize,
  first: usize,
  last: usize,
  axis: usize,
  inner: usize,
  width: usize,
): void {
  const back = isDefined(changetype<W>(0).back);
  const row = width << 2;
  for (let c = first; c < last; c += 4) {
    const most = last - 1;
    let p0 = columnAt(array, c, axis, inner);
    let p1 = columnAt(array, min(c + 1, most), axis, inner);
    let p2 = columnAt(array, min(c + 2, most), axis, inner);
    let p3 = columnAt(array, min(c + 3, most), axis, inner);
    let q = panel + ((c - first) << 2);
    let step: usize = 0;
    if (inner === 1) {
      for (; step + 4 <= axis; step += 4) {
        const q1 = q + row;
        const q2 = q1 + row;
        const q3 = q2 + row;
        const v0 = v128.load(back ? q : p0);
        const v1 = v128.load(back ? q1 : p1);
        const v2 = v128.load(back ? q2 : p2);
        const v3 = v128.load(back ? q3 : p3);
        const low01 = v128.shuffle<i32>(v0, v1, 0, 4, 1, 5);
        const low23 = v128.shuffle<i32>(v2, v3, 0, 4, 1, 5);
        const high01 = v128.shuffle<i32>(v0, v1, 2, 6, 3, 7);
        const high23 = v128.shuffle<i32>(v2, v3, 2, 6, 3, 7);
        v128.store(back ? p3 : q3, v128.shuffle<i64>(high01, high23, 1, 3));
        v128.store(back ? p2 : q2, v128.shuffle<i64>(high01, high23, 0, 2));
        v128.store(back ? p1 : q1, v128.shuffle<i64>(low01, low23, 1, 3));
        v128.store(back ? p0 : q, v128.shuffle<i64>(low01, low23, 0, 2));
        p0 += 16;
        p1 += 16;
        p2 += 16;
        p3 += 16;
        q = q3 + row;
      }
    }
    for (; step < axis; step++) {
      if (back) {
        const v = v128.load(q);
        v128.store_lane<f32>(p3, v, 3);
        v128.store_lane<f32>(p2, v, 2);
        v128.store_lane<f32>(p1, v, 1);
        v128.store_lane<f32>(p0, v, 0);
      } else {
        let v = v128.load32_zero(p0);
        v = v128.load_lane<f32>(p1, v, 1);
        v = v128.load_lane<f32>(p2, v, 2);
        v = v128.load_lane<f32>(p3, v, 3);
        v128.store(q, v);
      }
      p0 += inner << 2;
      p1 += inner << 2;
      p2 += inner << 2;
      p3 += inner << 2;
      q += row;
    }
  }
}
