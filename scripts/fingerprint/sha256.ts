/**
 * SHA-256 (FIPS 180-4) in plain JavaScript: `crypto.subtle` is missing outside secure contexts and
 * takes no parts.
 */

const INITIAL = firstPrimes(8).map((prime) => fraction(Math.sqrt(prime)));
const ROUND = Int32Array.from(firstPrimes(64), (prime) => fraction(Math.cbrt(prime)));

/**
 * The first 32 bits of the fractional part; Math.cbrt of a number below 2^9 is right to far more.
 */
function fraction(x: number): number {
  return ((x % 1) * 2 ** 32) | 0;
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return primes;
}

const rotate = (x: number, n: number) => (x >>> n) | (x << (32 - n));

export class Sha256 {
  readonly #state = Int32Array.from(INITIAL);
  readonly #words = new Int32Array(64);
  /** Words of the current block. */
  #filled = 0;
  #length = 0;

  /** Adds words, each as four bytes, the lowest first: the bytes of a float32 array in memory. */
  update(words: Uint32Array): this {
    for (let i = 0; i < words.length; i++) this.#word(swap(words[i] as number));
    this.#length += words.length;
    return this;
  }

  digest(): string {
    const bits = this.#length * 32;
    this.#word(SIGN);
    while (this.#filled !== 14) this.#word(0);
    this.#word(Math.floor(bits / 2 ** 32));
    this.#word(bits | 0);
    return [...this.#state].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }

  #word(word: number): void {
    this.#words[this.#filled++] = word;
    if (this.#filled === 16) {
      this.#filled = 0;
      compress(this.#state, this.#words);
    }
  }
}

const SIGN = 0x80000000;

function swap(word: number): number {
  return (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24);
}

function compress(state: Int32Array, w: Int32Array): void {
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15] as number;
    const y = w[i - 2] as number;
    const s0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3);
    const s1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10);
    w[i] = ((w[i - 16] as number) + s0 + (w[i - 7] as number) + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
  for (let i = 0; i < 64; i++) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (ROUND[i] as number) + (w[i] as number)) | 0;
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => {
    state[i] = ((state[i] as number) + word) | 0;
  });
}
