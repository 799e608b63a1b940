"""Coefficients of erf and erfc in src/js/math.ts, and of the four derivatives there that cross 0.

    python3 scripts/minimax/erfc.py        (mpmath 1.3; a second)

erf      erf(x) / x as a polynomial in x^2 on |x| <= 0.75.
erfc     (1 + 2 x) e^(x^2) erfc(x) as a polynomial in t = (x - K) / (x + K) on 0.75 <= x <= infinity; t maps the half
         line to a finite interval, and 1 + 2 x takes out the decay like 1 / x, so what is left is nearly flat.
roots    f'(x) / (x - r) as a polynomial in d = x - r about the root r of f', r in two doubles: beside r the terms of
         f' cancel, and float64 holds too few digits of the difference.

Each is interpolated at Chebyshev points in 60 digits, then written in powers. The error printed is that of the
polynomial with its coefficients rounded to float64, evaluated without rounding.
"""

from mpmath import cos, erf, erfc, exp, findroot, log1p, lu_solve, matrix, mp, mpf, pi, sqrt, tanh, taylor

mp.dps = 60
K = mpf(3)


def interpolate(f, low, high, degree):
    """Coefficients, lowest power first, of the polynomial that meets f at the Chebyshev points of [low, high]."""
    n = degree + 1
    points = [(low + high) / 2 + (high - low) / 2 * cos(pi * (2 * i + 1) / (2 * n)) for i in range(n)]
    powers = matrix(n, n)
    for i, point in enumerate(points):
        for j in range(n):
            powers[i, j] = point**j
    return list(lu_solve(powers, matrix([f(point) for point in points])))


def evaluate(coefficients, x):
    result = mpf(0)
    for c in reversed(coefficients):
        result = result * x + c
    return result


def show(name, f, low, high, degree):
    coefficients = [mpf(float(c)) for c in interpolate(f, low, high, degree)]
    samples = [low + (high - low) * (i + mpf(1) / 3) / 400 for i in range(400)]
    worst = max(abs(evaluate(coefficients, x) / f(x) - 1) for x in samples)
    print(f"{name}: degree {degree} on [{float(low):.4g}, {float(high):.4g}], relative error {float(worst):.1e}")
    for c in coefficients:
        print(f"  {float(c)!r},")
    print()


def erf_over_x(square):
    x = sqrt(square)
    return erf(x) / x if x else 2 / sqrt(pi)


def scaled_erfc(t):
    if t == 1:
        return 2 / sqrt(pi)
    x = K * (1 + t) / (1 - t)
    # Far out e^(x^2) has more digits than the working precision: the asymptotic series, which mpmath's erfc uses too.
    if x > 1000:
        total, term = mpf(0), mpf(1)
        for n in range(1, 30):
            total, term = total + term, -term * (2 * n - 1) / (2 * x * x)
        return (1 + 2 * x) * total / (x * sqrt(pi))
    return (1 + 2 * x) * exp(x * x) * erfc(x)


def sigmoid(x):
    return 1 / (1 + exp(-x))


def normal(x):
    return erfc(-x / sqrt(mpf(2))) / 2


DERIVATIVES = {
    "silu": (lambda x: x * sigmoid(x), mpf("-1.28")),
    "quickGelu": (lambda x: x * sigmoid(mpf("1.702") * x), mpf("-0.75")),
    "gelu": (lambda x: x * normal(x), mpf("-0.75")),
    "geluTanh": (lambda x: x / 2 * (1 + tanh(sqrt(2 / pi) * (x + mpf("0.044715") * x**3))), mpf("-0.75")),
    "mish": (lambda x: x * tanh(log1p(exp(x))), mpf("-1.19")),
}

if __name__ == "__main__":
    show("erf", erf_over_x, mpf(0), mpf("0.5625"), 10)
    show("erfc", scaled_erfc, (mpf("0.75") - K) / (mpf("0.75") + K), mpf(1), 19)
    for name, (f, guess) in DERIVATIVES.items():
        with mp.workdps(40):
            root = findroot(lambda x: mp.diff(f, x), guess)
            series = taylor(f, root, 8)
        high = float(root)
        print(f"{name}': root {high!r} + {float(root - mpf(high))!r}; minimum of {name} {float(f(root))!r}")
        for n in range(2, 6):
            print(f"  {float(series[n] * n)!r},")
        print(f"  (next term at d = 2^-11, relative: {float(abs(series[6] * 6 / series[2] / 2) * mpf(2) ** -44):.1e})")
        print()
