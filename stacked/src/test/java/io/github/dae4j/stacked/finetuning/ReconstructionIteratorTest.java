package io.github.dae4j.stacked.finetuning;

import static io.github.dae4j.stacked.finetuning.TwoPrototypes.data;
import static io.github.dae4j.stacked.finetuning.TwoPrototypes.exact;
import static io.github.dae4j.stacked.finetuning.TwoPrototypes.features;
import static io.github.dae4j.stacked.finetuning.TwoPrototypes.minibatches;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.corruption.MaskingCorruption;
import java.util.List;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

class ReconstructionIteratorTest {

  @Test
  void theTargetIsTheCleanInputInEveryEpoch() {
    DataSet stored = data(6);
    DataSetIterator iterator =
        ReconstructionIterator.denoising(
            new ExistingDataSetIterator(List.of(stored)), new MaskingCorruption(0.5));
    for (int epoch = 0; epoch < 3; epoch++) {
      DataSet minibatch = iterator.next();
      assertThat(exact(minibatch.getLabels())).containsExactly(exact(features(6)));
      assertThat(minibatch.getFeatures().eq(0).castTo(stored.getFeatures().dataType()).sumNumber())
          .isNotEqualTo(0.0f);
      assertThat(iterator.hasNext()).isFalse();
      iterator.reset();
    }
    assertThat(stored.getLabels().size(1)).as("the stored labels").isEqualTo(2);
  }

  @Test
  void theSameSeedCorruptsAlike() {
    assertThat(exact(corrupted(3))).containsExactly(exact(corrupted(3)));
    assertThat(exact(corrupted(4))).isNotEqualTo(exact(corrupted(3)));
  }

  private static INDArray corrupted(long seed) {
    DataSetIterator source = minibatches(data(6), 6);
    Nd4j.getRandom().setSeed(seed);
    return ReconstructionIterator.denoising(source, new MaskingCorruption(0.5))
        .next()
        .getFeatures();
  }

  @Test
  void cleanMinibatchesReconstructThemselves() {
    DataSet minibatch = ReconstructionIterator.clean(minibatches(data(6), 6)).next();
    assertThat(exact(minibatch.getFeatures())).containsExactly(exact(features(6)));
    assertThat(exact(minibatch.getLabels())).containsExactly(exact(features(6)));
  }

  @Test
  void cellsThatAreMaskedAreNotTakenForKnown() {
    INDArray x = features(6);
    DataSetIterator source =
        new ExistingDataSetIterator(List.of(new DataSet(x, x, Nd4j.ones(x.shape()), null)));
    assertThatThrownBy(() -> ReconstructionIterator.clean(source).next())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ReconstructionIterator minibatches must have no features mask");
  }

  @Test
  void badArgumentsAreNamed() {
    assertThatThrownBy(() -> ReconstructionIterator.denoising(minibatches(data(6), 6), null))
        .hasMessage("ReconstructionIterator corruption must not be null");
  }
}
