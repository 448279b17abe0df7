package io.github.dae4j.cli.experiment;

import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The filters of a stack as its input sees them: those of a layer above the first are the filters
 * of the layer below, weighted by the layer's weights and added up (Lee et al. 2008).
 */
public record StackFilters(StackedDenoisingAutoEncoder stack) {

  /** The indices of the layers that have filters, up to the top code's. */
  public List<Integer> layers() {
    return IntStream.rangeClosed(0, stack.topLayer())
        .filter(k -> weights(k) != null)
        .boxed()
        .toList();
  }

  /** W0 W1 ... Wk: [nIn, nOut of the layer]. */
  public INDArray of(int layer) {
    INDArray filters = null;
    for (int k = 0; k <= layer; k++) {
      if (weights(k) != null) { // not a dropout layer
        filters = filters == null ? weights(k) : filters.mmul(weights(k));
      }
    }
    return filters;
  }

  private INDArray weights(int layer) {
    return stack.network().paramTable().get(layer + "_W"); // getParam throws where there are none
  }
}
