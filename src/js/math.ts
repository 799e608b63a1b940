/**
 * Float64 functions that Math lacks. The plain JavaScript path computes with them and the tests measure the kernels
 * against them, so the relative error is a few 1e-16 near 0 and stays below 3e-14 down to results of 1e-46.
 *
 * Coefficients: printed by scripts/minimax/erfc.py, from mpmath at 60 digits.
 */

const TWO_OVER_SQRT_PI = 1.1283791670955126;
const ONE_OVER_SQRT_TWO_PI = 0.3989422804014327;

/** erf x for |x| <= 0.75: x times a polynomial in x^2. */
function erfNearZero(x: number): number {
  const s = x * x;
  let p = 1.1472499701094691e-8;
  p = p * s - 1.5940066854661717e-7;
  p = p * s + 1.643068417974155e-6;
  p = p * s - 1.4924196305569617e-5;
  p = p * s + 0.00012055289567541706;
  p = p * s - 0.0008548326188759752;
  p = p * s + 0.005223977615420539;
  p = p * s - 0.026866170644428485;
  p = p * s + 0.11283791670952596;
  p = p * s - 0.37612638903183715;
  return x * (p * s + TWO_OVER_SQRT_PI);
}

/**
 * e^(x^2) erfc x for x >= 0.75: times 1 + 2 x it is nearly flat, a polynomial in t = (x - 3) / (x + 3). Its even and
 * odd powers are summed apart: two short chains of dependent operations take less time than one long one.
 */
function scaledErfc(x: number): number {
  const t = 1 - 6 / (x + 3);
  const s = t * t;
  let even = 8.306432410409825e-8;
  let odd = 2.5056654141793e-8;
  even = even * s + 8.865646229239243e-8;
  odd = odd * s - 6.48967894662178e-7;
  even = even * s - 5.952077480832898e-7;
  odd = odd * s + 3.6215841586494715e-6;
  even = even * s + 4.916747054460536e-6;
  odd = odd * s - 2.02179261271463e-5;
  even = even * s - 0.00010515701070568514;
  odd = odd * s + 0.00012514383752048372;
  even = even * s + 0.0018886906346014232;
  odd = odd * s - 0.000779841691365561;
  even = even * s - 0.023770514990485;
  odd = odd * s + 0.0025293929532328296;
  even = even * s - 0.11927366341062773;
  odd = odd * s + 0.0683080272698954;
  even = even * s - 0.04756229435354578;
  odd = odd * s + 0.12964515870498045;
  even = even * s + 1.2530080582697298;
  odd = odd * s - 0.13562110612460107;
  return (even + t * odd) / (1 + 2 * x);
}

/** erfc x for x >= 0.75. */
function erfcTail(x: number): number {
  return Math.exp(-x * x) * scaledErfc(x);
}

/** erf x = 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x. */
export function erf(x: number): number {
  if (x > 0.75) return 1 - erfcTail(x);
  if (x < -0.75) return erfcTail(-x) - 1;
  return erfNearZero(x);
}

/** erfc x = 1 - erf x, without the cancellation for large x. */
export function erfc(x: number): number {
  if (x > 0.75) return erfcTail(x);
  if (x < -0.75) return 2 - erfcTail(-x);
  return 1 - erfNearZero(x);
}

/** erf' x. */
export function erfDerivative(x: number): number {
  return TWO_OVER_SQRT_PI * Math.exp(-x * x);
}

/**
 * What is too small for float64, with the sign of `sign`: 0 where x is infinite, else the least number there is, so that the product with an infinite
 * factor is what it is with the real number.
 */
function vanished(x: number, sign: number): number {
  return Math.sign(sign) * (Math.abs(x) === Infinity ? 0 : Number.MIN_VALUE);
}

/** e^x as a factor: for every finite x finite and beyond float32, so that the product with 0 is 0. */
export function factorExp(x: number): number {
  return x === Infinity ? x : Math.exp(Math.min(x, 700));
}

