#!/usr/bin/env python3
"""The tutorials' denoising autoencoder in PyTorch on the CPU, by hand and in place: what there is to be measured against.

One layer, tied, sigmoid, cross-entropy, masking 0.3, SGD 0.1; with --tuning, supervised training of pixels-H-H-H-10
(sigmoid, softmax, SGD 0.1) instead. Prints "key value" lines, as the Java mains do. Without --data the images are random,
a fifth of their cells not 0, as MNIST's are.
"""
import argparse
import gzip
import os
import time

import numpy
import torch
from torch.nn import functional

PIXELS, CLASSES, RATE, LEVEL = 784, 10, 0.1, 0.3


def options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", help="folder with MNIST's files")
    parser.add_argument("--images", type=int, default=50000)
    parser.add_argument("--batch", type=int, default=20)
    parser.add_argument("--hidden", type=int, default=500)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--threads", type=int, help="PyTorch's own choice if not given")
    parser.add_argument("--loss", action="store_true", help="compute and print the training loss")
    parser.add_argument("--swap", action="store_true", help="swap corruption instead of masking")
    parser.add_argument("--emphasis", action="store_true", help="untouched cells count half in the loss")
    parser.add_argument("--tuning", action="store_true", help="fine-tune three layers instead")
    return parser.parse_args()


def idx_bytes(folder, name, header):
    """The values of one of MNIST's files, gzipped or not."""
    path = os.path.join(folder, name)
    opened = gzip.open(path + ".gz") if os.path.exists(path + ".gz") else open(path, "rb")
    with opened as file:
        return numpy.frombuffer(file.read(), numpy.uint8, offset=header)


def examples(arguments):
    """Images [n, PIXELS] in [0, 1], and their classes [n]."""
    n = arguments.images
    if arguments.data:
        grey = idx_bytes(arguments.data, "train-images-idx3-ubyte", 16).reshape(-1, PIXELS)[:n]
        labels = idx_bytes(arguments.data, "train-labels-idx1-ubyte", 8)[:n]
        return torch.from_numpy(grey.astype(numpy.float32) / 255), torch.from_numpy(labels.astype(numpy.int64))
    x = torch.rand(n, PIXELS)
    return x * (torch.rand(n, PIXELS) < 0.2), torch.randint(CLASSES, (n,))


def weights(rows, columns):
    """Uniform, as the tutorials draw them for sigmoids."""
    bound = 4 * (6 / (rows + columns)) ** 0.5
    return torch.empty(rows, columns).uniform_(-bound, bound)


class Autoencoder:
    """One step of denoising: every array that can be is written in place."""

    def __init__(self, hidden, loss, swap=False, emphasis=False):
        self.w = weights(PIXELS, hidden)
        self.b = torch.zeros(hidden)
        self.vb = torch.zeros(PIXELS)
        self.loss = loss
        self.swap = swap
        self.emphasis = emphasis

    def step(self, x, _):
        kept = torch.rand_like(x) > LEVEL
        if self.swap:
            others = x.gather(0, torch.randint(len(x), x.shape))
            corrupted = torch.where(kept, x, others)
        else:
            corrupted = x * kept.float()
        code = torch.addmm(self.b, corrupted, self.w).sigmoid_()
        a = torch.addmm(self.vb, code, self.w.t())
        if self.emphasis:
            cells = 1 - 0.5 * kept.float()
            loss = ((functional.softplus(a) - a * x) * cells).sum().item() / len(x) if self.loss else float("nan")
            da = a.sigmoid_().sub_(x).mul_(cells).mul_(RATE / len(x))
        else:
            loss = (functional.softplus(a).sum() - (a * x).sum()).item() / len(x) if self.loss else float("nan")
            da = a.sigmoid_().sub_(x).mul_(RATE / len(x))
        dcode = (da @ self.w).mul_(code).mul_(1 - code)
        self.w.addmm_(corrupted.t(), dcode, alpha=-1)
        self.w.addmm_(da.t(), code, alpha=-1)
        self.b.sub_(dcode.sum(0))
        self.vb.sub_(da.sum(0))
        return loss


class Classifier:
    """One step of supervised training, the update written by the products."""

    def __init__(self, hidden, loss):
        widths = [PIXELS, hidden, hidden, hidden]
        self.w = [weights(*pair) for pair in zip(widths, widths[1:])] + [torch.zeros(hidden, CLASSES)]
        self.b = [torch.zeros(w.shape[1]) for w in self.w]
        self.loss = loss

    def step(self, x, labels):
        activations = [x]
        for w, b in zip(self.w[:-1], self.b[:-1]):
            activations.append(torch.addmm(b, activations[-1], w).sigmoid_())
        scores = torch.addmm(self.b[-1], activations[-1], self.w[-1]).log_softmax(1)
        loss = functional.nll_loss(scores, labels).item() if self.loss else float("nan")
        delta = scores.exp_()
        delta[torch.arange(len(x)), labels] -= 1
        delta.mul_(RATE / len(x))
        for level in reversed(range(len(self.w))):
            y = activations[level]
            below = (delta @ self.w[level].t()).mul_(y).mul_(1 - y) if level else None
            self.w[level].addmm_(y.t(), delta, alpha=-1)
            self.b[level].sub_(delta.sum(0))
            delta = below
        return loss


def peak_memory():
    """MiB resident at most, where Linux tells."""
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))
    except OSError:
        return float("nan")


def main():
    arguments = options()
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    torch.manual_seed(1)
    images, labels = examples(arguments)
    if arguments.tuning:
        model = Classifier(arguments.hidden, arguments.loss)
    else:
        model = Autoencoder(arguments.hidden, arguments.loss, arguments.swap, arguments.emphasis)
    print(f"threads {torch.get_num_threads()}\nimages {len(images)}", flush=True)
    with torch.no_grad():
        for epoch in range(arguments.epochs):
            start, losses = time.perf_counter(), []
            for i in range(0, len(images), arguments.batch):
                losses.append(model.step(images[i : i + arguments.batch], labels[i : i + arguments.batch]))
            seconds = time.perf_counter() - start
            print(f"epoch.{epoch}.seconds {seconds:.6g}\nepoch.{epoch}.loss {sum(losses) / len(losses):.6g}", flush=True)
    print(f"peak.rss.mib {peak_memory():.6g}")


if __name__ == "__main__":
    main()
