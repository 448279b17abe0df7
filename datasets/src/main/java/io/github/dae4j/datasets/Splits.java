package io.github.dae4j.datasets;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Images to train on, others to choose settings by, and others to judge by.
 *
 * @param validation null for none
 */
public record Splits(String name, ImageSet train, ImageSet validation, ImageSet test) {

  private static final int SHOWN = 10;

  /** The first test images, to look at what is made of them [at most 10, pixels]. */
  public INDArray shown() {
    return test.first(Math.min(SHOWN, test.size())).images();
  }

  /** The number of all images. */
  public int size() {
    return apart().stream().mapToInt(ImageSet::size).sum();
  }

  /** In hexadecimal digits; another one if any image or class changes, or its place does. */
  public String sha256() {
    MessageDigest digest = Unpacked.sha256();
    apart().forEach(set -> set.addTo(digest));
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Where there are few images, one set serves for others, too. */
  private List<ImageSet> apart() {
    List<ImageSet> sets = new ArrayList<>(List.of(train));
    if (validation != null && validation != train) {
      sets.add(validation);
    }
    if (test != train && test != validation) {
      sets.add(test);
    }
    return sets;
  }
}