/** 1 / (1 + e^-x). */
export function sigmoid(x: number): number {
  const e = Math.exp(-x);
  return e === Infinity ? vanished(x, 1) : 1 / (1 + e);
}

/** x sigmoid(z), where z has the limits of x or of -x: -Infinity times 0 is 0. */
export function gated(x: number, z: number): number {
  const e = Math.exp(-z);
  return e === Infinity ? vanished(x, x) : x / (1 + e);
}

/** a x, and 0 where a is 0 and x infinite. */
export function product(a: number, x: number): number {
  return a === 0 ? a * Math.sign(x) : a * x;
}

/**
 * a x + b for x of float32, right to a few 1e-16 even where the sum cancels, and b where a is 0 and x infinite.
 *
 * Where it cancels: a = high + low, 24 and 29 bits, so both products with x are exact in float64, and so is
 * high x + b once it has lost 20 bits or more; a single rounding is left.
 */
export function affine(a: number, x: number, b: number): number {
  if (a === 0) return Number.isNaN(x) ? x : a * Math.sign(x) + b;
  if (a === 1 && b === 0) return x; // -0 too
  const sum = a * x + b;
  if (Math.abs(sum) * 0x100000 >= Math.abs(b)) return sum; // 2^20
  const down = Math.abs(a) > 2 ** 900 ? 2 ** -600 : 1; // so that nothing overflows below
  const scaled = a * down;
  const spread = scaled * 0x20000001; // 2^29 + 1
  const high = spread - (spread - scaled);
  return (high * x + b * down + (scaled - high) * x) / down;
}

/** affine() for hardSigmoid, whose default stands for (x + 3) / 6: as doubles, 1/6 times -3 plus 0.5 is 3e-17. */
export function hardLine(a: number, x: number, b: number): number {
  return a === 1 / 6 && b === 0.5 ? (x + 3) / 6 : affine(a, x, b);
}

/** x - tanh x. Near 0 the terms cancel: the Taylor series, its next term below 2e-15. */
export function tanhShrink(x: number): number {
  if (Math.abs(x) > 0.0625) return x - Math.tanh(x);
  const s = x * x;
  return x * s * (1 / 3 - s * (2 / 15 - s * (17 / 315 - s * (62 / 2835 - (s * 1382) / 155925))));
}

/**
 * f' beside its root, from f'(root + d) = d (c0 + c1 d + c2 d^2 + c3 d^3): there the terms of f' cancel and leave too
 * few digits. For |d| < 2^-11 what is left out is below 1e-14, and further out the plain formula is right to 2e-12.
 */
function besideRoot(d: number, c0: number, c1: number, c2: number, c3: number): number {
  return d * (c0 + d * (c1 + d * (c2 + d * c3)));
}

/** How far from the root `besideRoot` is used: 2^-11. */
const BESIDE = 0.00048828125;

/** The limits of the derivative of a gate at x far outside: 1 to the right, 0 from below to the left. */
function farOut(x: number): number {
  return x > 0 ? 1 : vanished(x, -1);
}

/** Derivative of x sigmoid(x). */
export function siluDerivative(x: number): number {
  const d = x + 1.2784645427610737;
  if (Math.abs(d) < BESIDE) {
    return besideRoot(
      d + 1.0946994183093437e-16,
      0.2178117057198001,
      0.1466487969969469,
      0.018874814223782312,
      -0.015222655223188032,
    );
  }
  if (Math.abs(x) > 700) return farOut(x);
  const s = sigmoid(x);
  return s + x * s * (1 - s);
}

/** Derivative of x sigmoid(1.702 x). */
export function quickGeluDerivative(x: number): number {
  const d = x + 0.751154255441289;
  if (Math.abs(d) < BESIDE) {
    return besideRoot(
      d - 4.696480973567411e-17,
      0.37071552313509976,
      0.42481282173594376,
      0.09305963675729156,
      -0.12774050660220324,
    );
  }
  return siluDerivative(1.702 * x);
}

