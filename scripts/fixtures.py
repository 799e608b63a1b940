"""test/fixtures/elementwise.json and rows.json: exact values for the tests, from mpmath.

    python3 scripts/fixtures.py        (mpmath 1.3; two seconds)

The formulas are written from the definitions, not from src/: naively, in 150 digits, which leaves 60 after the worst
cancellation (x - tanh x at 1e-45). Each derivative is checked against numerical differentiation.

elementwise.json: one line for each op and setting of its parameters; x as the bits of a float32 in hex, y = f(x) and
dy = f'(x) to 20 digits. Magnitudes below 1e-60 are written as 0 or -0, above 1e60 as Infinity: no float32 can tell.
rows.json: one line for each row: its name, the elements, softmax, logSoftmax, softmin, and logSumExp.
"""

import json
import random
import struct
from pathlib import Path

from mpmath import cosh, diff, erf, erfc, exp, inf, isinf, log, log1p, mp, mpf, nstr, pi, sqrt, tanh

mp.dps = 150
FIXTURES = Path(__file__).parent.parent / "test" / "fixtures"
LARGEST = 0x7F7FFFFF
INFINITY = 0x7F800000
SIGN = 0x80000000


def from_bits(bits):
    return struct.unpack("<f", struct.pack("<I", bits))[0]


def to_bits(x):
    return struct.unpack("<I", struct.pack("<f", x))[0]


def float32(x):
    return struct.unpack("<f", struct.pack("<f", x))[0]


def logistic(x):
    """1 / (1 + e^-x); far out, where e^-x has an exponent of 38 digits, the limit."""
    if x < -2000:
        return mpf(0)
    return 1 / (1 + exp(-x)) if x < 2000 else mpf(1)


def bounded_exp(x):
    return mpf(0) if x < -2000 else inf if x > 2000 else exp(x)


def clip(x, low, high):
    return min(max(x, low), high)


def hyperbolic_tangent(x):
    return tanh(x) if abs(x) < 2000 else mpf(1 if x > 0 else -1)


LAMBDA, ALPHA = mpf("1.0507009873554805"), mpf("1.6732632423543772")
ROOT_2_PI = sqrt(2 / pi)
CUBIC = mpf("0.044715")
QUICK = mpf("1.702")


def gelu_tanh(x):
    return x / 2 * (1 + hyperbolic_tangent(ROOT_2_PI * (x + CUBIC * x**3)))


def gelu_tanh_slope(x):
    u = ROOT_2_PI * (x + CUBIC * x**3)
    if abs(u) > 1000:
        return mpf(1 if x > 0 else 0)
    return (1 + tanh(u)) / 2 + x / 2 * ROOT_2_PI * (1 + 3 * CUBIC * x**2) / cosh(u) ** 2


def silu(x, beta):
    return x * logistic(beta * x)


def silu_slope(x, beta):
    s = logistic(beta * x)
    return s + beta * x * s * (1 - s)


def normal(x):
    if x < -60:
        return mpf(0)
    return erfc(-x / sqrt(mpf(2))) / 2 if x < 60 else mpf(1)


def gelu_slope(x):
    return normal(x) + x * bounded_exp(-x * x / 2) / sqrt(2 * pi)


def mish(x):
    return x * tanh(log1p(exp(x))) if abs(x) < 2000 else max(x, mpf(0))


def mish_slope(x):
    if abs(x) > 2000:
        return mpf(1 if x > 0 else 0)
    u = log1p(exp(x))
    return tanh(u) + x * logistic(x) / cosh(u) ** 2


def softplus(x, beta):
    z = beta * x
    return (z if z > 2000 else mpf(0) if z < -2000 else log1p(exp(z))) / beta


def hard_sigmoid(x, alpha, beta):
    # The default stands for one sixth, which no float64 is.
    return (x + 3) / 6 if alpha == 1 / 6 and beta == 0.5 else alpha * x + beta


def hard_sigmoid_slope(alpha, beta):
    return mpf(1) / 6 if alpha == 1 / 6 and beta == 0.5 else alpha


def capped(x, alpha):
    return x if x > 0 else alpha * x


def inside(x, low, high):
    return mpf(1 if low < x < high else 0)


def step(x, at=0):
    return mpf(1 if x > at else 0)


def squareplus(x, b):
    return (x + sqrt(x * x + b)) / 2


def squareplus_slope(x, b):
    return (1 + x / sqrt(x * x + b)) / 2 if x or b else mpf(1) / 2


TAILS = [-104.5, -103.9, -103, -90, -88.72, -87.34, -40, -18, -17.33, -9.01, 9.01, 16.6, 17.33, 18, 40, 88.72, 88.8]
GELU_TAILS = [-14.5, -14.1, -13.5, -13.2, -12.5, -9, -6, 5.4, 6, 9]

