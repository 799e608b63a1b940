/**
 * The elementwise activations, one row each: what is exported, computed in plain JavaScript, tested, benched and
 * documented comes from here.
 *
 * Every op takes a Float32Array of any length and returns one of the same length: `op(x)`, `op(x, out)`,
 * `op(x, { out, ...parameters })`; its gradient `opGrad(dy, x)` likewise, with dx = dy f'(x). They throw a TypeError
 * for an argument or parameter of a wrong type or an unknown option, a RangeError for a length that does not fit or a
 * parameter outside its domain. NaN gives NaN, ±Infinity the limit.
 */

import { activation, gradient } from "./activation.ts";
import { gatedGradient, gatedOp } from "./gated.ts";
import {
  affine,
  erfDerivative,
  erf as erfOf,
  factorExp,
  gated,
  geluDerivative,
  gelu as geluOf,
  geluTanhDerivative,
  geluTanh as geluTanhOf,
  hardLine,
  mishDerivative,
  mish as mishOf,
  product,
  quickGeluDerivative,
  sigmoid as sigmoidOf,
  siluDerivative,
  squareplusDerivative,
  squareplus as squareplusOf,
  tanhShrink as tanhShrinkOf,
} from "./js/math.ts";
import {
  logSoftmaxGradRow,
  logSoftmaxRow,
  logSumExpRow,
  softmaxGradRow,
  softmaxRow,
  softminGradRow,
  softminRow,
} from "./js/rows.ts";
import { preluGradient, preluOp } from "./prelu.ts";
import { rowGradient, rowOp } from "./rows.ts";

/** The self-normalising constants: lambda, and lambda alpha. */
const SELU_LAMBDA = 1.0507009873554805;
const SELU_LAMBDA_ALPHA = 1.7580993408473768;

// Comparisons are written so that NaN falls through to the last `x`.

/**
 * ReLU: max(x, 0).
 *
 * f' is 0 at 0. Nair, Hinton 2010.
 *
 * @example
 * relu(new Float32Array([-2, 0, 3])); // [0, 0, 3]
 */
export const relu = /* @__PURE__ */ activation("relu", {
  value: (x) => (x <= 0 ? 0 : x),
  derivative: (x) => (x > 0 ? 1 : x <= 0 ? 0 : x),
  about: ABOUT && {
    formula: "max(x, 0)",
    range: [0, Infinity],
    monotone: true,
    zeroCentred: false,
    smooth: false,
    kinks: () => [{ x: 0, derivative: 0 }],
    names: { pytorch: "ReLU", jax: "relu", keras: "relu", tfjs: "relu", onnx: "Relu", webnn: "relu" },
    source: "Nair, Hinton 2010, Rectified linear units improve restricted Boltzmann machines",
  },
});
/** dx = dy f'(x) of relu; 0 at 0. */
export const reluGrad = /* @__PURE__ */ gradient(relu);

/**
 * Leaky ReLU: x for x > 0, else alpha x.
 *
 * `alpha`: slope to the left, any finite number, 0.01. f' is alpha at 0. Maas, Hannun, Ng 2013.
 *
 * @example
 * leakyRelu(new Float32Array([-2, 0, 3])); // [-0.02, 0, 3]
 * leakyRelu(new Float32Array([-2, 0, 3]), { alpha: 0.5 }); // [-1, 0, 3]
 */
export const leakyRelu = /* @__PURE__ */ activation("leakyRelu", {
  params: { alpha: { default: 0.01 } },
  value: (x, alpha) => (x > 0 ? x : product(alpha, x)),
  derivative: (x, alpha) => (x > 0 ? 1 : x <= 0 ? alpha : x),
  about: ABOUT && {
    formula: "x > 0 ? x : alpha x",
    range: [-Infinity, Infinity],
    monotone: true,
    zeroCentred: true,
    smooth: false,
    kinks: (alpha) => [{ x: 0, derivative: alpha }],
    settings: [[0.2], [-0.5], [0]],
    names: {
      pytorch: "LeakyReLU(negative_slope=0.01)",
      jax: "leaky_relu(negative_slope=0.01)",
      keras: "leaky_relu(negative_slope=0.2), LeakyReLU(negative_slope=0.3)",
      tfjs: "leakyRelu(alpha = 0.2)",
      onnx: "LeakyRelu(alpha=0.01)",
      webnn: "leakyRelu(alpha = 0.01)",
    },
    source: "Maas, Hannun, Ng 2013, Rectifier nonlinearities improve neural network acoustic models",
  },
});
/** dx = dy f'(x) of leakyRelu; alpha at 0. */
export const leakyReluGrad = /* @__PURE__ */ gradient(leakyRelu);

/**
 * ReLU capped at 6: min(max(x, 0), 6).
 *
 * f' is 0 at 0 and at 6. Krizhevsky 2010.
 *
 * @example
 * relu6(new Float32Array([-2, 3, 8])); // [0, 3, 6]
 */
export const relu6 = /* @__PURE__ */ activation("relu6", {
  value: (x) => (x <= 0 ? 0 : x > 6 ? 6 : x),
  derivative: (x) => (x <= 0 || x >= 6 ? 0 : x > 0 ? 1 : x),
  about: ABOUT && {
    formula: "min(max(x, 0), 6)",
    range: [0, 6],
    monotone: true,
    zeroCentred: false,
    smooth: false,
    kinks: () => [
      { x: 0, derivative: 0 },
      { x: 6, derivative: 0 },
    ],
    names: {
      pytorch: "ReLU6",
      jax: "relu6",
      keras: "relu6",
      tfjs: "relu6",
      onnx: "Clip(min=0, max=6)",
      webnn: "clamp(minValue = 0, maxValue = 6)",
    },
    source: "Krizhevsky 2010, Convolutional deep belief networks on CIFAR-10",
  },
});
/** dx = dy f'(x) of relu6; 0 at 0 and at 6. */
export const relu6Grad = /* @__PURE__ */ gradient(relu6);

/**
 * Leaky ReLU capped at 6: min(x > 0 ? x : alpha x, 6).
 *
 * `alpha`: slope to the left, any finite number, 0.01. f' is alpha at 0, and 0 where 6 is reached. Krizhevsky 2010 with
 * the slope of Maas, Hannun, Ng 2013.
 *
 * @example
 * leakyRelu6(new Float32Array([-2, 3, 8])); // [-0.02, 3, 6]
 */
