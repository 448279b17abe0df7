package io.github.dae4j.stacked.run;

import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.finetuning.FineTuner;
import io.github.dae4j.stacked.finetuning.ReconstructionIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** The fine-tuning of a run, on minibatches in the user's units; validation may be null. */
record TuningStage(
    FineTuner tuner, DataSetIterator train, DataSetIterator validation, boolean unrolled) {

  static final String TRAIN = "training set";
  static final String VALIDATION = "validation set";

  TuningStage {
    require("train", train);
    if (validation != null) {
      require("validation", validation);
    }
  }

  private static void require(String which, DataSetIterator minibatches) {
    if (!minibatches.resetSupported()) {
      throw new IllegalArgumentException(
          "TrainingRun tuning %s must support resetting, got %s"
              .formatted(which, minibatches.getClass().getSimpleName()));
    }
  }

  DataSetIterator trainOf(StackedDenoisingAutoEncoder stack) {
    return minibatches(stack, train);
  }

  DataSetIterator validationOf(StackedDenoisingAutoEncoder stack) {
    return validation == null ? null : minibatches(stack, validation);
  }

  private DataSetIterator minibatches(StackedDenoisingAutoEncoder stack, DataSetIterator source) {
    DataSetIterator normalized = stack.normalized(source);
    return unrolled ? ReconstructionIterator.clean(normalized) : normalized;
  }
}
