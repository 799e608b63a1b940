/** What a loop of somebody else gives and takes, beside the call of ours in its place. */

const ROUNDS = 40;

/** N(0, 3), the same in every run. */
export function draw(length) {
  let state = 1;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  return Float32Array.from(
    { length },
    () => 3 * Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()),
  );
}

/** The largest error, relative to the exact value. */
export function off(values, exact) {
  if (values.length !== exact.length) throw new Error(`${values.length} values, expected ${exact.length}`);
  return exact.reduce((most, value, i) => {
    const error = values[i] === value ? 0 : Math.abs((values[i] - value) / value);
    return error <= most ? most : error;
  }, 0);
}

/** The largest error, relative to the largest value. */
function apart(values, exact) {
  const most = (numbers) => numbers.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  return (
    most(exact.map((value, i) => (values[i] === value ? 0 : values[i] - value))) / most(exact.filter(Number.isFinite))
  );
}

/** ms of each call, the fastest of many in turn; what `from` gives it is made beforehand. */
function fastest(calls, from) {
  const best = calls.map(() => Infinity);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [k, call] of calls.entries()) {
      const input = from();
      const start = performance.now();
      call(input);
      best[k] = Math.min(best[k], performance.now() - start);
    }
  }
  return best;
}

/**
 * Prints how far both are off the exact values, and their times. Fails where ours are off by more
 * than `within`, or what was there before is another function. `from` makes what a call is given,
 * `read` numbers of what it returns.
 */
export function beside(what, { from = () => undefined, before, after, read = (values) => values, exact, within }) {
  // Copied: some write into the same array.
  const results = [before, after].map((call) => read(call(from())).slice());
  const other = apart(results[0], exact);
  const [theirs, ours] = results.map((values) => off(values, exact));
  const [slow, fast] = fastest([before, after], from).map((ms) => ms.toPrecision(3));
  const errors = [theirs, ours].map((error) => error.toExponential(1));
  console.log(`${what}: off by ${errors.join(" before, ")} after; ${slow} ms before, ${fast} ms after`);
  if (!(ours <= within)) throw new Error(`${what}: off by ${ours}, expected at most ${within}`);
  if (!(other < 1e-5)) throw new Error(`${what}: before it was another function, by ${other}`);
}

/** An ULP of float32 is at most this much of the value. */
export const ULP = 2 ** -23;

/** softmax of each row, in float64. */
export function softmaxOf(x, columns) {
  const exact = new Float64Array(x.length);
  for (let start = 0; start < x.length; start += columns) {
    const row = x.subarray(start, start + columns);
    const most = row.reduce((a, b) => Math.max(a, b), -Infinity);
    const exponentials = Float64Array.from(row, (value) => Math.exp(value - most));
    const sum = exponentials.reduce((a, b) => a + b, 0);
    exact.set(
      exponentials.map((value) => value / sum),
      start,
    );
  }
  return exact;
}