export const leakyRelu6 = /* @__PURE__ */ activation("leakyRelu6", {
  params: { alpha: { default: 0.01 } },
  value: (x, alpha) => {
    const y = x > 0 ? x : product(alpha, x);
    return y > 6 ? 6 : y;
  },
  derivative: (x, alpha) => (x > 0 ? (x < 6 ? 1 : 0) : x <= 0 ? (alpha * x < 6 ? alpha : 0) : x),
  about: ABOUT && {
    formula: "min(x > 0 ? x : alpha x, 6)",
    range: [-Infinity, 6],
    monotone: true,
    zeroCentred: true,
    smooth: false,
    kinks: (alpha) => [
      ...(alpha < 0 ? [{ x: 6 / alpha, derivative: 0 }] : []),
      { x: 0, derivative: alpha },
      { x: 6, derivative: 0 },
    ],
    settings: [[0.2], [-0.5], [0]],
    names: {},
    source: "Krizhevsky 2010, Convolutional deep belief networks on CIFAR-10, with the slope of Maas, Hannun, Ng 2013",
  },
});
/** dx = dy f'(x) of leakyRelu6; alpha at 0, 0 at 6. */
export const leakyRelu6Grad = /* @__PURE__ */ gradient(leakyRelu6);

/**
 * Logistic sigmoid: 1 / (1 + e^-x), between 0 and 1.
 *
 * Verhulst 1838; in networks Rumelhart, Hinton, Williams 1986.
 *
 * @example
 * sigmoid(new Float32Array([-1, 0, 1])); // [0.26894143, 0.5, 0.7310586]
 */
export const sigmoid = /* @__PURE__ */ activation("sigmoid", {
  value: sigmoidOf,
  derivative: (x) => {
    const e = Math.exp(-Math.abs(x));
    return e / ((1 + e) * (1 + e));
  },
  about: ABOUT && {
    formula: "1 / (1 + e^-x)",
    range: [0, 1],
    monotone: true,
    zeroCentred: false,
    smooth: true,
    names: {
      pytorch: "Sigmoid",
      jax: "sigmoid",
      keras: "sigmoid",
      tfjs: "sigmoid",
      onnx: "Sigmoid",
      webnn: "sigmoid",
    },
    source: "Rumelhart, Hinton, Williams 1986, Learning representations by back-propagating errors",
  },
});
/** dx = dy f'(x) of sigmoid, f' = f (1 - f). */
export const sigmoidGrad = /* @__PURE__ */ gradient(sigmoid);

/**
 * Hyperbolic tangent, between -1 and 1.
 *
 * LeCun, Bottou, Orr, Müller 1998.
 *
 * @example
 * tanh(new Float32Array([-1, 0, 1])); // [-0.7615942, 0, 0.7615942]
 */
export const tanh = /* @__PURE__ */ activation("tanh", {
  value: Math.tanh,
  derivative: (x) => {
    const e = Math.exp(-2 * Math.abs(x));
    return (4 * e) / ((1 + e) * (1 + e));
  },
  about: ABOUT && {
    formula: "tanh x",
    range: [-1, 1],
    monotone: true,
    zeroCentred: true,
    smooth: true,
    names: { pytorch: "Tanh", jax: "tanh", keras: "tanh", tfjs: "tanh", onnx: "Tanh", webnn: "tanh" },
    source: "LeCun, Bottou, Orr, Müller 1998, Efficient backprop",
  },
});
/** dx = dy f'(x) of tanh, f' = 1 - f^2. */
export const tanhGrad = /* @__PURE__ */ gradient(tanh);

/**
 * SiLU, also called swish: x / (1 + e^(-beta x)).
 *
 * `beta`: steepness of the gate, any finite number, 1; 0 gives x / 2, a negative one the mirror image -silu(-x).
 * Elfwing, Uchibe, Doya 2017; beta: Ramachandran, Zoph, Le 2017.
 *
 * @example
 * silu(new Float32Array([-1, 0, 1])); // [-0.26894143, 0, 0.7310586]
 */
export const silu = /* @__PURE__ */ activation("silu", {
  params: { beta: { default: 1 } },
  value: (x, beta) => gated(x, product(beta, x)),
  derivative: (x, beta) => siluDerivative(product(beta, x)),
  about: ABOUT && {
    formula: "x / (1 + e^(-beta x))",
    range: [-0.2784645427610738, Infinity],
    monotone: false,
    zeroCentred: true,
    smooth: true,
    settings: [[2.5], [-1], [0]],
    names: {
      pytorch: "SiLU",
      jax: "silu, swish",
      keras: "silu, swish",
      tfjs: 'layers.activation({ activation: "swish" })',
      onnx: "Swish(alpha=1)",
    },
    source:
      "Elfwing, Uchibe, Doya 2017, Sigmoid-weighted linear units for neural network function approximation in " +
      "reinforcement learning; beta: Ramachandran, Zoph, Le 2017, Searching for activation functions",
  },
});
/** dx = dy f'(x) of silu. */
export const siluGrad = /* @__PURE__ */ gradient(silu);

/** Another name of silu. */
export const swish = silu;
/** Another name of siluGrad. */
export const swishGrad = siluGrad;

/**
 * Hard swish: x relu6(x + 3) / 6.
 *
 * f' is 0 at -3 and 1 at 3. Howard et al. 2019.
 *
 * @example
 * hardSwish(new Float32Array([-4, -1.5, 1.5, 4])); // [-0, -0.375, 1.125, 4]
 */
export const hardSwish = /* @__PURE__ */ activation("hardSwish", {
  value: (x) => (x <= -3 ? -0 : x >= 3 ? x : (x * (x + 3)) / 6),
  derivative: (x) => (x <= -3 ? 0 : x >= 3 ? 1 : (2 * x + 3) / 6),
  about: ABOUT && {
    formula: "x relu6(x + 3) / 6",
    range: [-0.375, Infinity],
    monotone: false,
    zeroCentred: true,
    smooth: false,
    kinks: () => [
      { x: -3, derivative: 0 },
      { x: 3, derivative: 1 },
    ],
    names: {
      pytorch: "Hardswish",
      jax: "hard_swish, hard_silu",
      keras: "hard_silu, hard_swish",
      onnx: "HardSwish",
      webnn: "hardSwish",
    },
    source: "Howard et al. 2019, Searching for MobileNetV3",
  },
});
/** dx = dy f'(x) of hardSwish; 0 at -3, 1 at 3. */
export const hardSwishGrad = /* @__PURE__ */ gradient(hardSwish);

/**
 * Hard sigmoid: alpha x + beta clipped to 0 and 1; by default relu6(x + 3) / 6.
 *
 * `alpha`: slope, any finite number, 1 / 6; `beta`: value at 0, any finite number, 0.5. Both are used in float64, not
 * rounded to float32. f' is 0 at both bends. Courbariaux, Bengio, David 2015.
 *
 * @example
 * hardSigmoid(new Float32Array([-4, 0, 1.5])); // [0, 0.5, 0.75]
 * hardSigmoid(new Float32Array([-1, 0, 1]), { alpha: 0.2 }); // [0.3, 0.5, 0.7]
 */
