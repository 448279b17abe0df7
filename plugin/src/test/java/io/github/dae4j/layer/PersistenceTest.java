package io.github.dae4j.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.learning.config.Adam;

/** What a pretrained and fine-tuned model is after it was written and read. */
class PersistenceTest {

  private static final int ROWS = 10;

  @TempDir private File folder;
  private MultiLayerNetwork net;
  private ComputationGraph graph;

  @BeforeEach
  void train() {
    DenoisingAutoEncoder layer = Small.layer().tiedWeights(false).emphasis(1, 0.5).build();
    net = Small.network(Small.settings().updater(new Adam(0.1)), layer);
    net.pretrain(Small.batches(ROWS, 5), 2);
    net.fit(Small.data(ROWS));
    graph = Small.graph(Small.settings().updater(new Adam(0.1)), layer);
    graph.pretrain(Small.batches(ROWS, 5));
    graph.fit(Small.data(ROWS));
  }

  @Test
  void theConfigurationIsEqual() throws IOException {
    assertThat(read().getLayerWiseConfigurations()).isEqualTo(net.getLayerWiseConfigurations());
    assertThat(readGraph().getConfiguration()).isEqualTo(graph.getConfiguration());
  }

  @Test
  void theParametersAreEqualToTheLastBit() throws IOException {
    assertThat(Small.exact(read().params())).containsExactly(Small.exact(net.params()));
    assertThat(Small.exact(readGraph().params())).containsExactly(Small.exact(graph.params()));
  }

  @Test
  void outputAndReconstructionAreEqual() throws IOException {
    MultiLayerNetwork read = read();
    assertThat(read.output(Small.patterns(ROWS))).isEqualTo(net.output(Small.patterns(ROWS)));
    assertThat(Small.layerOf(read).reconstruct(Small.patterns(ROWS)))
        .isEqualTo(Small.layerOf(net).reconstruct(Small.patterns(ROWS)));
  }

  @Test
  void theUpdaterGoesOnWhereItWas() throws IOException {
    MultiLayerNetwork read = read();
    assertThat(Small.exact(read.getUpdater().getStateViewArray()))
        .containsExactly(Small.exact(net.getUpdater().getStateViewArray()));
    read.fit(Small.data(ROWS));
    net.fit(Small.data(ROWS));
    assertThat(Small.exact(read.params())).containsExactly(Small.exact(net.params()));
  }

  @Test
  void theUpdaterOfAGraphGoesOnWhereItWas() throws IOException {
    ComputationGraph read = readGraph();
    read.fit(Small.data(ROWS));
    graph.fit(Small.data(ROWS));
    assertThat(Small.exact(read.params())).containsExactly(Small.exact(graph.params()));
  }

  @Test
  void aLayerReadFromAFileCanBePretrainedFurther() throws IOException {
    MultiLayerNetwork read = read();
    double before = Small.error(Small.layerOf(read), Small.patterns(ROWS));
    Small.pretrain(read, Small.patterns(ROWS), 20);
    assertThat(Small.error(Small.layerOf(read), Small.patterns(ROWS))).isLessThan(before);
  }

  @Test
  void javaSerializationKeepsTheNetwork() throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(net);
    }
    MultiLayerNetwork read;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      read = (MultiLayerNetwork) in.readObject();
    }
    assertThat(Small.layerOf(read).reconstruct(Small.patterns(ROWS)))
        .isEqualTo(Small.layerOf(net).reconstruct(Small.patterns(ROWS)));
  }

  private MultiLayerNetwork read() throws IOException {
    File file = new File(folder, "net.zip");
    ModelSerializer.writeModel(net, file, true);
    return ModelSerializer.restoreMultiLayerNetwork(file, true);
  }

  private ComputationGraph readGraph() throws IOException {
    File file = new File(folder, "graph.zip");
    ModelSerializer.writeModel(graph, file, true);
    return ModelSerializer.restoreComputationGraph(file, true);
  }
}
