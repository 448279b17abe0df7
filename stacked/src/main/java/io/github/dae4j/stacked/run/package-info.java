/**
 * Long jobs. {@code TrainingRun} pretrains and fine-tunes in a directory, with checkpoints from
 * which an interrupted run resumes to the same bits.
 */
package io.github.dae4j.stacked.run;
