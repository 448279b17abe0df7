package io.github.dae4j.stacked.run;

import io.github.dae4j.stacked.internal.SealedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** What tells one data set, in its order and its minibatches, from another. */
final class DataDigest {

  private final MessageDigest sha = SealedFile.sha256();
  private long rows;
  private int minibatches;
  private String features;

  void add(DataSet minibatch) {
    INDArray x = minibatch.getFeatures();
    rows += x.size(0);
    minibatches++;
    if (features == null) {
      long[] shape = x.shape();
      features = x.dataType() + " " + Arrays.toString(Arrays.copyOfRange(shape, 1, shape.length));
    }
    add(x);
    add(minibatch.getLabels());
    add(minibatch.getFeaturesMaskArray());
    add(minibatch.getLabelsMaskArray());
  }

  private void add(INDArray array) {
    String form = array == null ? "none" : array.dataType() + Arrays.toString(array.shape());
    sha.update(form.getBytes(StandardCharsets.UTF_8));
    if (array != null) {
      try {
        ArrayBytes.read(array, sha::update);
      } catch (IOException e) {
        throw new UncheckedIOException(e); // a digest does not do that
      }
    }
  }

  /** Of all minibatches that were added, under the name of the set; adds nothing more. */
  Fingerprint fingerprint(String set) {
    return Fingerprint.of(set + ".rows", rows)
        .with(Fingerprint.of(set + ".minibatches", minibatches))
        .with(Fingerprint.of(set + ".row", features))
        .with(Fingerprint.of(set + ".contents", HexFormat.of().formatHex(sha.digest(), 0, 8)));
  }
}
