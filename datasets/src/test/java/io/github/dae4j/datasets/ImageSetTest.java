package io.github.dae4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
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
      ImageSet.ofBytes(
          new byte[] {0, 51, 102, (byte) 153, (byte) 204, -1},
          ImageShape.grey(1, 2),
          new int[] {2, 0, 1},
          ImageSet.numbered(3));

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
    INDArray images =
        ImageSet.ofBytes(grey, ImageShape.grey(1, 1), labels, ImageSet.numbered(1)).images();
    for (int i = 0; i < grey.length; i += 7) {
      assertThat(images.getFloat(i, 0)).isEqualTo((i % 251) / 255f);
    }
  }

  @Test
  void theFirstImagesAreSharedAndRangesAreCopied() {
    ImageSet last = set.range(1, 3);
    assertThat(last.labels()).containsExactly(0, 1);
    assertThat(last.classes()).containsExactly("0", "1", "2");
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
    assertThat(chosen.classes()).hasSize(3);
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
        .isThrownBy(() -> new ImageSet(set.images(), set.shape(), new int[2], set.classes()))
        .withMessage("ImageSet labels must be one for each of 3 images, got 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageSet(set.images(), set.shape(), new int[3], List.of()))
        .withMessage("ImageSet labels must be none where there are no classes, got 3");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new ImageSet(set.images(), new ImageShape(1, 1, 3), new int[3], set.classes()))
        .withMessage("ImageSet images must be [size, 3] for 1 x 1 in colour, got [3, 2]");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new ImageSet(set.images(), set.shape(), new int[] {0, 3, 1}, set.classes()))
        .withMessage("ImageSet labels must be in [0, 3), got 3 for image 1");
  }

  /** Runs of earlier versions keep it, of a text that has the width before the height. */
  @Test
  void theDigestIsThatOfEarlierVersions() throws NoSuchAlgorithmException {
    ImageSet wide =
        new ImageSet(
            Nd4j.createFromArray(new float[][] {{0, 1, 0, 0, 0, 1}}),
            new ImageShape(1, 2, 3),
            new int[0],
            List.of());
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    wide.addTo(digest);
    MessageDigest expected = MessageDigest.getInstance("SHA-256");
    expected.update("1 2 x 1 in colour[][]".getBytes(StandardCharsets.UTF_8));
    ByteBuffer cells = ByteBuffer.allocate(24).putFloat(4, 1).putFloat(20, 1);
    assertThat(digest.digest()).isEqualTo(expected.digest(cells.array()));
    assertThat(wide.shape()).hasToString("1 x 2 in colour");
  }

  @Test
  void withoutClassesThereAreNoLabels() {
    ImageSet plain = new ImageSet(set.images(), set.shape(), new int[0], List.of());
    assertThat(plain.size()).isEqualTo(3);
    assertThat(plain.isLabelled()).isFalse();
    assertThat(plain.range(1, 3).labels()).isEmpty();
    assertThatIllegalStateException()
        .isThrownBy(plain::oneHot)
        .withMessage("ImageSet has no classes, so there are no labels to encode");
  }

  /** Of pixels, of classes and of which set an image is in. */
  @Test
  void everyChangeOfSplitsChangesTheirDigest() {
    ImageSet few = set.first(1);
    ImageSet rest = set.range(1, 3);
    ImageSet darker = new ImageSet(set.images().mul(0.5), set.shape(), set.labels(), set.classes());
    ImageSet relabelled =
        new ImageSet(set.images(), set.shape(), new int[] {2, 0, 0}, set.classes());
    ImageSet renamed =
        new ImageSet(set.images(), set.shape(), set.labels(), List.of("0", "1", "b"));
    ImageSet turned =
        new ImageSet(set.images(), ImageShape.grey(2, 1), set.labels(), set.classes());
    List<Splits> splits =
        List.of(
            new Splits("a", set, set, set),
            new Splits("a", few, null, rest),
            new Splits("a", rest, null, few),
            new Splits("a", set.first(2), null, set.range(2, 3)),
            new Splits("a", darker, darker, darker),
            new Splits("a", relabelled, relabelled, relabelled),
            new Splits("a", renamed, renamed, renamed),
            new Splits("a", turned, turned, turned));
    assertThat(splits).extracting(Splits::size).containsOnly(3);
    assertThat(splits).extracting(Splits::sha256).doesNotHaveDuplicates();
    assertThat(new Splits("b", set.pick(0), null, set.pick(1, 2)).sha256())
        .isEqualTo(splits.get(1).sha256());
  }

  /** Not all at once, which would take their memory twice more. */
  @Test
  void largeImagesAreDigestedToTheLast() {
    INDArray pixels = Nd4j.zeros(DataType.FLOAT, 3, 1 << 20);
    ImageSet large = new ImageSet(pixels, ImageShape.grey(1024, 1024), new int[0], List.of());
    String black = new Splits("a", large, large, large).sha256();
    pixels.putScalar(2, (1 << 20) - 1, 1);
    assertThat(new Splits("a", large, large, large).sha256()).isNotEqualTo(black);
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
