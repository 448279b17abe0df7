"""Runs what is measured, each in a process of its own."""
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
JAR = HERE / "target" / "benchmarks.jar"
COMMAND_LINE_JAR = HERE.parent / "cli" / "target" / "dae4j.jar"
QUICKSTART = HERE.parent / "configs" / "quickstart.yaml"
TORCH = HERE / "peers" / "torch_da.py"
TORCH_LADDER = HERE / "peers" / "torch_ladder.py"
PACKAGE = "io.github.dae4j.benchmarks."
THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class Failed(Exception):
    """A command that did not end well."""


class Bench:
    """Runs commands and reads the "key value" lines that they print."""

    def __init__(self, arguments):
        self.arguments = arguments
        self.repeats = arguments.repeats
        self.torch_python = python_with_torch()

    def java(self, main, *args, threads=1):
        """With a number of threads ND4J is started as the command line starts it, without as it starts by itself."""
        if threads:
            args = [*args, "--threads", threads]
        return self.run(["java", "-Xmx2g", "-cp", JAR, PACKAGE + main, *args], threads)

    def epoch_time(self, kind, batch, *args, hidden=500, images=None, epochs=None, threads=1):
        args = ["--kind", kind, "--batch", batch, "--hidden", hidden, *args]
        return self.java("EpochTime", *args, *self.data(images), *self.epochs(epochs), threads=threads)

    def torch(self, batch, *args, hidden=500, images=None):
        if not self.torch_python:
            return None
        command = [self.torch_python, TORCH, "--loss", "--threads", 1, "--batch", batch, "--hidden", hidden]
        return self.run([*command, *args, *self.data(images), *self.epochs()], 1)

    def torch_ladder(self):
        if not self.torch_python:
            return None
        return self.run([self.torch_python, TORCH_LADDER, "--threads", 1, *self.data(), *self.epochs()], 1)

    def epochs(self, least=None):
        return ["--epochs", max(least or 1, self.arguments.epochs)]

    def data(self, images=None):
        images = min(images or self.arguments.images, self.arguments.images)
        return ["--images", images] + (["--data", self.arguments.data] if self.arguments.data else [])

    def run(self, command, threads):
        command = shlex.split(self.arguments.wrap) + [str(part) for part in command]
        environment = {key: value for key, value in os.environ.items() if key not in THREAD_VARIABLES}
        if threads:
            environment.update({key: str(threads) for key in THREAD_VARIABLES})
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        if done.returncode:
            raise Failed(f"{shlex.join(command)} ended with {done.returncode}: {done.stderr.strip()[-500:]}")
        result = dict(line.split(" ", 1) for line in done.stdout.splitlines() if " " in line)
        show(command, result)
        return result

    def until_first_epoch(self):
        """Seconds until the command line has trained an epoch of its quickstart, then it is ended."""
        with tempfile.TemporaryDirectory() as folder:
            command = ["java", "-jar", COMMAND_LINE_JAR, "train", QUICKSTART, "-o", os.path.join(folder, "run")]
            command = shlex.split(self.arguments.wrap) + [str(part) for part in command]
            begun = time.perf_counter()
            with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
                for text in process.stdout:
                    if "epoch 1/" in text:
                        break
                else:
                    raise Failed(f"{shlex.join(command)} told of no epoch")
                elapsed = time.perf_counter() - begun
                process.terminate()
                process.communicate()
        return elapsed

    def alternate(self, *measurements):
        """Each of them in turn, as often as asked: a list of values for each, or of None."""
        rounds = [[measure() for measure in measurements] for _ in range(self.repeats)]
        return [list(column) for column in zip(*rounds)]


def show(command, result):
    """What was measured, while the table grows."""
    said = " ".join(os.path.basename(part) for part in command if part.strip("-"))
    print(f"  {said}: " + ", ".join(f"{key} {value}" for key, value in result.items()), file=sys.stderr, flush=True)


def python_with_torch():
    for python in ("python3", "/usr/bin/python3"):
        found = shutil.which(python)
        if found and not subprocess.run([found, "-c", "import torch"], capture_output=True).returncode:
            return found
    return None