export const hardSigmoid = /* @__PURE__ */ activation("hardSigmoid", {
  params: { alpha: { default: 1 / 6 }, beta: { default: 0.5 } },
  exactParams: true,
  value: (x, alpha, beta) => {
    const y = hardLine(alpha, x, beta);
    return y <= 0 ? 0 : y >= 1 ? 1 : y;
  },
  derivative: (x, alpha, beta) => {
    const y = hardLine(alpha, x, beta);
    return y <= 0 || y >= 1 ? 0 : y > 0 ? alpha : y;
  },
  about: ABOUT && {
    formula: "min(max(alpha x + beta, 0), 1)",
    range: [0, 1],
    monotone: true,
    zeroCentred: false,
    smooth: false,
    kinks: (alpha, beta) =>
      alpha === 0
        ? []
        : [
            { x: -beta / alpha, derivative: 0 },
            { x: (1 - beta) / alpha, derivative: 0 },
          ],
    settings: [
      [0.2, 0.5],
      [-0.5, 0.25],
      [0.1, 0],
    ],
    names: {
      pytorch: "Hardsigmoid",
      jax: "hard_sigmoid",
      keras: "hard_sigmoid",
      tfjs: 'layers.activation({ activation: "hardSigmoid" }) with alpha 0.2',
      onnx: "HardSigmoid(alpha=0.2, beta=0.5)",
      webnn: "hardSigmoid(alpha = 0.2, beta = 0.5)",
    },
    source:
      "Courbariaux, Bengio, David 2015, BinaryConnect: training deep neural networks with binary weights during " +
      "propagations",
  },
});
/** dx = dy f'(x) of hardSigmoid; 0 at both bends. */
export const hardSigmoidGrad = /* @__PURE__ */ gradient(hardSigmoid);

/**
 * Hard tanh: x clipped to min and max.
 *
 * `min`: lower bound, -1; `max`: upper bound, 1; infinities allowed, min > max is a RangeError. f' is 0 at both bounds
 * (that of `clamp` is 1). Collobert 2004.
 *
 * @example
 * hardTanh(new Float32Array([-2, 0.5, 3])); // [-1, 0.5, 1]
 */
export const hardTanh = /* @__PURE__ */ activation("hardTanh", {
  params: { min: { default: -1, domain: "number" }, max: { default: 1, domain: "number" } },
  check: (min, max) => (min > max ? `min is ${min}, expected at most max, ${max}` : undefined),
  value: (x, min, max) => (x < min ? min : x > max ? max : x),
  derivative: (x, min, max) => {
    // A bound of ±Infinity bounds nothing, and f' is the limit there.
    const left = min > -Infinity && x <= min;
    const right = max < Infinity && x >= max;
    return left || right ? 0 : Number.isNaN(x) ? x : 1;
  },
  about: ABOUT && {
    formula: "min(max(x, min), max)",
    range: [-1, 1],
    monotone: true,
    zeroCentred: true,
    smooth: false,
    kinks: (min, max) => [min, max].filter(Number.isFinite).map((x) => ({ x, derivative: 0 })),
    settings: [
      [-2, 0.5],
      [0, 3],
      [1.5, 1.5],
    ],
    names: {
      pytorch: "Hardtanh(min_val=-1, max_val=1)",
      jax: "hard_tanh",
      keras: "hard_tanh",
      tfjs: "clipByValue(x, -1, 1)",
      onnx: "Clip(min=-1, max=1)",
      webnn: "clamp(minValue = -1, maxValue = 1)",
    },
    source: "Collobert 2004, Large scale machine learning (thesis, Paris VI)",
  },
});
/** dx = dy f'(x) of hardTanh; 0 at both bounds. */
export const hardTanhGrad = /* @__PURE__ */ gradient(hardTanh);

/**
 * Clamp: x clipped to min and max.
 *
 * `min`: lower bound, -Infinity; `max`: upper bound, Infinity; where min > max the result is max everywhere. f' is 1 at
 * both bounds (that of `hardTanh` is 0).
 *
 * @example
 * clamp(new Float32Array([-2, 0.5, 3]), { min: 0 }); // [0, 0.5, 3]
 */
export const clamp = /* @__PURE__ */ activation("clamp", {
  params: { min: { default: -Infinity, domain: "number" }, max: { default: Infinity, domain: "number" } },
  value: (x, min, max) => {
    const above = x < min ? min : x;
    return above > max ? max : above;
  },
  derivative: (x, min, max) => (x < min || x > max ? 0 : x >= min ? 1 : x),
  about: ABOUT && {
    formula: "min(max(x, min), max)",
    range: [-Infinity, Infinity],
    monotone: true,
    zeroCentred: true,
    smooth: true,
    kinks: (min, max) => [min, max].filter(Number.isFinite).map((x) => ({ x, derivative: 1 })),
    settings: [
      [-2, 0.5],
      [0, Infinity],
      [-Infinity, 3],
    ],
    names: {
      pytorch: "clamp(min, max)",
      jax: "numpy.clip(min, max)",
      keras: "ops.clip(x_min, x_max)",
      tfjs: "clipByValue(clipValueMin, clipValueMax)",
      onnx: "Clip(min, max)",
      webnn: "clamp(minValue, maxValue)",
    },
    source: "numpy.clip",
  },
});
/** dx = dy f'(x) of clamp; 1 at both bounds. */
export const clampGrad = /* @__PURE__ */ gradient(clamp);

/**
 * Linear: alpha x + beta.
 *
 * `alpha`: slope, any finite number, 1; `beta`: value at 0, any finite number, 0. Both are used in float64, not rounded
 * to float32, and the result is right where the sum cancels.
 *
 * @example
 * linear(new Float32Array([-1, 0, 1]), { alpha: 2, beta: 0.5 }); // [-1.5, 0.5, 2.5]
 */
export const linear = /* @__PURE__ */ activation("linear", {
  params: { alpha: { default: 1 }, beta: { default: 0 } },
  exactParams: true,
  value: (x, alpha, beta) => affine(alpha, x, beta),
  derivative: (x, alpha) => (Number.isNaN(x) ? x : alpha),
  about: ABOUT && {
    formula: "alpha x + beta",
    range: [-Infinity, Infinity],
    monotone: true,
    zeroCentred: true,
    smooth: true,
    settings: [
      [0.1, -0.3],
      [-2.5, 1],
      [0, 0.7],
    ],
    names: {
      pytorch: "Identity for alpha 1, beta 0",
      jax: "identity for alpha 1, beta 0",
      keras: "linear for alpha 1, beta 0",
      tfjs: 'layers.activation({ activation: "linear" }) for alpha 1, beta 0',
      onnx: "Identity for alpha 1, beta 0",
      webnn: "linear(alpha = 1, beta = 0)",
    },
    source: "a degree 1 polynomial",
  },
});
/** dx = dy alpha, the gradient of linear. */
export const linearGrad = /* @__PURE__ */ gradient(linear);

/**
 * Threshold: x for x > theta, else value.
 *
 * `theta`: the threshold, any finite number, 0; `value`: what stands for x at and below it, any finite number, 0.
 * f' is 0 at theta. Collobert, Kavukcuoglu, Farabet 2011.
 *
 * @example
 * threshold(new Float32Array([0.5, 1, 2]), { theta: 1, value: -7 }); // [-7, -7, 2]
 */
