"""The rows of the table, each with its work, its peer and its target."""
from math import ceil
from statistics import median

from .processes import COMMAND_LINE_JAR
from .table import EPOCH, at_least, at_most, line, micros, per_image, ratios, scaled, seconds, up_to_torch

PIXELS, HIDDEN, WIDTH = 784, 500, 1000
WARMING_UP = 2_500  # steps: an epoch at batch 20, which is not counted either; until then the JIT compiler takes its share
LARGE_EPOCHS = 8  # that count
THEANO_BATCH_1, THEANO_TUNING = 584e-6, 9.5  # seconds of a minibatch, and of an epoch


def against_torch(batch):
    def measure(bench):
        torch, pretrain, greedy = bench.alternate(
            lambda: per_image(bench.torch(batch)),
            lambda: per_image(bench.epoch_time("PRETRAIN", batch)),
            lambda: per_image(bench.epoch_time("GREEDY", batch)),
        )
        for name, ours in (("PretrainableNetwork", pretrain), ("GreedyPretrainer", greedy)):
            yield line(
                f"batch {batch}, loss included, against PyTorch, one thread each: `{name}`",
                seconds(ours), seconds(torch), ratios(ours, torch), "<= 1.0 x", up_to_torch,
            )

    return measure


def against_torch_with(kind, option, what):
    def measure(bench):
        torch, ours = bench.alternate(
            lambda: per_image(bench.torch(128, option)), lambda: per_image(bench.epoch_time(kind, 128))
        )
        work = f"batch 128 with {what}, loss included, against PyTorch, one thread each"
        yield line(work, seconds(ours), seconds(torch), ratios(ours, torch), "<= 1.0 x", up_to_torch)

    return measure


def listeners(bench):
    kinds = (
        ("OWN_LISTENER", "a user's listener that reads the score", 1.1),
        ("GRADIENT_LISTENER", "a user's listener that looks at each gradient", 1.5),
        ("STATS_LISTENER", "`StatsListener`, a report every 100 steps", 1.5),
    )
    alone, *watched = bench.alternate(
        lambda: per_image(bench.epoch_time("PRETRAIN_WITHOUT_LOSS", 20)),
        *(lambda kind=kind: per_image(bench.epoch_time(kind, 20)) for kind, _, _ in kinds),
    )
    for (_, what, target), times in zip(kinds, watched):
        work = f"batch 20, one thread, {what}, against no listener"
        yield line(work, seconds(times), seconds(alone), ratios(times, alone), f"<= {target} x", at_most(target))


def batch_1(bench):
    images = 5_000
    torch_20, torch, ours = bench.alternate(
        lambda: per_image(bench.torch(20)),
        lambda: per_image(bench.torch(1, hidden=WIDTH, images=images)),
        lambda: per_image(bench.epoch_time("PRETRAIN", 1, hidden=WIDTH, images=images)),
    )
    work = "batch 1, 784-1000, one thread, a minibatch"
    theano = scaled(THEANO_BATCH_1, torch_20)
    yield line(f"{work}: against Theano, scaled", micros(ours), micros(theano), ratios(ours, theano), "<= 1.0 x", at_most(1))
    yield line(f"{work}: PyTorch beside it", micros(ours), micros(torch), ratios(ours, torch), "", lambda _: "")


def large_batches(bench):
    counts = (1, 2)

    def rate(batch, threads):
        warming_up = 1 if bench.arguments.quick else ceil(WARMING_UP * batch / bench.arguments.images)
        epochs = warming_up + LARGE_EPOCHS
        result = bench.epoch_time("PRETRAIN", batch, "--threads", threads, epochs=epochs, threads=None)
        return 10 * PIXELS * HIDDEN / per_image(result, warming_up) / 1e9  # five products

    def peak():
        result = bench.java("PeakProducts", threads=None)
        return [
            max(float(value) for key, value in result.items() if key.startswith(f"gflops.{library}."))
            for library in ("nd4j", "ours")
        ]

    for batch in (256, 1024):
        ours, peaks = bench.alternate(lambda: [rate(batch, threads) for threads in counts], peak)
        best = [max(rates) for rates in ours]
        by_count = ", ".join(f"{n}: {median(r[i] for r in ours):.0f}" for i, n in enumerate(counts))
        for i, library in enumerate(("ND4J's BLAS", "oneDNN")):
            own = [pair[i] for pair in peaks]
            yield line(
                f"batch {batch}, best thread count, against the sgemm peak of {library}, GFLOP/s (by threads {by_count})",
                f"{median(best):.0f}", f"{median(own):.0f}", ratios(best, own), ">= 0.70 x", at_least(0.7),
            )


def stack_layers(bench):
    result = bench.java("StackEpochs", *bench.data(5_000), "--epochs", bench.repeats)
    images = float(result["images"])

    def column(name):
        return [float(result[f"epoch.{i}.{name}.seconds"]) / images for i in range(bench.repeats)]

    alone = column("alone")
    for layer in (2, 3):
        own = column(f"layer.{layer}")
        yield line(
            f"layer {layer} of 3 x 1000, codes cached, batch 20, against a layer that stands alone",
            seconds(own), seconds(alone), ratios(own, alone), "<= 1.10 x", at_most(1.1),
        )


