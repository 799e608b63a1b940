"""Coefficients of the exponential in assembly/math/exp.ts and assembly/math/wide.ts, and of the other functions in the latter.

    python3 scripts/minimax/exp.py        (mpmath 1.3; a few seconds)

exp      e^r = 1 + r + r^2 p(r) on |r| <= ln 2 / 2: p minimax for the relative error of e^r (Remez), degree 4 for float32.
         In float64, degree 5, the weight is that of e^r - 1.
log1p    ln(1 + e) = 2 s (1 + s^2 q(s^2)), s = e / (2 + e), for 0 <= e <= 1: q minimax for the relative error.
sine     sin r = r + r^3 p(r^2) on |r| <= pi / 2: p minimax for the relative error.
erfc     (1 + 2 u) e^(u^2) erfc(u), u >= 0, as a polynomial in t = (u - 2) / (u + 2), which maps the half line to [-1, 1]:
         minimax for the relative error.

The error printed is that of the polynomial with its coefficients rounded, evaluated without rounding.
"""

import struct

from mpmath import atanh, cos, erfc, exp, log, lu_solve, matrix, mp, mpf, pi, sin, sqrt

mp.dps = 40


def single(c):
    return mpf(struct.unpack("f", struct.pack("f", float(c)))[0])


def double(c):
    return mpf(float(c))


def evaluate(coefficients, x):
    result = mpf(0)
    for c in reversed(coefficients):
        result = result * x + c
    return result


def remez(f, weight, low, high, degree):
    """The polynomial for which weight (p - f) has equal extremes of alternating sign on [low, high]."""
    n = degree + 2
    points = [(low + high) / 2 - (high - low) / 2 * cos(pi * (2 * i + 1) / (2 * n)) for i in range(n)]
    grid = [low + (high - low) * (1 - cos(pi * i / 1000)) / 2 for i in range(1001)]
    values = {x: (f(x), weight(x)) for x in grid}
    for _ in range(10):
        a, b = matrix(n, n), matrix(n, 1)
        for i, x in enumerate(points):
            fx, w = values.get(x) or (f(x), weight(x))
            for k in range(degree + 1):
                a[i, k] = x**k
            a[i, n - 1] = (-1) ** i / w
            b[i] = fx
        coefficients = list(lu_solve(a, b))[:-1]
        # One extreme of each run of equal sign.
        runs = []
        for x in grid:
            error = values[x][1] * (evaluate(coefficients, x) - values[x][0])
            if runs and (runs[-1][0] > 0) == (error > 0):
                runs[-1] = max(runs[-1], (error, x), key=lambda run: abs(run[0]))
            else:
                runs.append((error, x))
        if len(runs) < n:
            break
        while len(runs) > n:
            runs.pop(0 if abs(runs[0][0]) < abs(runs[-1][0]) else -1)
        points = [x for _, x in runs]
    return coefficients


def show(name, f, weight, low, high, degree, rounded):
    coefficients = [rounded(c) for c in remez(f, weight, low, high, degree)]
    samples = [low + (high - low) * (i + mpf(1) / 3) / 1000 for i in range(1000)]
    worst = max(abs(weight(x) * (evaluate(coefficients, x) - f(x))) for x in samples)
    print(f"{name}: degree {degree} on [{float(low):.4g}, {float(high):.4g}], relative error 2^{float(log(worst, 2)):.1f}")
    for c in coefficients:
        print(f"  {float(c)!r},")
    print()


def tail(r):
    if abs(r) < mpf("1e-8"):
        return mpf(1) / 2 + r / 6
    return (exp(r) - 1 - r) / r**2


def atanh_tail(square):
    if square < mpf("1e-12"):
        return mpf(1) / 3 + square / 5
    s = sqrt(square)
    return (atanh(s) / s - 1) / square


def sine_tail(square):
    if square < mpf("1e-12"):
        return -mpf(1) / 6 + square / 120
    r = sqrt(square)
    return (sin(r) / r - 1) / square


def scaled_erfc(t):
    if t > 1 - mpf("1e-3"):
        # Asymptotic: 1 / (u sqrt pi) (1 - 1 / (2 u^2) + 3 / (4 u^4)).
        v = (1 - t) / (2 * (1 + t))
        return (v + 2) / sqrt(pi) * (1 - v**2 / 2 + 3 * v**4 / 4 - 15 * v**6 / 8)
    u = 2 * (1 + t) / (1 - t)
    if u > 30:
        v = 1 / u
        return (v + 2) / sqrt(pi) * (1 - v**2 / 2 + 3 * v**4 / 4 - 15 * v**6 / 8 + 105 * v**8 / 16 - 945 * v**10 / 32)
    return (1 + 2 * u) * exp(u * u) * erfc(u)


if __name__ == "__main__":
    half = log(2) / 2 * mpf("1.0005")
    show("exp, float32", tail, lambda r: (r**2 + mpf("1e-6")) / exp(r), -half, half, 4, single)
    show("exp, float64", tail, lambda r: abs(r) + mpf("1e-3"), -half, half, 5, double)
    show("exp, float64 throughout", tail, lambda r: (r**2 + mpf("1e-6")) / exp(r), -half, half, 8, double)
    show("log1p", atanh_tail, lambda z: z + mpf("1e-3"), mpf(0), mpf(1) / 9, 4, double)
    show("sine", sine_tail, lambda z: z + mpf("1e-3"), mpf(0), (pi / 2 * mpf("1.0001")) ** 2, 4, double)
    show("erfc", scaled_erfc, lambda t: 1 / scaled_erfc(t), mpf(-1), mpf(1), 14, double)
