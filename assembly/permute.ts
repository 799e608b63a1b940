/** Elements of a channel side by side, for ops whose parameters change from channel to channel. */

/** [outer][channels][inner] to [channels][outer][inner]. */
export function permute(x: usize, out: usize, outer: usize, channels: usize, inner: usize): void {
  const slab = (channels * inner) << 2;
  const step = inner << 2;
  for (let c: usize = 0; c < channels; c++) {
    let from = x + c * step;
    for (let o: usize = 0; o < outer; o++) {
      for (let i: usize = 0; i < step; i += 4) store<f32>(out + i, load<f32>(from + i));
      from += slab;
      out += step;
    }
  }
}
