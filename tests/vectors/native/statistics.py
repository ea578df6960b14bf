"""Makes statistics.json: the figures of two proportions by mpmath with 60 digits, held against scipy and statsmodels.

    python3 -m venv /some/where && /some/where/bin/pip install mpmath scipy statsmodels
    /some/where/bin/python tests/vectors/native/statistics.py > tests/vectors/native/statistics.json
"""

import json
from mpmath import mp, mpf, sqrt, erfc, erfinv
from scipy.stats import norm
from statsmodels.stats.proportion import proportion_confint, proportions_ztest

mp.dps = 60
Z_95 = sqrt(mpf(2)) * erfinv(mpf("0.95"))

# (converted, exposed) of the variant and of the control.
PAIRS = [
    ((30, 240), (50, 612)), ((1, 2), (1, 3)), ((0, 10), (3, 10)), ((10, 10), (3, 10)), ((5, 100), (5, 100)),
    ((120, 1000), (100, 1000)), ((1201, 10000), (1200, 10000)), ((500, 1000), (100, 1000)), ((999, 1000), (1, 1000)),
    ((3, 1000000), (1, 1000000)), ((50123, 1000000), (50000, 1000000)), ((2147483647, 4294967295), (2147480000, 4294967295)),
    ((1, 1000000), (999999, 1000000)), ((13, 17), (1000, 2000)), ((60, 100), (4, 100)), ((7, 50), (1, 49)), ((130, 700), (90, 710)),
    ((700, 1000), (680, 1003)), ((12, 5000), (40, 5000)), ((1, 1), (0, 1)), ((2000, 10000), (1000, 10000)), ((420, 10000), (360, 10000)),
]


def wilson(x, n):
    p, z = mpf(x) / n, Z_95
    middle = p + z * z / (2 * n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * mpf(n) ** 2))
    low, high = (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)
    return (mpf(0) if x == 0 else low), (mpf(1) if x == n else high)


def figures(one, other):
    (x1, n1), (x2, n2) = one, other
    rate1, rate2 = mpf(x1) / n1, mpf(x2) / n2
    pooled = mpf(x1 + x2) / (n1 + n2)
    z = (rate1 - rate2) / sqrt(pooled * (1 - pooled) * (mpf(1) / n1 + mpf(1) / n2))
    p = erfc(abs(z) / sqrt(mpf(2)))
    low, high = wilson(x1, n1)
    # The same by others, as well as they can.
    z_other, p_other = proportions_ztest([x1, x2], [n1, n2])
    assert abs(z - z_other) <= 1e-8 * max(1, abs(z)), (one, other)
    assert p < 1e-200 or abs(p / mpf(2 * norm.sf(abs(float(z)))) - 1) < 1e-9, (one, other)
    low_other, high_other = proportion_confint(x1, n1, method="wilson")
    assert abs(low - low_other) < 1e-9 and abs(high - high_other) < 1e-9, (one, other)
    relative = None if x2 == 0 else (rate1 - rate2) / rate2
    named = dict(rate=rate1, low=low, high=high, absolute=rate1 - rate2, relative=relative, z=z, p=p)
    return {name: None if value is None else float(value) for name, value in named.items()}


def case(one, other):
    (x1, n1), (x2, n2) = one, other
    name = f"{x1} of {n1} against {x2} of {n2}"
    source = "D: Which statistics are these?"
    given = {"one": list(one), "other": list(other)}
    return {"name": name, "source": source, "check": "proportions", "input": given, "expect": {"near": figures(one, other)}}


NOTHING = dict(rate=None, low=None, high=None, absolute=None, relative=None, z=None, p=None)
EDGES = [
    ("no exposures have no figure", (0, 0), (0, 0), {}),
    ("a variant without exposures has none", (0, 0), (3, 10), {}),
    ("nobody converts: there is no z", (0, 10), (0, 20), dict(rate=0, low=0, high=float(wilson(0, 10)[1]), absolute=0)),
    ("everybody converts: there is no z", (10, 10), (20, 20), dict(rate=1, low=float(wilson(10, 10)[0]), high=1, absolute=0, relative=0)),
    ("more conversions than exposures have a rate and no interval", (30, 20), (10, 20), dict(rate=1.5, absolute=1, relative=2)),
]


def edge(name, one, other, figures):
    source = "D: When does a figure not exist?"
    return {"name": name, "source": source, "check": "proportions", "input": {"one": list(one), "other": list(other)},
            "expect": {"near": {**NOTHING, **figures}}}


if __name__ == "__main__":
    cases = [case(*pair) for pair in PAIRS] + [edge(*row) for row in EDGES]
    print('{ "about": "Two proportions, to 1e-12: made by statistics.py",\n  "cases": [')
    print(",\n".join("  " + json.dumps(case) for case in cases))
    print("] }")