export const threshold = /* @__PURE__ */ activation("threshold", {
  params: { theta: { default: 0 }, value: { default: 0 } },
  value: (x, theta, value) => (x <= theta ? value : x),
  derivative: (x, theta) => (x <= theta ? 0 : x > theta ? 1 : x),
  about: ABOUT && {
    formula: "x > theta ? x : value",
    range: [0, Infinity],
    monotone: true,
    zeroCentred: false,
    smooth: false,
    kinks: (theta) => [{ x: theta, derivative: 0 }],
    settings: [
      [1, -7],
      [-0.5, 20],
      [0.1, 0.3],
    ],
    names: { pytorch: "Threshold(threshold, value)", keras: "threshold(threshold, default_value)" },
    source: "Collobert, Kavukcuoglu, Farabet 2011, Torch7: a Matlab-like environment for machine learning",
  },
});
/** dx = dy f'(x) of threshold; 0 at theta. */
export const thresholdGrad = /* @__PURE__ */ gradient(threshold);

/**
 * Thresholded ReLU: x for x > theta, else 0.
 *
 * `theta`: the threshold, any finite number, 1. f' is 0 at theta. Konda, Memisevic, Krueger 2014.
 *
 * @example
 * thresholdedRelu(new Float32Array([0.5, 1, 2])); // [0, 0, 2]
 */
export const thresholdedRelu = /* @__PURE__ */ activation("thresholdedRelu", {
  params: { theta: { default: 1 } },
  value: (x, theta) => (x <= theta ? 0 : x),
  derivative: (x, theta) => (x <= theta ? 0 : x > theta ? 1 : x),
  about: ABOUT && {
    formula: "x > theta ? x : 0",
    range: [0, Infinity],
    monotone: true,
    zeroCentred: false,
    smooth: false,
    kinks: (theta) => [{ x: theta, derivative: 0 }],
    settings: [[0.3], [0], [-2]],
    names: {
      pytorch: "Threshold(1, 0)",
      keras: "ThresholdedReLU(theta=1), Keras 2",
      tfjs: "layers.thresholdedReLU({ theta: 1 })",
      onnx: "ThresholdedRelu(alpha=1)",
    },
    source: "Konda, Memisevic, Krueger 2014, Zero-bias autoencoders and the benefits of co-adapting features",
  },
});
/** dx = dy f'(x) of thresholdedRelu; 0 at theta. */
export const thresholdedReluGrad = /* @__PURE__ */ gradient(thresholdedRelu);

/**
 * Exponential linear unit: x for x > 0, else alpha (e^x - 1).
 *
 * `alpha`: minus the limit at -Infinity, any finite number, 1. f' is alpha at 0. Clevert, Unterthiner, Hochreiter 2015.
 *
 * @example
 * elu(new Float32Array([-1, 0, 1])); // [-0.63212055, 0, 1]
 */
export const elu = /* @__PURE__ */ activation("elu", {
  params: { alpha: { default: 1 } },
  value: (x, alpha) => (x > 0 ? x : alpha * Math.expm1(x)),
  derivative: (x, alpha) => (x > 0 ? 1 : alpha * Math.exp(x)),
  about: ABOUT && {
    formula: "x > 0 ? x : alpha (e^x - 1)",
    range: [-1, Infinity],
    monotone: true,
    zeroCentred: true,
    smooth: true,
    kinks: (alpha) => (alpha === 1 ? [] : [{ x: 0, derivative: alpha }]),
    settings: [[0.3], [-1.5], [0]],
    names: {
      pytorch: "ELU(alpha=1)",
      jax: "elu(alpha=1)",
      keras: "elu(alpha=1)",
      tfjs: "elu, alpha 1 only",
      onnx: "Elu(alpha=1)",
      webnn: "elu(alpha = 1)",
    },
    source:
      "Clevert, Unterthiner, Hochreiter 2015, Fast and accurate deep network learning by exponential linear units",
  },
});
/** dx = dy f'(x) of elu; alpha at 0. */
export const eluGrad = /* @__PURE__ */ gradient(elu);

/**
 * Continuously differentiable exponential linear unit: x for x > 0, else alpha (e^(x / alpha) - 1).
 *
 * `alpha`: minus the limit at -Infinity, any finite number but 0, 1; a negative one bends down, to -Infinity. f' is 1
 * at 0. Barron 2017.
 *
 * @example
 * celu(new Float32Array([-1, 0, 1]), { alpha: 2 }); // [-0.7869387, 0, 1]
 */
export const celu = /* @__PURE__ */ activation("celu", {
  params: { alpha: { default: 1, domain: "nonzero" } },
  value: (x, alpha) => (x > 0 ? x : alpha * Math.expm1(x / alpha)),
  derivative: (x, alpha) => (x > 0 ? 1 : factorExp(x / alpha)),
  about: ABOUT && {
    formula: "x > 0 ? x : alpha (e^(x / alpha) - 1)",
    range: [-1, Infinity],
    monotone: true,
    zeroCentred: true,
    smooth: true,
    settings: [[0.3], [-1.5], [20]],
    names: { pytorch: "CELU(alpha=1)", jax: "celu(alpha=1)", keras: "celu(alpha=1)", onnx: "Celu(alpha=1)" },
    source: "Barron 2017, Continuously differentiable exponential linear units",
  },
});
/** dx = dy f'(x) of celu; 1 at 0. */
export const celuGrad = /* @__PURE__ */ gradient(celu);

/**
 * Scaled exponential linear unit: lambda (x > 0 ? x : alpha (e^x - 1)), lambda 1.0507009873554805,
 * alpha 1.6732632423543772.
 *
 * f' is lambda alpha at 0. Klambauer, Unterthiner, Mayr, Hochreiter 2017.
 *
 * @example
 * selu(new Float32Array([-1, 0, 1])); // [-1.1113307, 0, 1.050701]
 */
export const selu = /* @__PURE__ */ activation("selu", {
  value: (x) => (x > 0 ? SELU_LAMBDA * x : SELU_LAMBDA_ALPHA * Math.expm1(x)),
  derivative: (x) => (x > 0 ? SELU_LAMBDA : SELU_LAMBDA_ALPHA * Math.exp(x)),
  about: ABOUT && {
    formula: "lambda (x > 0 ? x : alpha (e^x - 1))",
    range: [-SELU_LAMBDA_ALPHA, Infinity],
    monotone: true,
    zeroCentred: true,
    smooth: false,
    kinks: () => [{ x: 0, derivative: SELU_LAMBDA_ALPHA }],
    names: { pytorch: "SELU", jax: "selu", keras: "selu", tfjs: "selu", onnx: "Selu" },
    source: "Klambauer, Unterthiner, Mayr, Hochreiter 2017, Self-normalizing neural networks",
  },
});
/** dx = dy f'(x) of selu; lambda alpha at 0. */
export const seluGrad = /* @__PURE__ */ gradient(selu);

