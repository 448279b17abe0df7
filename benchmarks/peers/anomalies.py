"""Anomalies: ROC-AUC of five protocols, and the share of new normal rows that the threshold for 1 % flags.

The place of a row in its class counts; a fold leaves every third row of a class out of training. Peers see
standardised columns and have scikit-learn's own settings, but for LOF (novelty=True) and MLPRegressor, which is an
autoencoder here (one hidden layer of half as many tanh units as columns, 2,000 iterations).
"""
import numpy as np

from .report import figure, mean, progress, table
from .table_data import Absent, Cells

FOLDS = 3
TARGETS = {"benign": 0.955, "contaminated": 0.92, "digits": 0.88, "planted": 0.90, "wine": 0.955}
MEANING = {
    "benign": "breast_cancer, trained on benign rows; the malignant ones are the anomalies",
    "contaminated": "the same with malignant rows among those trained on, 10 %",
    "digits": "each digit in turn is left out of training and is the anomaly",
    "planted": "1,000 made-up rows of 12 columns; in a quarter of 1,000 new rows one cell is another row's",
    "wine": "each class of wine in turn is left out of training and is the anomaly",
}


class Lcg:
    """state = 6364136223846793005 state + 1442695040888963407, as Java's long; its upper 53 bits are the number."""

    def __init__(self, state):
        self.state = state

    def uniform(self):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 11) * 2.0**-53

    def below(self, n):
        return int(self.uniform() * n)

    def bell(self):
        return sum(self.uniform() for _ in range(12)) - 6.0


def reading(lcg):
    """Twelve columns that follow from four causes, and noise."""
    a, b, c, d = (lcg.bell() for _ in range(4))
    right = [a, b, c, d, a + b, b - c, a + c + d, 0.7 * a * b, 0.7 * (c * c - 1), abs(d) * 1.5, max(a, c), 0.7 * b * d]
    return [value + 0.3 * lcg.bell() for value in right]


def planted(fold, rows=1000, one_in=4, least=1.5):
    """A wrong cell is at least 1.5 standard deviations from the right one."""
    lcg = Lcg(1000 + fold)
    train, new = (np.array([reading(lcg) for _ in range(rows)]) for _ in range(2))
    test, wrong, deviations = new.copy(), np.arange(rows) % one_in == 0, new.std(0)
    for row in range(0, rows, one_in):
        column, other = lcg.below(new.shape[1]), row
        while abs(new[other, column] - new[row, column]) < least * deviations[column]:
            other = lcg.below(rows)
        test[row, column] = new[other, column]
    return train, test, wrong


class Labelled:
    """Numbers and the class of each row, the last column."""

    def __init__(self, cells):
        self.x = np.array([[float(cell) for cell in column] for column in cells.columns[:-1]]).T
        self.labels = np.array(cells.columns[-1])
        seen = {}
        self.places = np.array([seen.setdefault(label, []).append(0) or len(seen[label]) - 1 for label in self.labels])

    def cases(self, normal, trained):
        return self.x[trained], self.x[~trained], ~normal[~trained]


def cases(protocol, folder, folds):
    """Training rows, new rows, and which of those are anomalies."""
    if protocol == "planted":
        yield from (planted(fold) for fold in range(folds))
        return
    rows = Labelled(folder.read("breast_cancer" if protocol in ("benign", "contaminated") else protocol))
    for fold in range(folds):
        inside = rows.places % FOLDS != fold
        if protocol in ("benign", "contaminated"):
            normal = rows.labels == "1"
            among = (rows.places % 8 == fold) & (protocol == "contaminated")
            yield rows.cases(normal, np.where(normal, inside, among))
        else:
            for label in sorted(set(rows.labels)):
                normal = rows.labels != label
                yield rows.cases(normal, normal & inside)


def roc_auc(scores, wrong):
    """The share of pairs in which the anomaly has the higher score; equal scores count half."""
    values, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    anomalies = wrong.sum()
    return (ranks[wrong].sum() - anomalies * (anomalies + 1) / 2) / (anomalies * (len(wrong) - anomalies))


