package io.github.dae4j.stacked.run;

/** What a checkpoint file holds: how far a run has come, and which run it is. */
record Checkpoint(Fingerprint fingerprint, Progress progress) {}
