package io.github.dae4j.stacked.finetuning;

import static io.github.dae4j.stacked.finetuning.TwoPrototypes.exact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.stacked.internal.EpochIterator;
import io.github.dae4j.stacked.internal.NormalizedIterator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerMinMaxScaler;
import org.nd4j.linalg.factory.Nd4j;

class ShuffledIteratorTest {

  private static final int ROWS = 23;

  /** Row i is (i, 10 i) with label (-i). */
  private static DataSet numbered() {
    INDArray numbers = Nd4j.arange(ROWS).castTo(DataType.FLOAT).reshape(ROWS, 1);
    return new DataSet(Nd4j.hstack(numbers, numbers.mul(10)), numbers.neg());
  }

  private static ShuffledIterator shuffled(long seed) {
    return new ShuffledIterator(numbered(), 5, seed);
  }

  /** The rows of what is left of the epoch, in their order. */
  private static List<Double> rest(EpochIterator iterator) {
    List<Double> rows = new ArrayList<>();
    while (iterator.hasNext()) {
      DataSet minibatch = iterator.next();
      double[] features = exact(minibatch.getFeatures());
      double[] labels = exact(minibatch.getLabels());
      for (int row = 0; row < labels.length; row++) {
        assertThat(features[2 * row + 1]).isEqualTo(10 * features[2 * row]);
        assertThat(labels[row]).isEqualTo(-features[2 * row]);
        rows.add(features[2 * row]);
      }
    }
    return rows;
  }

  @Test
  void anEpochHasEachExampleOnceAndItsLastMinibatchWhatIsLeft() {
    ShuffledIterator iterator = shuffled(1);
    List<Integer> sizes = new ArrayList<>();
    while (iterator.hasNext()) {
      sizes.add(iterator.next().numExamples());
    }
    assertThat(sizes).containsExactly(5, 5, 5, 5, 3);
    assertThatThrownBy(iterator::next)
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("epoch 0 has no minibatch left");
    iterator.beginEpoch(0, 0);
    iterator.next();
    assertThat(iterator.next(Integer.MAX_VALUE).numExamples()).isEqualTo(ROWS - 5);
    iterator.beginEpoch(0, 0);
    List<Double> order = rest(iterator);
    assertThat(order).doesNotHaveDuplicates().hasSize(ROWS).isNotEqualTo(sorted(order));
  }

  private static List<Double> sorted(List<Double> order) {
    return order.stream().sorted(Comparator.naturalOrder()).toList();
  }

  @Test
  void seedAndEpochDetermineTheOrder() {
    ShuffledIterator iterator = shuffled(1);
    List<Double> first = rest(iterator);
    iterator.reset();
    List<Double> second = rest(iterator);
    iterator.reset();
    List<Double> third = rest(iterator);
    assertThat(List.of(first, second, third)).doesNotHaveDuplicates();

    ShuffledIterator other = shuffled(1);
    other.beginEpoch(2, 10);
    assertThat(rest(other)).isEqualTo(third);
    other.beginEpoch(0, 0);
    assertThat(rest(other)).isEqualTo(first);
    assertThat(rest(shuffled(2))).isNotEqualTo(first);
  }

  @Test
  void otherIteratorsPassTheEpochOn() {
    NormalizerMinMaxScaler none = new NormalizerMinMaxScaler(0, 1);
    none.fit(new DataSet(Nd4j.createFromArray(new float[][] {{0, 0}, {1, 1}}), null));
    EpochIterator normalized = new NormalizedIterator(shuffled(1), none);
    normalized.beginEpoch(2, 10);
    ShuffledIterator plain = shuffled(1);
    plain.beginEpoch(2, 10);
    assertThat(rest(normalized)).isEqualTo(rest(plain));
  }

  @Test
  void thePreprocessorSeesCopies() {
    DataSet data = numbered();
    ShuffledIterator iterator = new ShuffledIterator(data, 5, 1);
    iterator.setPreProcessor(new ImagePreProcessingScaler(0, 1));
    double[] before = exact(data.getFeatures());
    DataSet minibatch = iterator.next();
    assertThat(minibatch.getFeatures().maxNumber().doubleValue()).isLessThan(1);
    assertThat(exact(data.getFeatures())).containsExactly(before);
  }

  @Test
  void badArgumentsAreNamed() {
    INDArray x = Nd4j.zeros(2, 3);
    assertThatThrownBy(() -> new ShuffledIterator(new DataSet(x, x), 0, 1))
        .hasMessage("ShuffledIterator minibatch must be >= 1, got 0");
    assertThatThrownBy(() -> new ShuffledIterator(new DataSet(x, null), 1, 1))
        .hasMessage("ShuffledIterator labels must be a matrix, got null");
    assertThatThrownBy(() -> new ShuffledIterator(new DataSet(Nd4j.zeros(2, 3, 4), x), 1, 1))
        .hasMessage("ShuffledIterator features must be a matrix, got [2, 3, 4]");
    assertThatThrownBy(() -> new ShuffledIterator(new DataSet(x, x, x, null), 1, 1))
        .hasMessage("ShuffledIterator data must have no masks");
    assertThatThrownBy(() -> new ShuffledIterator(null, 1, 1))
        .hasMessage("ShuffledIterator data must not be null");
  }
}
