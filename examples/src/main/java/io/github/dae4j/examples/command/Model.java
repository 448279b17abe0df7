package io.github.dae4j.examples.command;

import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What commands ask about a model that was read. */
record Model(StackedDenoisingAutoEncoder stack) {

  /** The width of its input. */
  int nIn() {
    return (int) weights(0).size(0);
  }

  DataType type() {
    return stack.network().getLayerWiseConfigurations().getDataType();
  }

  /** The filters of a layer as the input sees them, W0 W1 ... Wk: [nIn, nOut of the layer]. */
  INDArray filters(int layer) {
    INDArray filters = weights(0);
    for (int k = 1; k <= layer; k++) {
      if (weights(k) != null) { // not a dropout layer
        filters = filters.mmul(weights(k));
      }
    }
    return filters;
  }

  private INDArray weights(int layer) {
    return stack.network().getParam(layer + "_W");
  }

  /** A name for each column of a layer's code. */
  List<String> codeNames(int layer) {
    long width = stack.encode(Nd4j.zeros(type(), 1, nIn()), layer).size(1);
    return IntStream.range(0, (int) width).mapToObj(i -> "code" + i).toList();
  }
}
