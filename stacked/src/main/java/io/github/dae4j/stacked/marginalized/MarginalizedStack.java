package io.github.dae4j.stacked.marginalized;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Layers that {@link MarginalizedMasking#fitStack} has fitted one above the other, all of the same
 * width (mSDA; Chen et al. 2012).
 *
 * @param masking what they were fitted to
 * @param layers from the bottom up, at least one
 */
public record MarginalizedStack(MarginalizedMasking masking, List<MarginalizedAutoEncoder> layers) {

  public MarginalizedStack {
    layers = List.copyOf(layers);
    List<Long> widths = layers.stream().map(MarginalizedAutoEncoder::nIn).distinct().toList();
    if (widths.size() != 1) {
      throw new IllegalArgumentException(
          "MarginalizedStack layers must be at least one, all of one width, got widths " + widths);
    }
  }

  /** The number of features. */
  public long nIn() {
    return layers.get(0).nIn();
  }

  /** The code of the topmost layer [minibatch, nIn] for x [minibatch, nIn], in the type of x. */
  public INDArray encode(INDArray x) {
    return encode(x, layers);
  }

  static INDArray encode(INDArray x, List<MarginalizedAutoEncoder> layers) {
    INDArray code = x;
    for (MarginalizedAutoEncoder layer : layers) {
      code = layer.encode(code);
    }
    return code;
  }

  /**
   * x and the codes of all layers side by side, as Chen et al. hand them to a classifier.
   *
   * @param x [minibatch, nIn]
   * @return [minibatch, (layers + 1) nIn] in the type of x, FLOAT for whole numbers
   */
  public INDArray encodeAll(INDArray x) {
    List<INDArray> blocks = new ArrayList<>(List.of(x.castTo(MarginalizedAutoEncoder.typeOf(x))));
    for (MarginalizedAutoEncoder layer : layers) {
      blocks.add(layer.encode(blocks.get(blocks.size() - 1)));
    }
    return Nd4j.hstack(blocks);
  }

  /**
   * Writes the stack to a file, whole or not at all.
   *
   * @throws IOException naming the file, which then is as it was before
   */
  public void save(Path file) throws IOException {
    MarginalizedFile.write(file, this);
  }

  /**
   * Reads a stack that {@link #save} has written.
   *
   * @throws IOException naming the file and what is wrong with it; damage is always noticed
   */
  public static MarginalizedStack load(Path file) throws IOException {
    return MarginalizedFile.read(file);
  }
}
