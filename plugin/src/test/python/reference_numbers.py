"""Writes reference.properties: score and gradients of a denoising autoencoder, from the definitions alone.

Gradients are complex-step derivatives, Im f(w + ih) / h, which are exact to machine precision and need no
hand-derived formula. Run: python3 reference_numbers.py > ../resources/io/github/dae4j/layer/reference.properties
"""

import numpy as np

X = np.array([[0.0, 0.25, 1.0], [0.9, 0.5, 0.1], [0.3, 0.8, 0.6]])
TOUCHED = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 1.0], [0.0, 0.0, 0.0]])
CORRUPTED = np.where(TOUCHED == 1, 0.0, X)
ALPHA, BETA = 2.0, 0.5
PARAMS = {
    "W": np.array([[0.5, -0.3], [0.1, 0.8], [-0.7, 0.2]]),
    "b": np.array([0.1, -0.2]),
    "vb": np.array([0.05, -0.1, 0.3]),
    "vW": np.array([[0.4, -0.6, 0.9], [-0.2, 0.7, 0.15]]),
}


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def cross_entropy(x, a):
    z = sigmoid(a)
    return -x * np.log(z) - (1 - x) * np.log(1 - z)


def squared_error(x, a):
    return (x - a) ** 2


def total(p, tied, encoder, loss):
    """The loss summed over the minibatch; the score is its mean."""
    code = encoder(CORRUPTED @ p["W"] + p["b"])
    a = code @ (p["W"].T if tied else p["vW"]) + p["vb"]
    return np.sum(np.where(TOUCHED == 1, ALPHA, BETA) * loss(X, a))


def gradient(key, *case):
    h = 1e-30
    result = np.zeros(PARAMS[key].shape)
    for i in np.ndindex(result.shape):
        p = {k: v.astype(complex) for k, v in PARAMS.items()}
        p[key][i] += 1j * h
        result[i] = total(p, *case).imag / h
    return result


def write(key, values):
    print(f"{key} = {', '.join(repr(float(v)) for v in np.ravel(values))}")


print(f"# Written by src/test/python/reference_numbers.py with NumPy {np.__version__}; matrices row by row.")
for name, array in {"x": X, "corrupted": CORRUPTED, "touched": TOUCHED, **PARAMS}.items():
    write(name, array)
write("emphasis", [ALPHA, BETA])
for name, encoder, loss in (("crossEntropy", sigmoid, cross_entropy), ("squaredError", np.tanh, squared_error)):
    for tied in (True, False):
        case = f"{name}.{'tied' if tied else 'untied'}"
        write(f"{case}.score", total(PARAMS, tied, encoder, loss) / len(X))
        for key in ("W", "b", "vb") if tied else PARAMS:
            write(f"{case}.{key}", gradient(key, tied, encoder, loss))
