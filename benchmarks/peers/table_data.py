"""Tables as numbers, where they come from, and draws that are the same in every language and release.

Whatever is drawn is a number in [0, 1) that follows from (seed, stream, row, column) alone, by SplitMix64:
    mix(z): z += 9E3779B97F4A7C15; z = (z ^ z>>>30) BF58476D1CE4E5B9; z = (z ^ z>>>27) 94D049BB133111EB; z ^ z>>>31
    mix(mix(mix(mix(seed) ^ stream) ^ row) ^ column) >>> 11, divided by 2^53.
"""
import csv
import gzip
import math

import numpy as np

MISSING = {"", "NA", "?"}
MOST_WORDS = 40
TEST_SHARE = 0.25
TEST, HIDDEN, SECOND_HIDDEN, LABELLED = 1, 2, 3, 5  # streams

SOURCES = """\
breast_cancer, digits, wine: scikit-learn, from which they are taken where the folder has none (label: last column)
penguins, movies, cars: npm's vega-datasets (penguins and movies as CSV; cars.json as CSV)
HouseVotes84, LetterRecognition, Ozone, Satellite, Soybean and others: R's mlbench, by write.csv(..., row.names = FALSE)"""


class Absent(Exception):
    """A table that is neither in the folder nor in scikit-learn."""


def mix(z):
    with np.errstate(over="ignore"):
        z = np.asarray(z, np.uint64) + np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


def drawn(seed, stream, rows, columns=1):
    """Uniform numbers [rows, columns]."""
    key = mix(mix(np.uint64(seed)) ^ np.uint64(stream))
    row = mix(key ^ np.arange(rows, dtype=np.uint64))
    return (mix(row[:, None] ^ np.arange(columns, dtype=np.uint64)) >> np.uint64(11)).astype(float) / 2.0**53


def bells(seed, stream, rows, columns):
    """Normal numbers [rows, columns], by Box and Muller."""
    radius = np.sqrt(-2 * np.log(1 - drawn(seed, stream, rows, columns)))
    return radius * np.cos(2 * np.pi * drawn(seed, stream + 1, rows, columns))


class Cells:
    """A table: names, and for each column cells as text, None where missing."""

    def __init__(self, names, columns):
        self.names, self.columns = list(names), [list(column) for column in columns]
        self.rows = len(self.columns[0])

    def without(self, *names):
        kept = [i for i, name in enumerate(self.names) if name not in names]
        return Cells([self.names[i] for i in kept], [self.columns[i] for i in kept])

    def column(self, name):
        return self.columns[self.names.index(name)]

    def at(self, rows):
        return Cells(self.names, [[column[row] for row in rows] for column in self.columns])

    def hiding(self, hidden):
        """Without the cells where hidden [rows, columns] is true."""
        columns = enumerate(self.columns)
        return Cells(self.names, [[None if hidden[i, j] else c for i, c in enumerate(cells)] for j, cells in columns])

    def write(self, file, label=None, labels=None):
        with open(file, "w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(self.names + ([label] if label else []))
            for row in zip(*self.columns, *([labels] if label else [])):
                writer.writerow(["" if cell is None else cell for cell in row])


class Folder:
    """The tables of a folder; three of them scikit-learn has as well."""

    def __init__(self, path):
        self.path = path

    def read(self, name):
        for suffix in (".csv", ".csv.gz"):
            file = self.path / (name + suffix)
            if file.exists():
                return read_csv(file)
        return from_scikit_learn(name)


def read_csv(file):
    with (gzip.open if file.suffix == ".gz" else open)(file, "rt", encoding="utf-8-sig", newline="") as text:
        names, *rows = csv.reader(text)
    columns = [[None if cell.strip() in MISSING else cell.strip() for cell in column] for column in zip(*rows)]
    return Cells(names, columns)


def from_scikit_learn(name):
    try:
        from sklearn import datasets
    except ImportError:
        raise Absent(f"{name}.csv is missing") from None
    if name not in ("breast_cancer", "digits", "wine"):
        raise Absent(f"{name}.csv is missing")
    data = getattr(datasets, "load_" + name)()
    names = [str(each) for each in data.feature_names] + ["label"]
    return Cells(names, [[repr(float(v)) for v in column] for column in data.data.T] + [[str(v) for v in data.target]])


def is_number(cell):
    try:
        return math.isfinite(float(cell))
    except ValueError:
        return False


class Encoded:
    """Cells as numbers [rows, columns]: numbers, or places of sorted words; NaN where missing.

    Columns with one word, or with more than 40 that are no numbers, are left out; two words are words.
    """

    def __init__(self, cells):
        self.kept, self.words, columns = [], [], []
        for name, column in zip(cells.names, cells.columns):
            words = sorted({cell for cell in column if cell is not None})
            numeric = len(words) > 2 and all(map(is_number, words))
            if len(words) < 2 or not numeric and len(words) > MOST_WORDS:
                continue
            place = {word: i for i, word in enumerate(words)}
            columns.append([np.nan if c is None else float(c) if numeric else place[c] for c in column])
            self.kept.append(name)
            self.words.append(None if numeric else words)
        self.numeric = np.array([words is None for words in self.words])
        self.cells = np.array(columns, float).T


class Features:
    """Numbers standardised by the rows fitted to; k words as k features, or as the first k - 1."""

    def __init__(self, encoded, fitted, reduced=False):
        self.words, self.reduced = encoded.words, reduced
        self.mean, self.deviation = np.zeros(len(self.words)), np.ones(len(self.words))
        for j in np.where(encoded.numeric)[0]:
            known = fitted[~np.isnan(fitted[:, j]), j]
            self.mean[j], self.deviation[j] = known.mean(), known.std() or 1

    def of(self, cells):
        blocks = []
        for j, words in enumerate(self.words):
            cell = cells[:, j : j + 1]
            if words is None:
                blocks.append((cell - self.mean[j]) / self.deviation[j])
            else:
                block = (cell == np.arange(len(words) - self.reduced)).astype(float)
                blocks.append(np.where(np.isnan(cell), np.nan, block))
        return np.hstack(blocks)

    def cells(self, features):
        columns, at = [], 0
        for j, words in enumerate(self.words):
            width = 1 if words is None else len(words) - self.reduced
            block, at = features[:, at : at + width], at + width
            if words is None:
                columns.append(block[:, 0] * self.deviation[j] + self.mean[j])
            else:
                rest = 1 - block.sum(1, keepdims=True)
                columns.append((np.hstack([block, rest]) if self.reduced else block).argmax(1))
        return np.stack(columns, 1)


def wide():
    """1,000 rows of 200 numbers that follow from 20 causes, half of them bent, with noise; and a class of two.

    The class is whether the first cause times the second plus the third is positive.
    """
    causes = bells(7, 101, 1000, 20)
    values = causes @ (bells(7, 103, 20, 200) / math.sqrt(20))
    values[:, ::2] = np.tanh(2 * values[:, ::2])
    values += 0.6 * bells(7, 105, 1000, 200)
    cells = Cells([f"x{j}" for j in range(200)], [[f"{v:.6f}" for v in column] for column in values.T])
    return cells, ["yes" if up else "no" for up in causes[:, 0] * causes[:, 1] + causes[:, 2] > 0]


def split(seed, rows):
    """Rows to train on and rows to test on: a quarter."""
    test = drawn(seed, TEST, rows)[:, 0] < TEST_SHARE
    return np.where(~test)[0], np.where(test)[0]