# name: (f, f', default parameters, further settings, points of interest from the parameters)
OPS = {
    "relu": (lambda x: max(x, 0), step, [], [], lambda: [0]),
    "leakyRelu": (
        lambda x, a: x if x > 0 else a * x,
        lambda x, a: mpf(1) if x > 0 else a,
        [0.01],
        [[0.2], [-0.5], [0]],
        lambda a: [0],
    ),
    "relu6": (lambda x: clip(x, 0, 6), lambda x: inside(x, 0, 6), [], [], lambda: [0, 6]),
    "leakyRelu6": (
        lambda x, a: min(capped(x, a), 6),
        lambda x, a: mpf(0) if capped(x, a) >= 6 else mpf(1) if x > 0 else a,
        [0.01],
        [[0.2], [-0.5], [0]],
        lambda a: [0, 6] + ([6 / a] if a < 0 else []),
    ),
    "sigmoid": (logistic, lambda x: logistic(x) * logistic(-x), [], [], lambda: TAILS),
    "tanh": (
        hyperbolic_tangent,
        lambda x: 1 / cosh(x) ** 2 if abs(x) < 2000 else mpf(0),
        [],
        [],
        lambda: TAILS + [52.5, -52.3, 0.03, 0.5, -0.55],
    ),
    "silu": (
        silu,
        silu_slope,
        [1],
        [[2.5], [-1], [0]],
        lambda b: [t / (b or 1) for t in TAILS + [-107.9]] + ([-1.2784645427610738 / b] if b else []),
    ),
    "hardSwish": (
        lambda x: x * clip(x + 3, 0, 6) / 6,
        lambda x: mpf(0) if x <= -3 else mpf(1) if x >= 3 else (2 * x + 3) / 6,
        [],
        [],
        lambda: [-3, 3, -1.5],
    ),
    "hardSigmoid": (
        lambda x, a, b: clip(hard_sigmoid(x, a, b), 0, 1),
        lambda x, a, b: hard_sigmoid_slope(a, b) if 0 < hard_sigmoid(x, a, b) < 1 else mpf(0),
        [1 / 6, 0.5],
        [[0.2, 0.5], [-0.5, 0.25], [0.1, 0]],
        lambda a, b: [-b / a, (1 - b) / a],
    ),
    "hardTanh": (
        clip,
        inside,
        [-1, 1],
        [[-2, 0.5], [0, 3], [1.5, 1.5]],
        lambda low, high: [low, high],
    ),
    "clamp": (
        clip,
        lambda x, low, high: mpf(1 if low <= x <= high else 0),
        [-inf, inf],
        [[-2, 0.5], [0, inf], [-inf, 3]],
        lambda low, high: [t for t in (low, high) if not isinf(t)],
    ),
    "linear": (
        lambda x, a, b: a * x + b,
        lambda x, a, b: a,
        [1, 0],
        [[0.1, -0.3], [-2.5, 1], [0, 0.7]],
        lambda a, b: [-b / a] if a else [],
    ),
    "threshold": (
        lambda x, t, v: x if x > t else v,
        lambda x, t, v: step(x, t),
        [0, 0],
        [[1, -7], [-0.5, 20], [0.1, 0.3]],
        lambda t, v: [t],
    ),
    "thresholdedRelu": (
        lambda x, t: x if x > t else mpf(0),
        step,
        [1],
        [[0.3], [0], [-2]],
        lambda t: [t],
    ),
    "elu": (
        lambda x, a: x if x > 0 else a * (bounded_exp(x) - 1),
        lambda x, a: mpf(1) if x > 0 else a * bounded_exp(x),
        [1],
        [[0.3], [-1.5], [0]],
        lambda a: TAILS + [0],
    ),
    "celu": (
        lambda x, a: x if x > 0 else a * (bounded_exp(x / a) - 1),
        lambda x, a: mpf(1) if x > 0 else bounded_exp(x / a),
        [1],
        [[0.3], [-1.5], [20]],
        lambda a: [t * a for t in TAILS] + [0],
    ),
    "selu": (
        lambda x: LAMBDA * (x if x > 0 else ALPHA * (bounded_exp(x) - 1)),
        lambda x: LAMBDA * (1 if x > 0 else ALPHA * bounded_exp(x)),
        [],
        [],
        lambda: TAILS + [0],
    ),
    "gelu": (lambda x: x * normal(x), gelu_slope, [], [], lambda: GELU_TAILS + [-0.7517915246935645]),
    "geluTanh": (
        gelu_tanh,
        gelu_tanh_slope,
        [],
        [],
        lambda: GELU_TAILS + [-0.7524614220710163, -10.7, -10.2, -8],
    ),
    "quickGelu": (
        lambda x: x * logistic(QUICK * x),
        lambda x: silu_slope(x, QUICK),
        [],
        [],
        lambda: [t / 1.702 for t in TAILS] + [-0.751154255441289],
    ),
    "mish": (mish, mish_slope, [], [], lambda: TAILS + [-1.1924312145154952, -107.9]),
    "softplus": (
        softplus,
        lambda x, b: logistic(b * x),
        [1],
        [[0.3], [-1], [20]],
        lambda b: [t / b for t in TAILS],
    ),
    "logSigmoid": (lambda x: -softplus(-x, 1), lambda x: logistic(-x), [], [], lambda: [-t for t in TAILS]),
    "softsign": (lambda x: x / (1 + abs(x)), lambda x: 1 / (1 + abs(x)) ** 2, [], [], lambda: [0]),
    "tanhShrink": (
        lambda x: x - hyperbolic_tangent(x),
        lambda x: hyperbolic_tangent(x) ** 2,
        [],
        [],
        lambda: [0.0625, -0.0625, 0.25, -0.5, 9.01, -9.01],
    ),
    "softShrink": (
        lambda x, t: x - clip(x, -t, t),
        lambda x, t: mpf(1 if abs(x) > t else 0),
        [0.5],
        [[0.1], [3], [0]],
        lambda t: [t, -t],
    ),
    "hardShrink": (
        lambda x, t: x if abs(x) > t else mpf(0),
        lambda x, t: mpf(1 if abs(x) > t else 0),
        [0.5],
        [[0.1], [3], [0]],
        lambda t: [t, -t],
    ),
    "squareplus": (squareplus, squareplus_slope, [4], [[0.1], [1e-6], [0]], lambda b: [0, -2, 2, -4096, 4096]),
    "sparsePlus": (
        lambda x: mpf(0) if x <= -1 else x if x >= 1 else (x + 1) ** 2 / 4,
        lambda x: clip((x + 1) / 2, 0, 1),
        [],
        [],
        lambda: [-1, 1],
    ),
    "sparseSigmoid": (
        lambda x: clip((x + 1) / 2, 0, 1),
        lambda x: inside(x, -1, 1) / 2,
        [],
        [],
        lambda: [-1, 1],
    ),
    "exponential": (bounded_exp, bounded_exp, [], [], lambda: TAILS),
    "erf": (
        erf,
        lambda x: 2 / sqrt(pi) * bounded_exp(-x * x),
        [],
        [],
        lambda: [0.75, -0.75, 3.83, 3.92, -3.9, 10.1, -10.05],
    ),
}

