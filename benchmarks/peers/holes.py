"""Holes: 20 % of the known cells of new rows are hidden and filled.

A quarter of the rows is new, the others are trained on. RMSE of hidden numbers in standard deviations of the training
rows, over all columns together; share of hidden words that are right. KNNImputer and the mean have scikit-learn's own
settings; IterativeImputer sees a second copy of the training rows with 20 % hidden, without which it learns nothing
from rows without holes, one word less of each column, and at most 40 columns for each where there are more than 110.
"""
import math

import numpy as np

from .report import figure, mean, progress, table
from .table_data import HIDDEN, SECOND_HIDDEN, Absent, Encoded, Features, drawn, split, wide

TABLES = ["penguins", "cars", "Ozone", "HouseVotes84", "breast_cancer", "wide"]
SHARE = 0.2
SEEDS = 4  # of small tables, for each of others: their few words say little
SMALL = 1000  # rows
LEAST_WORDS = 10  # that are hidden, for a share of them


def cells_of(name, folder):
    if name == "wide":
        return wide()[0]
    cells = folder.read(name)
    if name == "cars":  # "1970-01-01", which imputers cannot read, becomes 1970
        cells.columns[cells.names.index("Year")] = [None if c is None else c[:4] for c in cells.column("Year")]
        return cells.without("Name")
    return cells


def peers():
    """Functions of training rows, of new rows and of a second copy's holes that fill the new ones."""
    try:
        from sklearn.experimental import enable_iterative_imputer  # noqa: F401
        from sklearn.impute import IterativeImputer, KNNImputer, SimpleImputer
    except ImportError:
        return {}

    def filler(make, reduced=False, copied=False):
        def fill(encoded, train, holed, copy):
            features = Features(encoded, train, reduced)
            known = features.of(train)
            fitted = np.vstack([known, features.of(np.where(copy, np.nan, train))]) if copied else known
            return features.cells(make(fitted.shape[1]).fit(fitted).transform(features.of(holed)))

        return fill

    def iterative(width):
        return IterativeImputer(max_iter=10, random_state=0, n_nearest_features=40 if width > 110 else None)

    return {
        "mean": filler(lambda width: SimpleImputer()),
        "KNNImputer": filler(lambda width: KNNImputer()),
        "IterativeImputer": filler(iterative, reduced=True, copied=True),
    }


def as_numbers(encoded, rows, names, fallback):
    """What ours wrote, in the columns that count; a cell that was left empty counts as the mean or an unknown word."""
    filled = np.empty((len(rows), len(encoded.kept)))
    for j, (name, words) in enumerate(zip(encoded.kept, encoded.words)):
        place = names.index(name)
        for i, row in enumerate(rows):
            cell = row[place]
            if words is None:
                filled[i, j] = float(cell) if cell else fallback[j]
            else:
                filled[i, j] = words.index(cell) if cell in words else -1
    return filled


def case(cells, seed, ours, others):
    """Yields method, RMSE and share of right words."""
    encoded = Encoded(cells)
    cells = cells.without(*(set(cells.names) - set(encoded.kept)))
    train, new = split(seed, cells.rows)
    hidden = (drawn(seed, HIDDEN, *encoded.cells.shape) < SHARE) & ~np.isnan(encoded.cells)
    x, truth, hidden = encoded.cells[train], encoded.cells[new], hidden[new]
    holed = np.where(hidden, np.nan, truth)
    features = Features(encoded, x)

    def judged(filled):
        numbers, words = hidden & encoded.numeric, hidden & ~encoded.numeric
        errors = ((filled - truth) / features.deviation)[numbers]
        rmse = math.sqrt((errors**2).mean()) if numbers.any() else math.nan
        return rmse, (filled == truth)[words].mean() if words.sum() >= LEAST_WORDS else math.nan

    rows = ours.use("impute", cells.at(train), cells.at(new).hiding(hidden))
    yield "ours", judged(as_numbers(encoded, rows, cells.names, features.mean))
    copy = drawn(seed, SECOND_HIDDEN, *x.shape) < SHARE
    for name, fill in others.items():
        yield name, judged(fill(encoded, x, holed, copy))


def run(folder, ours, repeats, tables=None):
    others = peers()
    names = ["ours", *others]
    rows, seconds = [], []
    for name in tables or TABLES:
        try:
            cells = cells_of(name, folder)
        except Absent as absent:
            progress(absent)
            continue
        found = {method: [] for method in names}
        for seed in range(1, repeats * (SEEDS if cells.rows < SMALL else 1) + 1):
            for method, result in case(cells, seed, ours, others):
                found[method].append(result)
            seconds.append(ours.seconds)
            progress("holes", name, *(f"{m} {found[m][-1][0]:.3f}/{found[m][-1][1]:.3f}" for m in names), f"{ours.seconds} s")
        rmse, right = ({m: mean([pair[i] for pair in found[m]]) for m in names} for i in (0, 1))
        if rmse["ours"] == rmse["ours"]:
            met = others and rmse["ours"] < rmse["KNNImputer"] and rmse["ours"] <= 1.05 * rmse["IterativeImputer"]
            best = min(rmse.values())
            rows.append([name, "RMSE", *(marked(rmse[m], best) for m in names), said(others, met)])
        if right["ours"] == right["ours"]:
            best = max(right.values())
            told = said(others, right["ours"] >= best)
            rows.append([name, "words right", *(marked(right[m], best) for m in names), told + ahead(found, right)])
    print(f"## Holes\n\nMean of {SEEDS * repeats} seeds, {repeats} of tables with {SMALL} rows or more; of words, how far ours is", end=" ")
    print("ahead of the best other, with the standard error of that.\nTarget: numbers better than KNNImputer and at most 5 % behind", end=" ")
    print(f"IterativeImputer; words best. Training took {mean(seconds):.1f} s of processor time.\n")
    table(["table", "measure", *names, "met"], rows)


def ahead(found, right):
    """How far ours is ahead of the best other, seed by seed."""
    if len(found) == 1 or len(found["ours"]) < 2:
        return ""
    other = max((m for m in right if m != "ours"), key=right.get)
    by = np.array([a[1] - b[1] for a, b in zip(found["ours"], found[other])])
    by = by[~np.isnan(by)]
    return f" ({by.mean():+.3f} ± {by.std(ddof=1) / math.sqrt(len(by)):.3f})"


def said(others, met):
    """Nothing is met where there is nobody to compare with."""
    return "-" if not others else "yes" if met else "no"


def marked(value, best):
    return f"**{figure(value)}**" if value == best else figure(value)
