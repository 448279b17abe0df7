"""Few labels: 5 % of the training rows have one, at least one of each class; the others are there without.

A quarter of the rows is tested on. Logistic regression (columns standardised) and the random forest (300 trees) learn the labelled
rows, label spreading (7 nearest, alpha 0.2) those and at most 5,000 of the others.
"""
import math

import numpy as np

from .codes import labelled, raw, standardised
from .holes import marked
from .report import mean, progress, table
from .table_data import LABELLED, Absent, drawn, split

LABELS = {"digits": "label", "Satellite": "classes", "LetterRecognition": "lettr"}
SHARE = 0.05
MOST_UNLABELLED = 5000


def peers():
    """Functions of features, of classes, of labelled and of other rows, and of rows to tell."""
    try:
        from sklearn.ensemble import RandomForestClassifier
        from sklearn.linear_model import LogisticRegression
        from sklearn.semi_supervised import LabelSpreading
    except ImportError:
        return {}

    def logistic(x, classes, own, others, test):
        x = standardised(x, own)
        return LogisticRegression(max_iter=1000).fit(x[own], classes[own]).predict(x[test])

    def forest(x, classes, own, others, test):
        return RandomForestClassifier(300, random_state=0).fit(x[own], classes[own]).predict(x[test])

    def spreading(x, classes, own, others, test):
        names, numbers = np.unique(classes, return_inverse=True)
        rows = np.concatenate([own, others[:MOST_UNLABELLED]])
        known = np.concatenate([numbers[own], np.full(len(rows) - len(own), -1)])
        model = LabelSpreading(kernel="knn", n_neighbors=7, alpha=0.2, max_iter=100).fit(x[rows], known)
        return names[model.predict(x[test])]

    return {"logistic regression": logistic, "random forest": forest, "label spreading": spreading}


def rows_with_labels(classes, seed):
    """Rows with labels, rows without, rows to test on."""
    train, test = split(seed, len(classes))
    order = drawn(seed, LABELLED, len(classes))[:, 0]
    train = train[np.argsort(order[train], kind="stable")]
    own = []
    for label in np.unique(classes):
        rows = train[classes[train] == label]
        own.extend(rows[: max(1, math.floor(SHARE * len(rows) + 0.5))])
    return np.sort(own), np.setdiff1d(train, own), test


def run(folder, ours, repeats, labels=LABELS):
    others = peers()
    names = ["ours", "ladder", *others]
    rows, seconds = [], {"ours": [], "ladder": []}
    for name in labels:
        try:
            cells, classes = labelled(name, folder, labels)
        except Absent as absent:
            progress(absent)
            continue
        classes = np.array(classes)
        found = {method: [] for method in names}
        for seed in range(1, repeats + 1):
            own, without, test = rows_with_labels(classes, seed)
            train = np.sort(np.concatenate([own, without]))
            known = set(own)
            some = [classes[i] if i in known else "" for i in train]
            for method, task in (("ours", "predict"), ("ladder", "ladder")):
                told = ours.use(task, cells.at(train), cells.at(test), "label", some)
                found[method].append(np.mean([row[0] for row in told] == classes[test]))
                seconds[method].append(ours.seconds)
            x = raw(cells, train)
            for method, tell in others.items():
                found[method].append(np.mean(tell(x, classes, own, without, test) == classes[test]))
            progress("few", name, len(own), *(f"{m} {found[m][-1]:.3f}" for m in names), f"{seconds['ours'][-1]} and {ours.seconds} s")
        of = {method: mean(values) for method, values in found.items()}
        best = max(of.values())
        rows.append([name, len(own), *(marked(of[m], best) for m in names)])
    took = " and ".join(f"{mean(times):.1f} s ({method})" for method, times in seconds.items() if times)
    print(f"## Few labels\n\nAccuracy with 5 % of the labels, mean of {repeats} seeds. Training took {took} of processor time.\n")
    table(["table", "labels", *names], rows)
    if not others:
        print("Peers are left out: scikit-learn is missing.\n")
