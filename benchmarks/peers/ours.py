"""Our side: one JVM that trains a table model for each task, at its default settings."""
import os
import subprocess
import tempfile
from pathlib import Path

JAR = Path(__file__).resolve().parent.parent / "target" / "benchmarks.jar"


class Ours:
    """Tasks for io.github.dae4j.benchmarks.TableTasks; seconds are processor time of training."""

    def __init__(self, class_path=JAR):
        self.folder = tempfile.TemporaryDirectory()
        command = ["java", "-Xmx3g", "-cp", str(class_path), "io.github.dae4j.benchmarks.TableTasks"]
        environment = dict(os.environ, OMP_NUM_THREADS="1")
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment
        )
        self.seconds = 0.0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()
        self.folder.cleanup()

    def use(self, kind, train, new, label=None, labels=None):
        """Rows of text that score, impute, encode or predict give of Cells, trained on Cells."""
        files = [str(Path(self.folder.name, name)) for name in ("train.csv", "new.csv", "out.tsv")]
        train.write(files[0], label, labels)
        new.write(files[1])
        print("\t".join([kind, *files] + ([label] if label else [])), file=self.process.stdin, flush=True)
        said = self.process.stdout.readline().split()
        if not said or said[0] != "done":
            raise SystemExit("the Java side failed; what it said is above")
        self.seconds = float(said[1])
        with open(files[2], encoding="utf-8", newline="") as out:
            return [line.rstrip("\n").split("\t") for line in out]
