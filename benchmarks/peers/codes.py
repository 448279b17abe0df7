"""Codes: logistic regression on codes, on columns, and on both.

A quarter of the rows is tested on. The model learns the others without labels; the regression (scikit-learn's own
settings, 1,000 iterations, all its columns standardised) learns the first 5,000 of them. Missing numbers are means, missing
words shares, where columns are used raw.
"""
import numpy as np

from .holes import cells_of, marked
from .report import mean, progress, table
from .table_data import Absent, Encoded, Features, split, wide

LABELS = {
    "LetterRecognition": "lettr",
    "Satellite": "classes",
    "wide": None,
    "cars": "Origin",
    "penguins": "Species",
    "breast_cancer": "label",
    "movies": "MPAA Rating",
}
MOST_ROWS = 5000
LEAST_OF_CLASS = 20


def labelled(name, folder, labels=LABELS):
    """Cells without the label, and the class of each row."""
    if name == "wide":
        return wide()
    cells = cells_of(name, folder)
    label = labels[name]
    classes = cells.column(label)
    common = {c for c in set(classes) - {None} if classes.count(c) >= LEAST_OF_CLASS}
    rows = [i for i, c in enumerate(classes) if c in common]
    return cells.at(rows).without(label), [classes[i] for i in rows]


def raw(cells, fitted):
    """Features of all rows without holes."""
    encoded = Encoded(cells)
    x = Features(encoded, encoded.cells[fitted]).of(encoded.cells)
    with np.errstate(invalid="ignore"):
        return np.where(np.isnan(x), np.nanmean(x[fitted], 0), x)


def standardised(x, fitted):
    return (x - x[fitted].mean(0)) / (x[fitted].std(0) + 1e-6)


def case(cells, classes, seed, ours):
    from sklearn.linear_model import LogisticRegression

    classes = np.array(classes)
    train, test = split(seed, cells.rows)
    fitted = train[:MOST_ROWS]
    codes = np.array(ours.use("encode", cells.at(train), cells), np.float32).astype(float)
    columns = raw(cells, train)
    for name, x in (("codes", codes), ("columns", columns), ("both", np.hstack([columns, codes]))):
        x = standardised(x, fitted)
        model = LogisticRegression(max_iter=1000).fit(x[fitted], classes[fitted])
        yield name, model.score(x[test], classes[test])


def run(folder, ours, repeats, labels=LABELS):
    try:
        import sklearn  # noqa: F401
    except ImportError:
        print("## Codes\n\nLeft out: logistic regression is scikit-learn's, which is missing.\n")
        return
    rows, seconds = [], []
    names = ["codes", "columns", "both"]
    for name in labels:
        try:
            cells, classes = labelled(name, folder, labels)
        except Absent as absent:
            progress(absent)
            continue
        found = {method: [] for method in names}
        for seed in range(1, repeats + 1):
            for method, accuracy in case(cells, classes, seed, ours):
                found[method].append(accuracy)
            seconds.append(ours.seconds)
            progress("codes", name, *(f"{m} {found[m][-1]:.3f}" for m in names), f"{ours.seconds} s")
        of = {method: mean(values) for method, values in found.items()}
        best = max(of.values())
        rows.append([name, len(set(classes)), *(marked(of[m], best) for m in names)])
    print(f"## Codes\n\nAccuracy of logistic regression, mean of {repeats} seeds. Training took", end=" ")
    print(f"{mean(seconds):.1f} s of processor time.\n")
    table(["table", "classes", "on codes", "on columns", "on both"], rows)