/** Cumulative distribution of N(0, 1) from x and e = e^(-x^2 / 2). */
function normalCumulative(x: number, e: number): number {
  const u = x * Math.SQRT1_2;
  if (u < -0.75) return 0.5 * e * scaledErfc(-u);
  if (u > 0.75) return 1 - 0.5 * e * scaledErfc(u);
  return 0.5 + 0.5 * erfNearZero(u);
}

/** x Phi(x), Phi being the cumulative distribution of N(0, 1). */
export function gelu(x: number): number {
  if (x < -38) return vanished(x, -1);
  return x * normalCumulative(x, Math.exp(-0.5 * x * x));
}

/** Derivative of gelu: Phi(x) + x times the density of N(0, 1). */
export function geluDerivative(x: number): number {
  const d = x + 0.7517915246935645;
  if (Math.abs(d) < BESIDE) {
    return besideRoot(
      d - 1.4956759177009883e-17,
      0.4314939923140469,
      0.388284982990552,
      -0.018199676398671087,
      -0.1140082332972217,
    );
  }
  if (Math.abs(x) > 38) return farOut(x);
  const e = Math.exp(-0.5 * x * x);
  return normalCumulative(x, e) + ONE_OVER_SQRT_TWO_PI * x * e;
}

/** x / 2 (1 + tanh u) = x sigmoid(2 u), 2 u = x (A + B x^2): 2 sqrt(2 / pi), and that times 0.044715. */
const GELU_TANH_A = 1.5957691216057308;
const GELU_TANH_B = 0.07135481627260025;

/** x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))). */
export function geluTanh(x: number): number {
  return gated(x, x * (GELU_TANH_A + GELU_TANH_B * x * x));
}

/** Derivative of geluTanh. */
export function geluTanhDerivative(x: number): number {
  const d = x + 0.7524614220710163;
  if (Math.abs(d) < BESIDE) {
    return besideRoot(
      d - 3.635560509207687e-17,
      0.4304000910248585,
      0.38751844613578895,
      -0.01578285352184803,
      -0.11394448308095899,
    );
  }
  if (Math.abs(x) > 20) return farOut(x);
  const s = sigmoid(x * (GELU_TANH_A + GELU_TANH_B * x * x));
  return s + x * s * (1 - s) * (GELU_TANH_A + 3 * GELU_TANH_B * x * x);
}

/** x tanh(ln(1 + e^x)) = x n / (n + 2), n = e (e + 2), e = e^x. */
export function mish(x: number): number {
  if (x > 20) return x; // n / (n + 2) is 1 to 17 digits
  if (x < -700) return vanished(x, -1);
  const e = Math.exp(x);
  const n = e * (e + 2);
  return (x * n) / (n + 2);
}

/** Derivative of mish: e ((e + 2) (n + 2) + 4 x (e + 1)) / (n + 2)^2. */
export function mishDerivative(x: number): number {
  const d = x + 1.1924312145154952;
  if (Math.abs(d) < BESIDE) {
    return besideRoot(
      d + 4.8484829848031044e-17,
      0.2669479140495345,
      0.20473126408010586,
      0.04190782104360987,
      -0.020271822716684245,
    );
  }
  if (x > 20) return 1;
  if (x < -700) return farOut(x);
  const e = Math.exp(x);
  const m = e * (e + 2) + 2;
  return (e * ((e + 2) * m + 4 * x * (e + 1))) / (m * m);
}

/** (x + sqrt(x^2 + b)) / 2, as a quotient where the sum cancels. */
export function squareplus(x: number, b: number): number {
  const root = Math.sqrt(x * x + b);
  return x < 0 ? b / (2 * (root - x)) : 0.5 * (x + root);
}

/** Derivative of squareplus. At x = 0, b = 0, where it is relu, 1/2: what it is at 0 for every other b. */
export function squareplusDerivative(x: number, b: number): number {
  const root = Math.sqrt(x * x + b);
  if (root === 0) return 0.5;
  const left = b / (2 * root * (root + Math.abs(x)));
  return x < 0 ? left : 1 - left;
}