/**
 * Gaussian error linear unit: x Phi(x) = x / 2 erfc(-x / sqrt 2), Phi being the cumulative distribution of N(0, 1).
 *
 * Hendrycks, Gimpel 2016.
 *
 * @example
 * gelu(new Float32Array([-1, 0, 1])); // [-0.15865526, 0, 0.8413447]
 */
export const gelu = /* @__PURE__ */ activation("gelu", {
  value: geluOf,
  derivative: geluDerivative,
  about: ABOUT && {
    formula: "x / 2 erfc(-x / sqrt 2)",
    range: [-0.16997120747990366, Infinity],
    monotone: false,
    zeroCentred: true,
    smooth: true,
    names: {
      pytorch: 'GELU(approximate="none")',
      jax: "gelu(approximate=False), default True",
      keras: "gelu(approximate=False)",
      tfjs: 'layers.activation({ activation: "gelu" })',
      onnx: 'Gelu(approximate="none")',
      webnn: "gelu",
    },
    source: "Hendrycks, Gimpel 2016, Gaussian error linear units (GELUs)",
  },
});
/** dx = dy f'(x) of gelu. */
export const geluGrad = /* @__PURE__ */ gradient(gelu);

/**
 * GELU by its tanh approximation: x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))).
 *
 * Up to 0.0005 from `gelu`. Hendrycks, Gimpel 2016.
 *
 * @example
 * geluTanh(new Float32Array([-1, 0, 1])); // [-0.158808, 0, 0.841192]
 */
export const geluTanh = /* @__PURE__ */ activation("geluTanh", {
  value: geluTanhOf,
  derivative: geluTanhDerivative,
  about: ABOUT && {
    formula: "x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))",
    range: [-0.17004075057125406, Infinity],
    monotone: false,
    zeroCentred: true,
    smooth: true,
    names: {
      pytorch: 'GELU(approximate="tanh"), default "none"',
      jax: "gelu(approximate=True)",
      keras: "gelu(approximate=True), default False",
      tfjs: 'layers.activation({ activation: "gelu_new" })',
      onnx: 'Gelu(approximate="tanh"), default "none"',
    },
    source: "Hendrycks, Gimpel 2016, Gaussian error linear units (GELUs)",
  },
});
/** dx = dy f'(x) of geluTanh. */
export const geluTanhGrad = /* @__PURE__ */ gradient(geluTanh);

/**
 * GELU by its sigmoid approximation: x sigmoid(1.702 x).
 *
 * Up to 0.02 from `gelu`. Hendrycks, Gimpel 2016.
 *
 * @example
 * quickGelu(new Float32Array([-1, 0, 1])); // [-0.15420422, 0, 0.8457958]
 */
export const quickGelu = /* @__PURE__ */ activation("quickGelu", {
  value: (x) => gated(x, 1.702 * x),
  derivative: quickGeluDerivative,
  about: ABOUT && {
    formula: "x sigmoid(1.702 x)",
    range: [-0.16361018963635357, Infinity],
    monotone: false,
    zeroCentred: true,
    smooth: true,
    names: { onnx: "com.microsoft.QuickGelu(alpha=1.702)" },
    source: "Hendrycks, Gimpel 2016, Gaussian error linear units (GELUs)",
  },
});
/** dx = dy f'(x) of quickGelu. */
export const quickGeluGrad = /* @__PURE__ */ gradient(quickGelu);

/**
 * Mish: x tanh(ln(1 + e^x)).
 *
 * Misra 2019.
 *
 * @example
 * mish(new Float32Array([-1, 0, 1])); // [-0.30340147, 0, 0.8650984]
 */
export const mish = /* @__PURE__ */ activation("mish", {
  value: mishOf,
  derivative: mishDerivative,
  about: ABOUT && {
    formula: "x tanh(ln(1 + e^x))",
    range: [-0.30884341301725043, Infinity],
    monotone: false,
    zeroCentred: true,
    smooth: true,
    names: {
      pytorch: "Mish",
      jax: "mish",
      keras: "mish",
      tfjs: 'layers.activation({ activation: "mish" })',
      onnx: "Mish",
    },
    source: "Misra 2019, Mish: a self regularized non-monotonic activation function",
  },
});
/** dx = dy f'(x) of mish. */
export const mishGrad = /* @__PURE__ */ gradient(mish);

/**
 * Softplus: ln(1 + e^(beta x)) / beta.
 *
 * `beta`: steepness, any finite number but 0, 1; a negative one gives the mirror image -softplus(-x). There is no
 * threshold beyond which x is returned: none is needed. Dugas, Bengio, Bélisle, Nadeau, Garcia 2000.
 *
 * @example
 * softplus(new Float32Array([-1, 0, 1])); // [0.31326166, 0.6931472, 1.3132616]
 */
export const softplus = /* @__PURE__ */ activation("softplus", {
  params: { beta: { default: 1, domain: "nonzero" } },
  value: (x, beta) => {
    const z = beta * x;
    return (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)))) / beta;
  },
  derivative: (x, beta) => sigmoidOf(beta * x),
  about: ABOUT && {
    formula: "ln(1 + e^(beta x)) / beta",
    range: [0, Infinity],
    monotone: true,
    zeroCentred: false,
    smooth: true,
    settings: [[0.3], [-1], [20]],
    names: {
      pytorch: "Softplus(beta=1, threshold=20), x itself where beta x > 20",
      jax: "softplus",
      keras: "softplus",
      tfjs: "softplus",
      onnx: "Softplus",
      webnn: "softplus",
    },
    source:
      "Dugas, Bengio, Bélisle, Nadeau, Garcia 2000, Incorporating second-order functional knowledge for better " +
      "option pricing",
  },
});
/** dx = dy f'(x) of softplus, f' = sigmoid(beta x). */
export const softplusGrad = /* @__PURE__ */ gradient(softplus);

/**
 * Logarithm of the sigmoid: -ln(1 + e^-x).
 *
 * It does not underflow where the sigmoid does.
 *
 * @example
 * logSigmoid(new Float32Array([-1, 0, 1])); // [-1.3132616, -0.6931472, -0.31326166]
 */
export const logSigmoid = /* @__PURE__ */ activation("logSigmoid", {
  value: (x) => -(Math.max(-x, 0) + Math.log1p(Math.exp(-Math.abs(x)))),
  derivative: (x) => sigmoidOf(-x),
  about: ABOUT && {
    formula: "-ln(1 + e^-x)",
    range: [-Infinity, 0],
    monotone: true,
    zeroCentred: false,
    smooth: true,
    names: { pytorch: "LogSigmoid", jax: "log_sigmoid", keras: "log_sigmoid", tfjs: "logSigmoid" },
    source: "logarithm of the logistic function of Verhulst 1838",
  },
});
/** dx = dy f'(x) of logSigmoid, f' = sigmoid(-x). */
export const logSigmoidGrad = /* @__PURE__ */ gradient(logSigmoid);

/**
 * Softsign: x / (1 + |x|), between -1 and 1.
 *
 * f' is 1 at 0. Turian, Bergstra, Bengio 2009.
 *
 * @example
 * softsign(new Float32Array([-1, 0, 3])); // [-0.5, 0, 0.75]
 */