EXACT_PARAMS = {"hardSigmoid", "linear"}

# Ops with f(-0) = -0: the sign of an exact zero does not follow from the real numbers.
KEEPS_SIGN_OF_ZERO = {
    *("leakyRelu leakyRelu6 tanh silu hardSwish hardTanh clamp elu celu selu gelu geluTanh".split()),
    *("quickGelu mish softsign tanhShrink softShrink erf".split()),
}


def zero_is_negative(name, params, bits):
    """Whether the result is -0, given that it is 0 and x has these bits; cared for at x = 0 and -0 only."""
    if name in {"leakyRelu", "leakyRelu6", "elu"} and params[0] < 0:
        return bits == 0
    if name in {"threshold", "thresholdedRelu"} and params[0] < 0:
        return bits == SIGN
    return bits == SIGN and name in KEEPS_SIGN_OF_ZERO

# Limits at -infinity and infinity that the formula does not give by itself are taken at this x.
FAR = mpf(10) ** 400


def neighbours(x, count):
    """The float32 nearest to x and `count` on each side."""
    if x == 0:
        return [1, SIGN | 1]
    bits = to_bits(float32(x))
    return [b for b in range(bits - count, bits + count + 1) if b & (SIGN - 1) <= LARGEST]


def points(interesting, total, rng):
    """Bits: zeros, infinities, extremes, neighbours of the interesting, then steps over all exponents and near 1."""
    chosen = {0, SIGN, 1, SIGN | 1, 0x00800000, 0x807FFFFF, LARGEST, SIGN | LARGEST, INFINITY, SIGN | INFINITY}
    few = total < 100
    for x in interesting:
        chosen.update(neighbours(x, 1 if few or len(interesting) > 12 else 5))
    missing = max(total - len(chosen), 20)
    wide, near = missing // 4, missing - missing // 4
    for low, high, count in ((1, LARGEST, wide), (to_bits(2.0**-9), to_bits(2.0**7), near)):
        stride = (high - low) / (count / 2)
        for i in range(count // 2):
            chosen.add(low + int((i + rng.random()) * stride))
            chosen.add(SIGN | (low + int((i + rng.random()) * stride)))
    return sorted(chosen)


def decimal(value):
    value = mpf(value)
    if abs(value) < mpf(10) ** -60:
        return "-0" if value < 0 else "0"
    if abs(value) > mpf(10) ** 60:
        return "Infinity" if value > 0 else "-Infinity"
    text = nstr(value, 20, strip_zeros=True)
    return text[:-2] if text.endswith(".0") else text


def check_slope(name, f, slope, params, bits, near):
    """The derivative against numerical differentiation, where no kink is near."""
    x = mpf(from_bits(bits))
    if not 1e-3 < abs(x) < 40 or any(abs(x - t) < 1e-3 for t in near):
        return
    numeric = diff(lambda t: f(t, *params), x)
    exact = slope(x, *params)
    assert abs(numeric - exact) <= mpf(10) ** -40 * (1 + abs(exact)), (name, params, x, numeric, exact)


def elementwise():
    rng = random.Random(1)
    for name, (f, slope, defaults, settings, interesting) in OPS.items():
        for index, given in enumerate([defaults, *settings]):
            params = [mpf(p if name in EXACT_PARAMS or isinf(p) else float32(p)) for p in given]
            if name == "hardSigmoid" and index == 0:
                params = list(given)  # floats, to be recognised
            near = [float(t) for t in interesting(*params)]
            xs = points(near, 40 if index else 250, rng)
            ys, slopes = [], []
            for bits in xs:
                x = mpf(from_bits(bits))
                if isinf(x):
                    x = FAR if x > 0 else -FAR
                y = f(x, *params)
                ys.append("-0" if y == 0 and zero_is_negative(name, params, bits) else decimal(y))
                slopes.append(decimal(slope(x, *params)))
            for bits in xs[:: len(xs) // 20]:
                check_slope(name, f, slope, params, bits, [*near, 0])
            yield {
                "op": name,
                "params": [str(float(p)).replace("inf", "Infinity") for p in given],
                "x": " ".join(f"{b:08x}" for b in xs),
                "y": " ".join(ys),
                "dy": " ".join(slopes),
            }


def rows():
    rng = random.Random(2)
    cases = [("one element", [3.5]), ("two equal", [1.25, 1.25]), ("all equal", [-7.0] * 33), ("zeros", [0.0] * 5)]
    for length in (2, 3, 4, 7, 15, 64, 100, 300):
        for spread in (0.1, 3.0, 1000.0) if length < 100 else (3.0,):
            cases.append((f"{length} elements, spread {spread:g}", [rng.gauss(0, spread) for _ in range(length)]))
    cases += [
        ("offset 1e4", [1e4 + rng.gauss(0, 2) for _ in range(20)]),
        ("huge", [3e38, -3e38, 2.9e38, 0.0]),
        ("one dominates by 20", [rng.gauss(0, 1) for _ in range(8)] + [22.0]),
        ("one dominates by 90", [rng.gauss(0, 1) for _ in range(8)] + [90.0]),
        ("one dominates by 104", [-104.0, 0.0, -103.0, -90.0]),
        ("logSumExp near 0", [-0.6931472, -0.6931471, -20.0]),
        ("logSumExp 0 but for a tail", [-1e-6, -14.0, -30.0]),
        ("masked", [-float("inf"), 1.0, 2.0, -float("inf"), 0.5]),
        ("masked but one", [-float("inf"), -3.25, -float("inf")]),
    ]
    for name, values in cases:
        bits = [to_bits(v) for v in values]
        xs = [mpf(from_bits(b)) for b in bits]
        masked = any(isinf(x) for x in xs)

        def weigh(sign):
            weights = [mpf(0) if isinf(x) else sign * x for x in xs]
            top = max(w for w, x in zip(weights, xs) if not isinf(x))
            powers = [mpf(0) if isinf(x) else bounded_exp(w - top) for w, x in zip(weights, xs)]
            return powers, sum(powers), top

        powers, total, top = weigh(1)
        down, down_total, _ = weigh(-1)
        yield {
            "name": name,
            "x": " ".join(f"{b:08x}" for b in bits),
            "softmax": " ".join(decimal(p / total) for p in powers),
            "logSoftmax": " ".join("-Infinity" if isinf(x) else decimal(x - top - log(total)) for x in xs),
            # Masked entries are those at infinity there; none of these rows has any.
            "softmin": None if masked else " ".join(decimal(p / down_total) for p in down),
            "logSumExp": decimal(top + log(total)),
        }


def write(name, lines):
    text = "[\n" + ",\n".join(json.dumps(line, separators=(",", ":")) for line in lines) + "\n]\n"
    (FIXTURES / name).write_text(text)
    print(f"{name}: {text.count(chr(10)) - 2} lines, {len(text) / 1000:.0f} kB")


if __name__ == "__main__":
    FIXTURES.mkdir(parents=True, exist_ok=True)
    write("elementwise.json", elementwise())
    write("rows.json", rows())
