package io.github.dae4j.stacked.run;

import io.github.dae4j.corruption.GaussianCorruption;
import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.stacked.StackBuilder;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.finetuning.FineTuner;
import io.github.dae4j.stacked.finetuning.FreezingSchedule;
import io.github.dae4j.stacked.finetuning.Patience;
import io.github.dae4j.stacked.finetuning.ShuffledIterator;
import io.github.dae4j.stacked.finetuning.TwoPrototypes;
import io.github.dae4j.stacked.finetuning.ValidationScore;
import io.github.dae4j.stacked.pretraining.EarlyStopping;
import io.github.dae4j.stacked.pretraining.GreedyPretrainer;
import io.github.dae4j.stacked.pretraining.LayerPlan;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Small runs of every kind, built anew each time. */
enum RunCases {
  SUPERVISED {
    @Override
    TrainingRun.Builder stages(TrainingRun.Builder run) {
      return run.pretraining(pretrainer(plan()).build(), train())
          .fineTuning(supervisedTuner(), train(), held());
    }
  },

  NORMALIZED_WITH_EARLY_STOPPING {
    @Override
    StackBuilder builder() {
      NormalizerStandardize normalizer = new NormalizerStandardize();
      normalizer.fit(train());
      return super.builder()
          .visible(Activation.IDENTITY, LossFunction.L2)
          .normalization(normalizer)
          .corruption(new GaussianCorruption(0.2));
    }

    @Override
    TrainingRun.Builder stages(TrainingRun.Builder run) {
      GreedyPretrainer pretrainer =
          pretrainer(
                  LayerPlan.ofEpochs(4)
                      .withUpdater(new Adam(0.3))
                      .withEarlyStopping(new EarlyStopping(1, 0.02)))
              .build();
      FineTuner tuner = tuner().denoisingWeight(0.1).updater(new Nesterovs(0.1, 0.9)).build();
      return run.pretraining(pretrainer, train(), held()).fineTuning(tuner, shuffled(), held());
    }
  },

  UNROLLED {
    @Override
    TrainingRun.Builder stages(TrainingRun.Builder run) {
      FineTuner tuner = tuner().validationScore(ValidationScore.LOSS).build();
      return run.pretraining(pretrainer(plan()).build(), train())
          .unrolledTuning(tuner, shuffled(), held());
    }
  },

  PRETRAINING_WITH_CODES_IN_FILES {
    @Override
    TrainingRun.Builder stages(TrainingRun.Builder run) {
      return run.pretraining(pretrainer(plan()).memoryBudget(0).build(), train());
    }
  },

  WITHOUT_VALIDATION {
    @Override
    TrainingRun.Builder stages(TrainingRun.Builder run) {
      return run.pretraining(pretrainer(plan()).build(), train())
          .fineTuning(tuner().build(), shuffled(), null);
    }
  },

  UNROLLED_WITHOUT_VALIDATION {
    @Override
    TrainingRun.Builder stages(TrainingRun.Builder run) {
      FineTuner tuner = tuner().validationScore(ValidationScore.LOSS).build();
      return run.unrolledTuning(tuner, shuffled(), null);
    }
  },

  FINE_TUNING_ALONE {
    @Override
    TrainingRun.Builder stages(TrainingRun.Builder run) {
      return run.fineTuning(tuner().dropout(0, 0.5).build(), train(), held());
    }
  };

  static final int ROWS = 20;

  /** Made once, for making them seeds ND4J. */
  private static final DataSet DATA = TwoPrototypes.data(ROWS);

  private static final DataSet HELD = TwoPrototypes.data(10);

  abstract TrainingRun.Builder stages(TrainingRun.Builder run);

  StackBuilder builder() {
    return StackedDenoisingAutoEncoder.builder(TwoPrototypes.WIDTH, 8, 6)
        .corruption(new MaskingCorruption(0.2))
        .seed(1)
        .updater(new Adam(0.02))
        .output(
            new OutputLayer.Builder()
                .nOut(TwoPrototypes.CLASSES)
                .activation(Activation.SOFTMAX)
                .build());
  }

  StackedDenoisingAutoEncoder stack() {
    return builder().build();
  }

  static LayerPlan plan() {
    return LayerPlan.ofEpochs(2).withUpdater(new Adam(0.05));
  }

  static GreedyPretrainer.Builder pretrainer(LayerPlan plan) {
    return new GreedyPretrainer.Builder().plan(plan);
  }

  static FineTuner.Builder tuner() {
    return new FineTuner.Builder().epochs(4).updater(new Adam(0.02));
  }

  static FineTuner supervisedTuner() {
    return tuner()
        .dropout(0.1, 0.3)
        .freezing(FreezingSchedule.freezingBelow(2).then(1, 1).then(2, 0))
        .patience(new Patience(8, 2, 0.005, 3))
        .build();
  }

  static DataSetIterator train() {
    return TwoPrototypes.minibatches(DATA, 6);
  }

  static DataSetIterator shuffled() {
    return new ShuffledIterator(DATA, 6, 3);
  }

  static DataSetIterator held() {
    return TwoPrototypes.minibatches(HELD, 6);
  }
}