export const softsign = /* @__PURE__ */ activation("softsign", {
  value: (x) => (Math.abs(x) === Infinity ? Math.sign(x) : x / (1 + Math.abs(x))),
  derivative: (x) => {
    const d = 1 + Math.abs(x);
    return 1 / (d * d);
  },
  about: ABOUT && {
    formula: "x / (1 + |x|)",
    range: [-1, 1],
    monotone: true,
    zeroCentred: true,
    smooth: true,
    names: {
      pytorch: "Softsign",
      jax: "soft_sign",
      keras: "softsign",
      tfjs: 'layers.activation({ activation: "softsign" })',
      onnx: "Softsign",
      webnn: "softsign",
    },
    source: "Turian, Bergstra, Bengio 2009, Quadratic features and deep architectures for chunking",
  },
});
/** dx = dy f'(x) of softsign, f' = 1 / (1 + |x|)^2. */
export const softsignGrad = /* @__PURE__ */ gradient(softsign);

/**
 * Tanh shrinkage: x - tanh x.
 *
 * Near 0 it is x^3 / 3, right there too. Collobert, Kavukcuoglu, Farabet 2011.
 *
 * @example
 * tanhShrink(new Float32Array([-1, 0, 3])); // [-0.23840584, 0, 2.0049453]
 */
export const tanhShrink = /* @__PURE__ */ activation("tanhShrink", {
  value: tanhShrinkOf,
  derivative: (x) => {
    const t = Math.tanh(x);
    return t * t;
  },
  about: ABOUT && {
    formula: "x - tanh x",
    range: [-Infinity, Infinity],
    monotone: true,
    zeroCentred: true,
    smooth: true,
    names: { pytorch: "Tanhshrink", keras: "tanh_shrink" },
    source: "Collobert, Kavukcuoglu, Farabet 2011, Torch7: a Matlab-like environment for machine learning",
  },
});
/** dx = dy f'(x) of tanhShrink, f' = tanh^2 x. */
export const tanhShrinkGrad = /* @__PURE__ */ gradient(tanhShrink);

/**
 * Soft shrinkage: sign(x) max(|x| - lambda, 0).
 *
 * `lambda`: half-width of the dead zone, a finite number of at least 0, 0.5. f' is 0 at both ends of it. Donoho 1995.
 *
 * @example
 * softShrink(new Float32Array([-2, 0.3, 1])); // [-1.5, 0, 0.5]
 */
export const softShrink = /* @__PURE__ */ activation("softShrink", {
  params: { lambda: { default: 0.5, domain: "nonnegative" } },
  value: (x, lambda) => (x > lambda ? x - lambda : x < -lambda ? x + lambda : 0 * x),
  derivative: (x, lambda) => (Math.abs(x) <= lambda ? 0 : x > lambda || x < -lambda ? 1 : x),
  about: ABOUT && {
    formula: "sign(x) max(|x| - lambda, 0)",
    range: [-Infinity, Infinity],
    monotone: true,
    zeroCentred: true,
    smooth: false,
    kinks: (lambda) => [
      { x: -lambda, derivative: 0 },
      { x: lambda, derivative: 0 },
    ],
    settings: [[0.1], [3], [0]],
    names: {
      pytorch: "Softshrink(lambd=0.5)",
      keras: "soft_shrink(threshold=0.5)",
      onnx: "Shrink(bias=0.5, lambd=0.5)",
    },
    source: "Donoho 1995, De-noising by soft-thresholding",
  },
});
/** dx = dy f'(x) of softShrink; 0 at -lambda and lambda. */
export const softShrinkGrad = /* @__PURE__ */ gradient(softShrink);

/**
 * Hard shrinkage: x for |x| > lambda, else 0.
 *
 * `lambda`: half-width of the dead zone, a finite number of at least 0, 0.5. f' is 0 at both ends of it.
 * Donoho, Johnstone 1994.
 *
 * @example
 * hardShrink(new Float32Array([-2, 0.3, 1])); // [-2, 0, 1]
 */
export const hardShrink = /* @__PURE__ */ activation("hardShrink", {
  params: { lambda: { default: 0.5, domain: "nonnegative" } },
  value: (x, lambda) => (Math.abs(x) <= lambda ? 0 : x),
  derivative: (x, lambda) => (Math.abs(x) <= lambda ? 0 : x > lambda || x < -lambda ? 1 : x),
  about: ABOUT && {
    formula: "|x| > lambda ? x : 0",
    range: [-Infinity, Infinity],
    monotone: true,
    zeroCentred: true,
    smooth: false,
    kinks: (lambda) => [
      { x: -lambda, derivative: 0 },
      { x: lambda, derivative: 0 },
    ],
    settings: [[0.1], [3], [0]],
    names: {
      pytorch: "Hardshrink(lambd=0.5)",
      keras: "hard_shrink(threshold=0.5)",
      onnx: "Shrink(bias=0, lambd=0.5)",
    },
    source: "Donoho, Johnstone 1994, Ideal spatial adaptation by wavelet shrinkage",
  },
});
/** dx = dy f'(x) of hardShrink; 0 at -lambda and lambda. */
export const hardShrinkGrad = /* @__PURE__ */ gradient(hardShrink);

/**
 * Squareplus: (x + sqrt(x^2 + b)) / 2, an algebraic softplus.
 *
 * `b`: width of the bend, a finite number of at least 0, 4; 0 gives relu, but f' 1/2 at 0. Barron 2021.
 *
 * @example
 * squareplus(new Float32Array([-1.5, 0, 1.5])); // [0.5, 1, 2]
 */
export const squareplus = /* @__PURE__ */ activation("squareplus", {
  params: { b: { default: 4, domain: "nonnegative" } },
  value: squareplusOf,
  derivative: squareplusDerivative,
  about: ABOUT && {
    formula: "(x + sqrt(x^2 + b)) / 2",
    range: [0, Infinity],
    monotone: true,
    zeroCentred: false,
    smooth: true,
    kinks: (b) => (b === 0 ? [{ x: 0, derivative: 0.5 }] : []),
    settings: [[0.1], [1e-6], [0]],
    names: { jax: "squareplus(b=4)", keras: "squareplus(b=4)" },
    source: "Barron 2021, Squareplus: a softplus-like algebraic rectifier",
  },
});
/** dx = dy f'(x) of squareplus; 1/2 at 0, for b = 0 too. */
export const squareplusGrad = /* @__PURE__ */ gradient(squareplus);

/**
 * Sparse plus: 0 for x <= -1, x for x >= 1, (x + 1)^2 / 4 between.
 *
 * Its derivative is `sparseSigmoid`. Blondel, Martins, Niculae 2020.
 *
 * @example
 * sparsePlus(new Float32Array([-2, 0, 3])); // [0, 0.25, 3]
 */