def peers():
    """Names and functions of standardised training and new rows that give scores; none without scikit-learn."""
    try:
        from sklearn.decomposition import PCA
        from sklearn.ensemble import IsolationForest
        from sklearn.neighbors import LocalOutlierFactor, NearestNeighbors
        from sklearn.neural_network import MLPRegressor
        from sklearn.svm import OneClassSVM
    except ImportError:
        return {}

    def error(model, new, made):
        return ((new - made.reshape(new.shape)) ** 2).sum(1)

    def pca(train, new):
        model = PCA(n_components=0.9, svd_solver="full").fit(train)
        return error(model, new, model.inverse_transform(model.transform(new)))

    def mlp(train, new):
        hidden = max(2, train.shape[1] // 2)
        model = MLPRegressor((hidden,), activation="tanh", max_iter=2000, random_state=0).fit(train, train)
        return error(model, new, model.predict(new))

    def lof(train, new):
        neighbors = min(20, len(train) - 1)
        return -LocalOutlierFactor(novelty=True, n_neighbors=neighbors).fit(train).score_samples(new)

    return {
        "IsolationForest": lambda train, new: -IsolationForest(random_state=0).fit(train).score_samples(new),
        "LOF": lof,
        "OneClassSVM": lambda train, new: -OneClassSVM().fit(train).score_samples(new),
        "PCA 90 %": pca,
        "MLPRegressor": mlp,
        "5 nearest": lambda train, new: NearestNeighbors(n_neighbors=5).fit(train).kneighbors(new)[0].mean(1),
    }


def standardised(train, new):
    mean_, deviation = train.mean(0), train.std(0)
    deviation[deviation == 0] = 1
    return (train - mean_) / deviation, (new - mean_) / deviation


def as_cells(x):
    return Cells([f"c{j}" for j in range(x.shape[1])], [[repr(float(v)) for v in column] for column in x.T])


def run(folder, ours, repeats):
    others = peers()
    names = ["ours", *others]
    areas, shares, seconds = {}, {}, []
    for protocol in TARGETS:
        found = {name: [] for name in names}
        flagged = []
        try:
            for train, new, wrong in cases(protocol, folder, repeats):
                scored = ours.use("score", as_cells(train), as_cells(new))
                found["ours"].append(roc_auc(np.array([float(row[0]) for row in scored]), wrong))
                flagged.append(np.mean([row[1] == "1" for row, is_wrong in zip(scored, wrong) if not is_wrong]))
                seconds.append(ours.seconds)
                for name, score in others.items():
                    found[name].append(roc_auc(score(*standardised(train, new)), wrong))
                progress("anomalies", protocol, *(f"{name} {found[name][-1]:.3f}" for name in names), f"{ours.seconds} s")
        except Absent as absent:
            progress(absent)
            continue
        areas[protocol] = {name: mean(values) for name, values in found.items()}
        shares[protocol] = mean(flagged)
    print(f"## Anomalies\n\nROC-AUC, mean of folds 1 to {repeats}. Training took {mean(seconds):.1f} s of processor time.\n")
    rows = []
    for protocol, of in areas.items():
        best = max(of.values())
        figures = [f"**{figure(value)}**" if value == best else figure(value) for value in of.values()]
        met = "yes" if of["ours"] >= TARGETS[protocol] else "no"
        rows.append([protocol, *figures, figure(TARGETS[protocol]), met, f"{100 * shares[protocol]:.2f} %"])
    ranks = {name: mean([1 + sum(v > of[name] for v in of.values()) for of in areas.values()]) for name in names}
    rows.append(["mean rank", *(f"{ranks[name]:.1f}" for name in names), "least", "", "0.5 to 2 %"])
    table(["protocol", *names, "target", "met", "new normal rows flagged at 1 %"], rows)
    if not others:
        print("Peers are left out: scikit-learn is missing.\n")
    for protocol in areas:
        print(f"- {protocol}: {MEANING[protocol]}.")
    print()
