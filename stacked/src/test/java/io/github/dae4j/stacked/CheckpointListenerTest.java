package io.github.dae4j.stacked;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.stacked.pretraining.GreedyPretrainer;
import io.github.dae4j.stacked.pretraining.LayerPlan;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.optimize.listeners.Checkpoint;
import org.deeplearning4j.optimize.listeners.CheckpointListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** DL4J's listener that saves what it is handed, in pretraining: files that load (case T8). */
class CheckpointListenerTest {

  @TempDir File folder;

  /** As without the listener. */
  @Test
  void aNetworkWithItCanBeSerialized() throws IOException {
    PretrainableNetwork network = SmallStacks.two().build().network();
    network.setListeners(
        new CheckpointListener.Builder(folder).keepAll().saveEveryNIterations(4).build());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(network);
    }
    assertThat(bytes.size()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"network", "pretrainer", "listener first"})
  void itSavesTheNetworkInPretraining(String by) throws IOException {
    CheckpointListener saver =
        new CheckpointListener.Builder(folder).keepAll().saveEveryNIterations(4).build();
    PretrainableNetwork network =
        by.equals("listener first")
            ? new PretrainableNetwork(
                SmallStacks.two().build().network().getLayerWiseConfigurations())
            : SmallStacks.two().build().network();
    network.setListeners(saver);
    network.init();
    double[] before = SmallStacks.exact(network.params());
    DataSetIterator minibatches = new ListDataSetIterator<>(SmallStacks.labelled(20).asList(), 4);
    if (by.equals("pretrainer")) {
      new GreedyPretrainer.Builder()
          .plan(LayerPlan.ofEpochs(2))
          .build()
          .pretrain(network, minibatches);
    } else {
      network.pretrain(minibatches, 2);
    }
    List<Checkpoint> saved = saver.availableCheckpoints();
    assertThat(saved).isNotEmpty();
    for (Checkpoint checkpoint : saved) {
      PretrainableNetwork read =
          PretrainableNetwork.load(saver.getFileForCheckpoint(checkpoint), true);
      assertThat(SmallStacks.exact(read.params())).hasSameSizeAs(before).isNotEqualTo(before);
    }
  }
}
