package io.github.dae4j.stacked;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Runs an exported network in a virtual machine that has DL4J but not this library. */
final class PlainReader {

  private PlainReader() {}

  public static void main(String[] args) throws IOException {
    requireAbsent("io.github.dae4j.layer.DenoisingAutoEncoder");
    requireAbsent("io.github.dae4j.stacked.StackedDenoisingAutoEncoder");
    MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(new File(args[0]));
    double[] output = network.output(input()).dup('c').data().asDouble();
    Files.writeString(Path.of(args[1]), Arrays.toString(output));
  }

  static INDArray input() {
    return Nd4j.linspace(0, 1, 24).reshape(2, 12);
  }

  private static void requireAbsent(String type) {
    try {
      Class.forName(type);
    } catch (ClassNotFoundException e) {
      return;
    }
    throw new IllegalStateException(type + " is on the class path");
  }
}
