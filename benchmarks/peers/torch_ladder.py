#!/usr/bin/env python3
"""The ladder network of Rasmus et al. (2015) in PyTorch on the CPU, by hand: what an epoch costs elsewhere.

784-1000-500-250-250-250-10, Gaussian combinators, 100 rows with labels and 100 without in a minibatch, Adam at 0.002.
Derivatives are autograd's, and also flow through the clean targets, as in the authors' program. Prints "key value"
lines, as the Java mains do. With --check it prints the costs of a small ladder without noise, in double precision, whose
parameters and rows are sines and cosines: the numbers of LadderCostTest.
"""
import argparse
import math
import time

import torch
from torch.nn import functional

from torch_da import examples

WIDTHS, WEIGHTS, NOISE, EPSILON = [784, 1000, 500, 250, 250, 250, 10], [1000, 10] + [0.1] * 5, 0.3, 1e-10
COMBINATOR = [0, 1, 0, 0, 0, 0, 1, 0, 0, 0]


def normalized(a):
    mean, variance = a.mean(0), a.var(0, unbiased=False)
    deviation = (variance + EPSILON).sqrt()
    return (a - mean) / deviation, mean, deviation


def combined(z, u, a):
    mean = a[0] * torch.sigmoid(a[1] * u + a[2]) + a[3] * u + a[4]
    trust = a[5] * torch.sigmoid(a[6] * u + a[7]) + a[8] * u + a[9]
    return (z - mean) * trust + mean


class Ladder:
    """Parameters in the order of the Java class: of each level weights, bias (and scale at the top), combinator, decoder."""

    def __init__(self, widths, weights, noise, parameter):
        self.weights, self.noise, self.top = weights, noise, len(widths) - 1
        self.w, self.bias, self.scale, self.a, self.v = {}, {}, {}, {}, {}
        for level, width in enumerate(widths):
            if level > 0:
                self.w[level] = parameter("w", widths[level - 1], width)
                affine = parameter("affine", 2 if level == self.top else 1, width)
                self.bias[level], self.scale[level] = affine[0], affine[1] if level == self.top else 1
            self.a[level] = parameter("combinator", len(COMBINATOR), width)
            if level < self.top:
                self.v[level] = parameter("v", widths[level + 1], width)

    def units(self, z, level):
        a = (z + self.bias[level]) * self.scale[level]
        return a if level == self.top else functional.relu(a)

    def noisy(self, z):
        return z + self.noise * torch.randn_like(z) if self.noise else z

    def costs(self, x, labelled, labels):
        h, clean, moments = x, {0: x}, {0: (0, 1)}
        both, corrupted = torch.cat([self.noisy(x), self.noisy(labelled)]), {0: None}
        corrupted[0] = both[: len(x)]
        for level in range(1, self.top + 1):
            clean[level], *moments[level] = normalized(h @ self.w[level])
            h = self.units(clean[level], level)
            sums = both @ self.w[level]
            z = self.noisy(torch.cat([normalized(sums[: len(x)])[0], normalized(sums[len(x) :])[0]]))
            corrupted[level] = z[: len(x)]
            both = self.units(z, level)
        supervised = functional.cross_entropy(both[len(x) :], labels)
        denoising, above = {}, both[: len(x)].softmax(1)
        for level in range(self.top, -1, -1):
            u = normalized(above if level == self.top else above @ self.v[level])[0]
            above = combined(corrupted[level], u, self.a[level])
            mean, deviation = moments[level]
            denoising[level] = (((above - mean) / deviation - clean[level]) ** 2).mean()
        return supervised, [denoising[level] for level in range(self.top + 1)]

    def total(self, *minibatch):
        supervised, denoising = self.costs(*minibatch)
        return supervised + sum(weight * cost for weight, cost in zip(self.weights, denoising))


def check():
    torch.set_default_dtype(torch.float64)
    count = 0

    def parameter(_, rows, columns):
        nonlocal count
        values = [0.7 * math.sin(count + i + 1) for i in range(rows * columns)]
        count += rows * columns
        return torch.tensor(values).reshape(rows, columns)

    ladder = Ladder([4, 3, 4, 3], [10, 3, 2, 1.5], 0, parameter)
    rows = torch.tensor([math.cos(i * i) for i in range(32)]).reshape(8, 4)
    supervised, denoising = ladder.costs(rows[:5], rows[5:], torch.arange(3))
    print("supervised", supervised.item(), "\ndenoising", [cost.item() for cost in denoising])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", help="folder with MNIST's files")
    parser.add_argument("--images", type=int, default=50000)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--threads", type=int, help="PyTorch's own choice if not given")
    parser.add_argument("--check", action="store_true", help="print the costs of a small ladder instead")
    arguments = parser.parse_args()
    if arguments.check:
        check()
        return
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    torch.manual_seed(1)
    images, labels = examples(arguments)
    parameters = []

    def parameter(kind, rows, columns):
        if kind in ("w", "v"):
            values = torch.randn(rows, columns) / rows**0.5
        elif kind == "affine":
            values = torch.tensor([0.0, 1.0][:rows]).reshape(rows, 1).repeat(1, columns)
        else:
            values = torch.tensor(COMBINATOR, dtype=torch.float32).reshape(rows, 1).repeat(1, columns)
        parameters.append(values.requires_grad_())
        return values

    ladder = Ladder(WIDTHS, WEIGHTS, NOISE, parameter)
    adam = torch.optim.Adam(parameters, 0.002)
    print(f"threads {torch.get_num_threads()}\nimages {len(images)}", flush=True)
    for epoch in range(arguments.epochs):
        start, cpu, losses = time.perf_counter(), time.process_time(), []
        for i in range(0, len(images), 100):
            adam.zero_grad()
            loss = ladder.total(images[i : i + 100], images[:100], labels[:100])
            loss.backward()
            adam.step()
            losses.append(loss.item())
        print(f"epoch.{epoch}.seconds {time.perf_counter() - start:.6g}")
        print(f"epoch.{epoch}.cpu.seconds {time.process_time() - cpu:.6g}")
        print(f"epoch.{epoch}.loss {sum(losses) / len(losses):.6g}", flush=True)


if __name__ == "__main__":
    main()
