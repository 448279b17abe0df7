package io.github.dae4j.cli.command;

import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** What commands ask about a model that was read. */
record Model(StackedDenoisingAutoEncoder stack) {

  /** The width of its input. */
  int nIn() {
    return (int) stack.network().getParam("0_W").size(0);
  }

  DataType type() {
    return stack.network().getLayerWiseConfigurations().getDataType();
  }

  /** A name for each column of a layer's code. */
  List<String> codeNames(int layer) {
    long width = stack.encode(Nd4j.zeros(type(), 1, nIn()), layer).size(1);
    return IntStream.range(0, (int) width).mapToObj(i -> "code" + i).toList();
  }
}
