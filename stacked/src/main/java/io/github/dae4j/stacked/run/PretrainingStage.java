package io.github.dae4j.stacked.run;

import io.github.dae4j.stacked.pretraining.GreedyPretrainer;
import java.nio.file.Path;
import java.util.function.BiFunction;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** The pretraining of a run, on minibatches in the user's units; validation may be null. */
record PretrainingStage(
    GreedyPretrainer pretrainer, DataSetIterator train, DataSetIterator validation) {

  static final String TRAIN = "pretraining set";
  static final String VALIDATION = "pretraining validation set";

  /** With codes in a directory unless they have one, and data by way of other iterators. */
  PretrainingStage with(Path codes, BiFunction<String, DataSetIterator, DataSetIterator> digested) {
    GreedyPretrainer.Builder builder = pretrainer.toBuilder();
    builder.workingDirectory(pretrainer.workingDirectory().orElse(codes));
    DataSetIterator held = validation == null ? null : digested.apply(VALIDATION, validation);
    return new PretrainingStage(builder.build(), digested.apply(TRAIN, train), held);
  }
}
