package io.github.dae4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

class ImageSetTest {

  private final ImageSet set =
      ImageSet.ofGrey(new byte[] {0, 51, 102, (byte) 153, (byte) 204, -1}, new int[] {2, 0, 1}, 3);

  @Test
  void greyBytesBecomeFloatsFromZeroToOne() {
    assertThat(set.images().dataType()).isEqualTo(DataType.FLOAT);
    assertThat(set.images())
        .isEqualTo(Nd4j.createFromArray(new float[][] {{0, .2f}, {.4f, .6f}, {.8f, 1}}));
  }

  @Test
  void manyRowsKeepTheirOrder() {
    int[] labels = new int[2500];
    byte[] grey = new byte[labels.length];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = (byte) (i % 251);
    }
    INDArray images = ImageSet.ofGrey(grey, labels, 1).images();
    for (int i = 0; i < grey.length; i += 7) {
      assertThat(images.getFloat(i, 0)).isEqualTo((i % 251) / 255f);
    }
  }

  @Test
  void theFirstImagesAreSharedAndRangesAreCopied() {
    ImageSet last = set.range(1, 3);
    assertThat(last.labels()).containsExactly(0, 1);
    assertThat(last.classes()).isEqualTo(3);
    last.images().putScalar(0, 0, 0.5);
    assertThat(set.images().getFloat(1, 0)).isEqualTo(0.4f);
    set.first(2).images().putScalar(1, 0, 0.5);
    assertThat(set.images().getFloat(1, 0)).isEqualTo(0.5f);
    assertThat(set.first(1).labels()).containsExactly(2);
    assertThat(set.first(1).images().shape()).containsExactly(1, 2);
  }

  @Test
  void imagesAreChosenByTheirLabels() {
    ImageSet chosen = set.first(3).labelled(Set.of(1, 2));
    assertThat(chosen.labels()).containsExactly(2, 1);
    assertThat(chosen.images().toFloatMatrix()).isDeepEqualTo(new float[][] {{0, .2f}, {.8f, 1}});
    assertThat(chosen.classes()).isEqualTo(3);
    assertThat(set.range(1, 3).labelled(Set.of(1)).images().toFloatMatrix())
        .isDeepEqualTo(new float[][] {{.8f, 1}});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> set.labelled(Set.of(7)))
        .withMessage("ImageSet has no image with a label of [7]");
  }

  @Test
  void oneHotLabelsGoIntoTheDataSet() {
    INDArray expected = Nd4j.createFromArray(new float[][] {{0, 0, 1}, {1, 0, 0}, {0, 1, 0}});
    DataSet data = set.dataSet();
    assertThat(data.getLabels()).isEqualTo(expected);
    assertThat(data.getFeatures()).isSameAs(set.images());
  }

  @Test
  void rejectsWhatDoesNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> set.range(2, 4))
        .withMessage("ImageSet range must be within [0, 3) and not empty, got [2, 4)");
    assertThatIllegalArgumentException().isThrownBy(() -> set.first(0));
    assertThatIllegalArgumentException().isThrownBy(() -> set.range(-1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageSet(set.images(), new int[2], 3))
        .withMessage("ImageSet images must be [2, pixels] for 2 labels, got [3, 2]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageSet(set.images(), new int[] {0, 3, 1}, 3))
        .withMessage("ImageSet labels must be in [0, 3), got 3 for image 1");
  }

  @Test
  void minibatchesOfARangeAreAllThere() {
    DataSetIterator minibatches =
        new ViewIterator(DrawnDigits.draw(160, 1).range(60, 160).dataSet(), 20);
    while (minibatches.hasNext()) {
      assertThat(minibatches.next().getFeatures().shape()).containsExactly(20, 784);
    }
  }
}