export const sparsePlus = /* @__PURE__ */ activation("sparsePlus", {
  value: (x) => (x <= -1 ? 0 : x >= 1 ? x : 0.25 * (x + 1) * (x + 1)),
  derivative: (x) => (x <= -1 ? 0 : x >= 1 ? 1 : 0.5 * (x + 1)),
  about: ABOUT && {
    formula: "x <= -1 ? 0 : x >= 1 ? x : (x + 1)^2 / 4",
    range: [0, Infinity],
    monotone: true,
    zeroCentred: false,
    smooth: true,
    names: { jax: "sparse_plus", keras: "sparse_plus" },
    source: "Blondel, Martins, Niculae 2020, Learning with Fenchel-Young losses",
  },
});
/** dx = dy f'(x) of sparsePlus, f' = sparseSigmoid. */
export const sparsePlusGrad = /* @__PURE__ */ gradient(sparsePlus);

/**
 * Sparse sigmoid: (x + 1) / 2 clipped to 0 and 1.
 *
 * f' is 0 at both bends. Martins, Astudillo 2016.
 *
 * @example
 * sparseSigmoid(new Float32Array([-2, 0, 0.5])); // [0, 0.5, 0.75]
 */
export const sparseSigmoid = /* @__PURE__ */ activation("sparseSigmoid", {
  value: (x) => (x <= -1 ? 0 : x >= 1 ? 1 : 0.5 * (x + 1)),
  derivative: (x) => (x <= -1 || x >= 1 ? 0 : x > -1 ? 0.5 : x),
  about: ABOUT && {
    formula: "min(max((x + 1) / 2, 0), 1)",
    range: [0, 1],
    monotone: true,
    zeroCentred: false,
    smooth: false,
    kinks: () => [
      { x: -1, derivative: 0 },
      { x: 1, derivative: 0 },
    ],
    names: { jax: "sparse_sigmoid", keras: "sparse_sigmoid" },
    source:
      "Martins, Astudillo 2016, From softmax to sparsemax: a sparse model of attention and multi-label classification",
  },
});
/** dx = dy f'(x) of sparseSigmoid; 0 at -1 and at 1. */
export const sparseSigmoidGrad = /* @__PURE__ */ gradient(sparseSigmoid);

/**
 * Exponential: e^x.
 *
 * @example
 * exponential(new Float32Array([-1, 0, 1])); // [0.36787945, 1, 2.7182817]
 */
export const exponential = /* @__PURE__ */ activation("exponential", {
  value: Math.exp,
  derivative: factorExp,
  about: ABOUT && {
    formula: "e^x",
    range: [0, Infinity],
    monotone: true,
    zeroCentred: false,
    smooth: true,
    names: { pytorch: "exp", jax: "numpy.exp", keras: "exponential", tfjs: "exp", onnx: "Exp", webnn: "exp" },
    source: "Euler 1748, Introductio in analysin infinitorum",
  },
});
/** dx = dy e^x, the gradient of exponential. */
export const exponentialGrad = /* @__PURE__ */ gradient(exponential);

/**
 * Error function: 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x; between -1 and 1.
 *
 * Glaisher 1871.
 *
 * @example
 * erf(new Float32Array([-1, 0, 1])); // [-0.8427008, 0, 0.8427008]
 */
export const erf = /* @__PURE__ */ activation("erf", {
  value: erfOf,
  derivative: erfDerivative,
  about: ABOUT && {
    formula: "erf x",
    range: [-1, 1],
    monotone: true,
    zeroCentred: true,
    smooth: true,
    names: { pytorch: "erf", jax: "scipy.special.erf", keras: "ops.erf", tfjs: "erf", onnx: "Erf", webnn: "erf" },
    source: "Glaisher 1871, On a class of definite integrals",
  },
});
/** dx = dy f'(x) of erf, f' = 2 / sqrt(pi) e^(-x^2). */
export const erfGrad = /* @__PURE__ */ gradient(erf);

// Below: ops along an axis. `shape` gives the dimensions, in row-major order; without it the array is one row. They throw a TypeError for an
// argument of a wrong type or an unknown option, a RangeError for a shape that does not multiply out to the length of the array, a
// dimension that is no whole number, an axis out of range, or an array of a wrong length.

/**
 * Softmax: e^x divided by the sum of e^x along the axis.
 *
 * `shape`: dimensions, [x.length]; `axis`: -1. An element of -Infinity is masked out, with result 0; a row that is -Infinity
 * throughout, or holds NaN or Infinity, is NaN throughout. Bridle 1990.
 *
 * @example
 * softmax(new Float32Array([1, 2, 3])); // [0.0900, 0.2447, 0.6652]
 * softmax(new Float32Array([1, 2, 1, 1]), { shape: [2, 2], axis: 0 }); // [0.5, 0.7311, 0.5, 0.2689]
 */
export const softmax = /* @__PURE__ */ rowOp("softmax", {
  value: softmaxRow,
  derivative: softmaxGradRow,
  about: ABOUT && {
    formula: "e^x / sum e^x",
    names: { pytorch: "Softmax", jax: "softmax", keras: "softmax", tfjs: "softmax", onnx: "Softmax", webnn: "softmax" },
    source: "Bridle 1990, Probabilistic interpretation of feedforward classification network outputs",
  },
});
/**
 * dx = y (dy - sum dy y) along the axis, from the output y of softmax.
 *
 * @example
 * softmaxGrad(new Float32Array([1, 0]), new Float32Array([0.25, 0.75])); // [0.1875, -0.1875]
 */
export const softmaxGrad = /* @__PURE__ */ rowGradient(softmax);

/**
 * The logarithm of softmax: x - ln sum e^x along the axis; accurate where softmax would round to 0 or 1.
 *
 * `shape`: dimensions, [x.length]; `axis`: -1. An element of -Infinity gives -Infinity; a row that is -Infinity
 * throughout, or holds NaN or Infinity, is NaN throughout.
 *
 * @example
 * logSoftmax(new Float32Array([1, 2, 3])); // [-2.4076, -1.4076, -0.4076]
 */
export const logSoftmax = /* @__PURE__ */ rowOp("logSoftmax", {
  value: logSoftmaxRow,
  derivative: logSoftmaxGradRow,
  about: ABOUT && {
    formula: "x - ln sum e^x",
    names: { pytorch: "LogSoftmax", jax: "log_softmax", keras: "log_softmax", tfjs: "logSoftmax", onnx: "LogSoftmax" },
    source: "Bridle 1990, Probabilistic interpretation of feedforward classification network outputs",
  },
});
/**
 * dx = dy - e^y sum dy along the axis, from the output y of logSoftmax.
 *
 * @example
 * logSoftmaxGrad(new Float32Array([1, 0]), new Float32Array([-0.6931472, -0.6931472])); // [0.5, -0.5]
 */
export const logSoftmaxGrad = /* @__PURE__ */ rowGradient(logSoftmax);

/**
 * Softmin: softmax of -x.
 *
 * `shape`: dimensions, [x.length]; `axis`: -1. An element of Infinity is masked out, with result 0; a row that is Infinity
 * throughout, or holds NaN or -Infinity, is NaN throughout. Bridle 1990.
 *
 * @example
 * softmin(new Float32Array([1, 2, 3])); // [0.6652, 0.2447, 0.0900]
 */
