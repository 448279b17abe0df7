package io.github.dae4j.stacked.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.corruption.NoCorruption;
import io.github.dae4j.corruption.SwapCorruption;
import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.UnrolledStack;
import io.github.dae4j.stacked.finetuning.FineTuner;
import io.github.dae4j.stacked.finetuning.ReconstructionIterator;
import io.github.dae4j.stacked.finetuning.ValidationScore;
import io.github.dae4j.stacked.pretraining.GreedyPretrainer;
import io.github.dae4j.stacked.pretraining.LayerPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.learning.config.Adam;

/** A stack on the features of a table. */
class StackOfTableTest {

  @TempDir private Path folder;

  @Test
  void learnsTheRowsAndKeepsThemInItsFile() throws IOException {
    INDArray x = People.TABLE.features(People.ROWS);
    StackedDenoisingAutoEncoder stack = stack(16);
    stack.pretrain(
        new GreedyPretrainer.Builder().plan(LayerPlan.ofEpochs(400)).build(),
        new ViewIterator(new DataSet(x, x), 4));
    assertThat(rows(stack, x))
        .extracting(row -> row.subList(1, 3))
        .isEqualTo(People.ROWS.stream().map(row -> row.subList(1, 3)).toList());

    stack.save(folder.resolve("model.zip"), false);
    People.TABLE.save(folder.resolve("table.json"));
    StackedDenoisingAutoEncoder read =
        StackedDenoisingAutoEncoder.load(folder.resolve("model.zip"));
    INDArray again = FittedTable.load(folder.resolve("table.json")).features(People.ROWS);
    assertThat(read.reconstruct(again)).isEqualTo(stack.reconstruct(x));
    assertThat(read.reconstructionErrorPerFeature(again).sum(1))
        .isEqualTo(stack.reconstructionError(x));
    DenoisingAutoEncoder bottom =
        (DenoisingAutoEncoder) read.network().getLayerWiseConfigurations().getConf(0).getLayer();
    assertThat(bottom.getReconstructionLoss()).isEqualTo(People.SCHEMA.loss());
  }

  @Test
  void fillsTheCellsThatAreMissing() {
    INDArray x = People.TABLE.features(People.ROWS);
    StackedDenoisingAutoEncoder stack = stack(16);
    stack.pretrain(
        new GreedyPretrainer.Builder().plan(LayerPlan.ofEpochs(400)).build(),
        new ViewIterator(new DataSet(x, x), 4));
    List<List<String>> holed =
        List.of(List.of("20", "", "no", "1000.5"), List.of("40", "teacher", "", "3000"));
    assertThat(People.TABLE.rows(stack.impute(People.TABLE.features(holed))))
        .isEqualTo(People.ROWS.subList(0, 2));
  }

  @Test
  void isTunedAsAWhole() {
    INDArray x = People.TABLE.features(People.ROWS);
    StackedDenoisingAutoEncoder stack = stack(16, 8);
    double before = error(stack, x);
    UnrolledStack unrolled = UnrolledStack.of(stack.network());
    ReconstructionIterator rows =
        ReconstructionIterator.clean(new ViewIterator(new DataSet(x, x), 4));
    new FineTuner.Builder()
        .epochs(100)
        .updater(new Adam(0.02))
        .validationScore(ValidationScore.LOSS)
        .build()
        .fit(unrolled.network(), rows, rows);
    assertThat(error(StackedDenoisingAutoEncoder.of(unrolled.fold()), x)).isLessThan(before / 2);
  }

  private static double error(StackedDenoisingAutoEncoder stack, INDArray x) {
    return stack.reconstructionError(x).sumNumber().doubleValue();
  }

  private static List<List<String>> rows(StackedDenoisingAutoEncoder stack, INDArray x) {
    return People.TABLE.rows(People.SCHEMA.loss().expected(stack.reconstruct(x)));
  }

  private static StackedDenoisingAutoEncoder stack(int... codes) {
    Corruption[] corruptions = new Corruption[codes.length];
    Arrays.fill(corruptions, new NoCorruption());
    corruptions[0] = new SwapCorruption(0.1, People.SCHEMA.groups());
    return StackedDenoisingAutoEncoder.builder(People.SCHEMA.width(), codes)
        .corruption(corruptions)
        .activation(Activation.TANH)
        .visible(Activation.IDENTITY, People.SCHEMA.loss())
        .missingAllowed(true)
        .seed(3)
        .updater(new Adam(0.02))
        .build();
  }
}
