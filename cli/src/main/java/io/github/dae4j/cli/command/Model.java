package io.github.dae4j.cli.command;

import io.github.dae4j.cli.experiment.ModelImages;
import io.github.dae4j.datasets.DataException;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** What commands ask about a model that was read. */
record Model(StackedDenoisingAutoEncoder stack) {

  /** The width of its input. */
  int nIn() {
    return IntStream.rangeClosed(0, stack.topLayer()) // dropout and the like keep the width
        .mapToObj(layer -> stack.network().paramTable().get(layer + "_W"))
        .filter(Objects::nonNull)
        .findFirst()
        .map(weights -> (int) weights.size(0))
        .orElseThrow();
  }

  /** How many classes it tells apart; 0 if it has no output layer. */
  int classes() {
    return stack.network().getOutputLayer() instanceof IOutputLayer
        ? (int) ((FeedForwardLayer) stack.network().getOutputLayer().conf().getLayer()).getNOut()
        : 0;
  }

  /** What images it was trained on, if it was and says so. */
  Optional<ModelImages> images() {
    Optional<ModelImages> images = ModelImages.of(stack);
    images.ifPresent(
        known -> {
          if (known.shape().values() != nIn()) {
            throw new DataException(
                "MODEL does not say what its images are: %s are %d values, its input %d"
                    .formatted(known.shape(), known.shape().values(), nIn()));
          }
        });
    return images;
  }

  /** The names of its classes, numbers if it does not say them. */
  List<String> classNames() {
    List<String> names = images().map(ModelImages::classes).orElse(List.of());
    return names.size() == classes()
        ? names
        : IntStream.range(0, classes()).mapToObj(Integer::toString).toList();
  }

  DataType type() {
    return stack.network().getLayerWiseConfigurations().getDataType();
  }

  /**
   * Checks that each layer can be gone back through.
   *
   * @throws DataException naming the first that has no decoder
   */
  void requireReconstruction() {
    try {
      stack.reconstruct(Nd4j.zeros(type(), 1, nIn()));
    } catch (IllegalStateException | UnsupportedOperationException e) {
      throw new DataException("MODEL cannot reconstruct: " + e.getMessage(), e);
    }
  }

  /** A name for each column of a layer's code. */
  List<String> codeNames(int layer) {
    long width = stack.encode(Nd4j.zeros(type(), 1, nIn()), layer).size(1);
    return IntStream.range(0, (int) width).mapToObj(i -> "code" + i).toList();
  }
}