export const softmin = /* @__PURE__ */ rowOp("softmin", {
  value: softminRow,
  derivative: softminGradRow,
  about: ABOUT && {
    formula: "e^-x / sum e^-x",
    names: { pytorch: "Softmin" },
    source: "Bridle 1990, Probabilistic interpretation of feedforward classification network outputs",
  },
});
/**
 * dx = y (sum dy y - dy) along the axis, from the output y of softmin.
 *
 * @example
 * softminGrad(new Float32Array([1, 0]), new Float32Array([0.25, 0.75])); // [-0.1875, 0.1875]
 */
export const softminGrad = /* @__PURE__ */ rowGradient(softmin);

/**
 * ln sum e^x along the axis: one value per row, in the order of the other dimensions.
 *
 * `shape`: dimensions, [x.length]; `axis`: -1; `out`: of the length of the result. A row that is empty or -Infinity throughout gives
 * -Infinity, one with Infinity Infinity, one with NaN NaN. Nothing overflows.
 *
 * @example
 * logSumExp(new Float32Array([1, 2, 3])); // [3.4076]
 * logSumExp(new Float32Array([0, 0, 1000, 0]), { shape: [2, 2], axis: 1 }); // [0.6931, 1000]
 */
export const logSumExp = /* @__PURE__ */ rowOp("logSumExp", {
  value: logSumExpRow,
  reduces: true,
  about: ABOUT && {
    formula: "ln sum e^x",
    names: {
      pytorch: "logsumexp",
      jax: "logsumexp",
      keras: "logsumexp",
      tfjs: "logSumExp",
      onnx: "ReduceLogSumExp",
      webnn: "reduceLogSumExp",
    },
    source: "Blanchard, Higham, Higham 2021, Accurately computing the log-sum-exp and softmax functions",
  },
});

// Gated linear units split the axis, whose size must be even (else a RangeError), into a first half a and a second half b.

/**
 * Gated linear unit: a sigmoid(b).
 *
 * `shape`: dimensions, [x.length]; `axis`: -1. The result is half as long as x. Dauphin, Fan, Auli, Grangier 2016.
 *
 * @example
 * glu(new Float32Array([2, 4, 0, 1])); // [1, 2.9242]
 */
export const glu = /* @__PURE__ */ gatedOp("glu", {
  gated: "b",
  value: sigmoidOf,
  derivative: (x) => sigmoidOf(x) * sigmoidOf(-x),
  about: ABOUT && {
    formula: "a sigmoid(b)",
    names: { pytorch: "GLU", jax: "glu", keras: "glu" },
    source: "Dauphin, Fan, Auli, Grangier 2016, Language modeling with gated convolutional networks",
  },
});
/** dx of glu, of x's length: da = dy sigmoid(b), db = dy a sigmoid'(b). */
export const gluGrad = /* @__PURE__ */ gatedGradient(glu);

/**
 * Gated linear unit with silu: silu(a) b.
 *
 * `shape`: dimensions, [x.length]; `axis`: -1. The result is half as long as x. Shazeer 2020.
 *
 * @example
 * swiglu(new Float32Array([1, 2, 3, 4])); // [2.1932, 7.0464]
 */
export const swiglu = /* @__PURE__ */ gatedOp("swiglu", {
  gated: "a",
  value: (x) => gated(x, x),
  derivative: siluDerivative,
  about: ABOUT && {
    formula: "silu(a) b",
    names: {},
    source: "Shazeer 2020, GLU variants improve Transformer",
  },
});
/** dx of swiglu, of x's length: da = dy b silu'(a), db = dy silu(a). */
export const swigluGrad = /* @__PURE__ */ gatedGradient(swiglu);

/**
 * Gated linear unit with gelu, the exact one: gelu(a) b.
 *
 * `shape`: dimensions, [x.length]; `axis`: -1. The result is half as long as x. Shazeer 2020.
 *
 * @example
 * geglu(new Float32Array([1, 2, 3, 4])); // [2.5240, 7.8180]
 */
export const geglu = /* @__PURE__ */ gatedOp("geglu", {
  gated: "a",
  value: geluOf,
  derivative: geluDerivative,
  about: ABOUT && {
    formula: "gelu(a) b",
    names: {},
    source: "Shazeer 2020, GLU variants improve Transformer",
  },
});
/** dx of geglu, of x's length: da = dy b gelu'(a), db = dy gelu(a). */
export const gegluGrad = /* @__PURE__ */ gatedGradient(geglu);

/**
 * Gated linear unit with relu: relu(a) b.
 *
 * `shape`: dimensions, [x.length]; `axis`: -1. The result is half as long as x. Shazeer 2020.
 *
 * @example
 * reglu(new Float32Array([1, -2, 3, 4])); // [3, 0]
 */
export const reglu = /* @__PURE__ */ gatedOp("reglu", {
  gated: "a",
  value: (x) => (x <= 0 ? 0 : x),
  derivative: (x) => (x > 0 ? 1 : x <= 0 ? 0 : x),
  about: ABOUT && {
    formula: "relu(a) b",
    names: {},
    source: "Shazeer 2020, GLU variants improve Transformer",
  },
});
/** dx of reglu, of x's length: da = dy b where a > 0, else 0; db = dy relu(a). */
export const regluGrad = /* @__PURE__ */ gatedGradient(reglu);

/**
 * PReLU: x for x > 0, else slope x, with a learned slope per channel.
 *
 * `slope`: a finite number, or a Float32Array: of one element for all of x, of x's length for one each, or of the size of an axis,
 * which then needs `shape`, the dimensions of x; `axis`: 1. f' is the slope at 0. He, Zhang, Ren, Sun 2015.
 *
 * @example
 * prelu(new Float32Array([-1, 2, -3, 4]), 0.25); // [-0.25, 2, -0.75, 4]
 * prelu(new Float32Array([-1, -1, -3, -3]), new Float32Array([1, 2]), { shape: [2, 2] }); // [-1, -2, -3, -6]
 */
export const prelu = /* @__PURE__ */ preluOp({
  about: ABOUT && {
    formula: "x > 0 ? x : slope x",
    names: { pytorch: "PReLU", keras: "PReLU", tfjs: "prelu", onnx: "PRelu", webnn: "prelu" },
    source: "He, Zhang, Ren, Sun 2015, Delving deep into rectifiers",
  },
});
/**
 * The gradients of prelu: dx = dy f'(x), and dslope, the sum of dy x over the elements of a channel with x <= 0; of slope's
 * length, 1 for a number. The options `dx` and `dslope` give the arrays to write.
 *
 * @example
 * preluGrad(new Float32Array([1, 1]), new Float32Array([-2, 3]), 0.25); // { dx: [0.25, 1], dslope: [-2] }
 */
export const preluGrad = /* @__PURE__ */ preluGradient(prelu);
