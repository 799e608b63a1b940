/**
 * The matrix product of a layer. In WebAssembly SIMD on one thread, as the ops are, so that an
 * activation's share is that of a network which runs the same way.
 *
 * The weights lie in panels of 8 columns, one panel after the other, as they would be packed ahead
 * for inference.
 */

const VECTOR: usize = 16;
/** Bytes of a row of a panel. */
const PANEL: usize = 32;

/** Four rows of x times one panel: 8 sums of 4 lanes stay in registers. */
function fourRows(x: usize, panel: usize, out: usize, k: usize, n: usize): void {
  const rowIn = k << 2;
  const rowOut = n << 2;
  let a0 = f32x4.splat(0);
  let a1 = f32x4.splat(0);
  let b0 = f32x4.splat(0);
  let b1 = f32x4.splat(0);
  let c0 = f32x4.splat(0);
  let c1 = f32x4.splat(0);
  let d0 = f32x4.splat(0);
  let d1 = f32x4.splat(0);
  for (let i: usize = 0; i < k; i++) {
    const w0 = v128.load(panel);
    const w1 = v128.load(panel, VECTOR);
    const a = v128.load32_splat(x);
    a0 = f32x4.add(a0, f32x4.mul(a, w0));
    a1 = f32x4.add(a1, f32x4.mul(a, w1));
    const b = v128.load32_splat(x + rowIn);
    b0 = f32x4.add(b0, f32x4.mul(b, w0));
    b1 = f32x4.add(b1, f32x4.mul(b, w1));
    const c = v128.load32_splat(x + 2 * rowIn);
    c0 = f32x4.add(c0, f32x4.mul(c, w0));
    c1 = f32x4.add(c1, f32x4.mul(c, w1));
    const d = v128.load32_splat(x + 3 * rowIn);
    d0 = f32x4.add(d0, f32x4.mul(d, w0));
    d1 = f32x4.add(d1, f32x4.mul(d, w1));
    x += 4;
    panel += PANEL;
  }
  v128.store(out, a0);
  v128.store(out, a1, VECTOR);
  v128.store(out + rowOut, b0);
  v128.store(out + rowOut, b1, VECTOR);
  v128.store(out + 2 * rowOut, c0);
  v128.store(out + 2 * rowOut, c1, VECTOR);
  v128.store(out + 3 * rowOut, d0);
  v128.store(out + 3 * rowOut, d1, VECTOR);
}

/** One row: even and odd terms are summed apart, or each would wait for the one before. */
function oneRow(x: usize, panel: usize, out: usize, k: usize): void {
  let a0 = f32x4.splat(0);
  let a1 = f32x4.splat(0);
  let b0 = f32x4.splat(0);
  let b1 = f32x4.splat(0);
  for (let i: usize = 0; i < k; i += 2) {
    const a = v128.load32_splat(x);
    a0 = f32x4.add(a0, f32x4.mul(a, v128.load(panel)));
    a1 = f32x4.add(a1, f32x4.mul(a, v128.load(panel, VECTOR)));
    const b = v128.load32_splat(x, 4);
    b0 = f32x4.add(b0, f32x4.mul(b, v128.load(panel, PANEL)));
    b1 = f32x4.add(b1, f32x4.mul(b, v128.load(panel, PANEL + VECTOR)));
    x += 8;
    panel += 2 * PANEL;
  }
  v128.store(out, f32x4.add(a0, b0));
  v128.store(out, f32x4.add(a1, b1), VECTOR);
}

/** out = x W: m rows of k (even) times k rows of n (a multiple of 8). */
export function product(x: usize, w: usize, out: usize, m: usize, k: usize, n: usize): void {
  const panelBytes = k * PANEL;
  for (let j: usize = 0; j < n; j += 8) {
    let i: usize = 0;
    for (; i + 4 <= m; i += 4) fourRows(x + ((i * k) << 2), w, out + ((i * n + j) << 2), k, n);
    for (; i < m; i++) oneRow(x + ((i * k) << 2), w, out + ((i * n + j) << 2), k);
    w += panelBytes;
  }
}
