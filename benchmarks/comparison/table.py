"""Times, ratios and lines of the table."""
from statistics import mean, median

EPOCH = 50_000

# Theano's published times come from a machine on which PyTorch took this for an epoch at batch 20, on one thread.
TORCH_BESIDE_THEANO = 2.6


def per_image(result, warming_up=1):
    """Seconds for an image, from the epochs after the first ones."""
    if result is None:
        return None
    images = float(result["images"])
    epochs = [float(v) for k, v in result.items() if k.startswith("epoch.") and k.endswith(".seconds")]
    return mean(epochs[warming_up:] or epochs) / images


def ratios(ours, theirs):
    return None if None in theirs else [o / t for o, t in zip(ours, theirs)]


def scaled(published, torch):
    """A time published of Theano, in terms of this machine: PyTorch was measured on both."""
    return [None if t is None else published * t * EPOCH / TORCH_BESIDE_THEANO for t in torch]


def seconds(values):
    return "not installed" if None in values else f"{median(values) * EPOCH:.2f} s"


def micros(values):
    return "not installed" if None in values else f"{median(values) * 1e6:.0f} us"


def line(work, ours, theirs, values, target, rule, unit="x"):
    """A line of the table; values are the ratios of the pairs, None without a peer."""
    if values is None:
        return (work, ours, theirs, "", target, "not measured")
    middle = median(values)
    spread = f"{middle:.2f} {unit} ({min(values):.2f} to {max(values):.2f})"
    return (work, ours, theirs, spread, target, rule(middle))


def at_most(limit):
    return lambda value: "yes" if value <= limit else "no"


def at_least(limit):
    return lambda value: "yes" if value >= limit else "no"


def up_to_torch(value):
    return "yes" if value <= 1 else "no, within 1.2" if value <= 1.2 else "no"