def built_in(bench):
    for batch, target in ((20, 7), (128, 4)):
        theirs, ours = bench.alternate(
            lambda: per_image(bench.epoch_time("BUILT_IN", batch, threads=None)),
            lambda: per_image(bench.epoch_time("PRETRAIN", batch, threads=None)),
        )
        yield line(
            f"batch {batch}, against DL4J's own layer, both as a user gets them",
            seconds(ours), seconds(theirs), ratios(theirs, ours), f">= {target} x faster", at_least(target), "x faster",
        )


def fine_tuning(bench):
    ours = [
        lambda threads=threads: per_image(
            bench.java("FineTuningEpoch", *bench.data(), *bench.epochs(), "--threads", threads, threads=None)
        )
        for threads in (1, 2)
    ]
    torch_20, torch, one, two = bench.alternate(
        lambda: per_image(bench.torch(20)),
        lambda: per_image(bench.torch(20, "--tuning", hidden=WIDTH)),
        *ours,
    )
    work = "fine-tuning epoch, 3 x 1000, batch 20"
    theano = [t and t / EPOCH for t in scaled(THEANO_TUNING, torch_20)]
    for threads, own in (("one thread", one), ("two threads", two)):
        yield line(
            f"{work}, {threads}: against Theano on one, scaled",
            seconds(own), seconds(theano), ratios(own, theano), "<= 1.0 x", at_most(1),
        )
    yield line(f"{work}, one thread: PyTorch beside it", seconds(one), seconds(torch), ratios(one, torch), "", lambda _: "")


def ladder(bench):
    torch, ours = bench.alternate(
        lambda: per_image(bench.torch_ladder()),
        lambda: per_image(bench.java("LadderEpoch", *bench.data(), *bench.epochs(), "--batch", 100)),
    )
    work = "ladder network, 100 rows with labels and 100 without, one thread: against PyTorch"
    yield line(work, seconds(ours), seconds(torch), ratios(ours, torch), "", lambda _: "")


def steady_memory(bench):
    """From the second sample on: in the first interval the JIT and ND4J's caches are still filling."""
    result = bench.java("SteadyMemory", "--batch", 20, *bench.data(20_000))
    samples = sorted({int(key.split(".")[1]) for key in result if key.startswith("steps.")})[1:]

    def column(name):
        return [float(result[f"steps.{n}.{name}"]) for n in samples]

    steps = f"steps {samples[0]} to {samples[-1]}"
    for name, what in (("heap.mib", "heap after collection"), ("javacpp.mib", "JavaCPP, off-heap"), ("rss.mib", "resident, all")):
        values = column(name)
        first, last = median(values[: len(values) // 2]), median(values[-(len(values) // 2) :])
        cells = f"{first:.1f}, then {last:.1f} MiB", "", f"{last - first:+.1f} MiB"
        verdict = at_most(max(2, first / 20))(last - first)
        yield (f"memory, {steps}, median of either half: {what}", *cells, "flat, to 2 MiB or 5 %", verdict)
    for name, what in (("heap.bytes.per.step", "bytes in the heap"), ("native.objects.per.step", "native objects of ND4J")):
        yield (f"allocated by a step, {steps}: {what}", f"{median(column(name)):.0f}", "", "", "", "")
    peaks = bench.epoch_time("PRETRAIN", 20), bench.torch(20)
    ours, theirs = (f"{float(peak['peak.rss.mib']):.0f} MiB" if peak else "not installed" for peak in peaks)
    yield ("peak resident memory of the run at batch 20", ours, theirs, "", "", "")


def start(bench):
    inside = [float(bench.java("FirstStep", threads=None)["milliseconds.step"]) / 1e3 for _ in range(bench.repeats)]
    target, met = "< 3 s", "yes" if median(inside) < 3 else "no"
    yield ("from the start of the JVM to the first step on drawn digits", *spread_of(inside), target, met)
    work = "from `java -jar dae4j.jar train` to the first epoch's line (250 steps)"
    if COMMAND_LINE_JAR.exists():
        yield (work, *spread_of([bench.until_first_epoch() for _ in range(bench.repeats)]), "", "")
    else:
        yield (work, "no dae4j.jar (-Pjar)", "", "", "", "not measured")


def spread_of(values):
    return f"{median(values):.2f} s", "", f"{min(values):.2f} to {max(values):.2f} s"


ROWS = {
    "b20": against_torch(20),
    "b128": against_torch(128),
    "swap": against_torch_with("SWAP", "--swap", "swap corruption"),
    "emphasis": against_torch_with("EMPHASIS", "--emphasis", "emphasis"),
    "listeners": listeners,
    "b1": batch_1,
    "large": large_batches,
    "stack": stack_layers,
    "built-in": built_in,
    "memory": steady_memory,
    "start": start,
    "tuning": fine_tuning,
    "ladder": ladder,
}
