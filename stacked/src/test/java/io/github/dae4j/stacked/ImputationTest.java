package io.github.dae4j.stacked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.DOUBLE;

import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.layer.Imputation;
import io.github.dae4j.stacked.pretraining.GreedyPretrainer;
import io.github.dae4j.stacked.pretraining.LayerPlan;
import io.github.dae4j.stacked.pretraining.LayerResult;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerMinMaxScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Missing cells in the user's units, through all layers of a stack. */
class ImputationTest {

  private static final int ROWS = 60;

  /** All columns of a row are nearly the same, in tens. */
  private static INDArray complete() {
    INDArray x = SmallStacks.data(ROWS).mul(2);
    return x.addiColumnVector(SmallStacks.data(ROWS).getColumn(3).mul(30).reshape(ROWS, 1));
  }

  /** Every seventh cell. */
  private static INDArray holed() {
    INDArray x = complete();
    for (int cell = 0; cell < x.length(); cell += 7) {
      x.putScalar(cell / SmallStacks.WIDTH, cell % SmallStacks.WIDTH, Float.NaN);
    }
    return x;
  }

  static Stream<DataNormalization> normalizations() {
    return Stream.of(
            new NormalizerStandardize(),
            new NormalizerMinMaxScaler(),
            new NormalizerMinMaxScaler(-1, 2),
            new ImagePreProcessingScaler(0, 1))
        .peek(normalization -> normalization.fit(new DataSet(complete(), complete())));
  }

  private static StackedDenoisingAutoEncoder stack(DataNormalization normalization) {
    return SmallStacks.two()
        .activation(Activation.TANH)
        .visible(Activation.IDENTITY, LossFunction.L2)
        .missingAllowed(true)
        .normalization(normalization)
        .build();
  }

  @ParameterizedTest
  @MethodSource("normalizations")
  void onlyMissingCellsChangeAndNormalizationsPassThemOn(DataNormalization normalization) {
    StackedDenoisingAutoEncoder stack = stack(normalization);
    INDArray x = holed();
    INDArray inside = x.dup();
    normalization.transform(inside);
    assertThat(inside.isNaN()).isEqualTo(x.isNaN());

    double[] before = SmallStacks.exact(x);
    double[] after = SmallStacks.exact(stack.impute(x));
    for (int i = 0; i < before.length; i++) {
      assertThat(after[i]).isEqualTo(Double.isNaN(before[i]) ? after[i] : before[i]).isNotNaN();
    }
    assertThat(SmallStacks.exact(x)).containsExactly(before);
  }

  @ParameterizedTest
  @MethodSource("normalizations")
  void theFirstIterationReconstructsFromZeros(DataNormalization normalization) {
    StackedDenoisingAutoEncoder stack = stack(normalization);
    INDArray once = stack.impute(holed(), 1);
    assertThat(once).isEqualTo(Imputation.fill(holed(), stack.reconstruct(holed())));
    assertThat(stack.impute(holed(), 2))
        .isEqualTo(Imputation.fill(holed(), stack.reconstruct(once)));
  }

  @Test
  void aStackPretrainedOnRowsWithHolesFillsBetterThanMeans(@TempDir Path folder) throws Exception {
    NormalizerStandardize normalization = new NormalizerStandardize();
    normalization.fit(new DataSet(complete(), complete()));
    StackedDenoisingAutoEncoder stack = stack(normalization);
    List<LayerResult> results =
        stack.pretrain(
            new GreedyPretrainer.Builder().plan(LayerPlan.ofEpochs(60)).seed(1).build(),
            minibatches(),
            minibatches());
    assertThat(results.get(0).validationErrors())
        .allMatch(Double::isFinite)
        .last(DOUBLE)
        .isLessThan(0.5 * results.get(0).validationErrors().get(0));
    INDArray means = Nd4j.zeros(ROWS, SmallStacks.WIDTH).addiRowVector(complete().mean(0));
    assertThat(error(stack.impute(holed())))
        .isLessThan(0.5 * error(Imputation.fill(holed(), means)));

    Path file = folder.resolve("model.zip");
    stack.save(file, false);
    StackedDenoisingAutoEncoder read = StackedDenoisingAutoEncoder.load(file);
    assertThat(SmallStacks.exact(read.impute(holed())))
        .containsExactly(SmallStacks.exact(stack.impute(holed())));
    assertThat(SmallStacks.exact(read.encode(holed())))
        .containsExactly(SmallStacks.exact(stack.encode(holed())));
  }

  private static DataSetIterator minibatches() {
    return new ListDataSetIterator<>(new DataSet(holed(), holed()).asList(), 10);
  }

  private static double error(INDArray filled) {
    return filled.distance2(complete());
  }

  @Test
  void errorsLeaveMissingCellsOut() {
    StackedDenoisingAutoEncoder stack = stack(null);
    INDArray cells = stack.reconstructionErrorPerFeature(holed());
    INDArray missing = holed().isNaN().castTo(DataType.FLOAT);
    assertThat(cells.mul(missing).sumNumber().doubleValue()).isZero();
    assertThat(cells.minNumber().doubleValue()).isNotNegative();
    assertThat(stack.reconstructionError(holed())).isEqualTo(cells.sum(1));
  }

  @Test
  void theBottomLayerAloneTakesThem() {
    StackedDenoisingAutoEncoder stack = stack(null);
    for (int layer = 0; layer < 2; layer++) {
      assertThat(SmallStacks.decoder(stack, layer).layerConf())
          .extracting(DenoisingAutoEncoder::isMissingAllowed)
          .isEqualTo(layer == 0);
    }
  }

  @Test
  void aNormalizationThatWasFittedToThemIsRefused() {
    NormalizerStandardize normalization = new NormalizerStandardize();
    normalization.fit(new DataSet(holed(), holed()));
    assertThatThrownBy(() -> stack(normalization))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "StackedDenoisingAutoEncoder normalization must be fitted to columns without missing"
                + " cells that it can scale, but makes 0 in column \\d+ NaN");
  }
}
