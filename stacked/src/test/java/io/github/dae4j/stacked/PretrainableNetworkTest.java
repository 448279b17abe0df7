package io.github.dae4j.stacked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.layer.DenoisingAutoEncoderLayer;
import io.github.dae4j.stacked.finetuning.TwoPrototypes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.datasets.iterator.utilty.SingletonDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

class PretrainableNetworkTest {

  private static final int WIDTH = 12;

  /** Equal widths are the case that trains on the wrong input without an error in DL4J. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void eachLayerTrainsOnTheCodeOfTheOneBelow(int index) {
    PretrainableNetwork stack = network(WIDTH, WIDTH, WIDTH, WIDTH);
    INDArray x = data(20);
    INDArray below = index == 0 ? x : stack.feedForward(x, false).get(index);

    PretrainableNetwork alone = network(WIDTH, WIDTH);
    alone.getLayer(0).setParams(stack.getLayer(index).params().dup());

    Nd4j.getRandom().setSeed(3);
    stack.pretrainLayer(index, x);
    Nd4j.getRandom().setSeed(3);
    alone.pretrainLayer(0, below);

    assertThat(stack.getLayer(index).params()).isEqualTo(alone.getLayer(0).params());
  }

  @Test
  void aPlainNetworkOfEqualWidthsTrainsOnTheWrongInput() {
    MultiLayerConfiguration conf = network(WIDTH, WIDTH, WIDTH).getLayerWiseConfigurations();
    MultiLayerNetwork plain = new MultiLayerNetwork(conf.clone());
    plain.init();
    PretrainableNetwork ours = PretrainableNetwork.copyOf(plain);
    INDArray x = data(20);

    Nd4j.getRandom().setSeed(3);
    plain.pretrainLayer(1, x);
    Nd4j.getRandom().setSeed(3);
    ours.pretrainLayer(1, x);

    assertThat(plain.getLayer(1).params()).isNotEqualTo(ours.getLayer(1).params());
  }

  @Test
  void javaSerializesItAsItDoesAPlainNetwork() throws IOException, ClassNotFoundException {
    PretrainableNetwork network = network(WIDTH, 8, 4);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(network);
    PretrainableNetwork read =
        (PretrainableNetwork)
            new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    assertThat(read.params()).isEqualTo(network.params());
    read.pretrainLayer(1, data(20));
    assertThat(read.output(data(20))).isNotEqualTo(network.output(data(20)));
  }

  @Test
  void aPlainNetworkOfOtherWidthsSaysWhatIsWrong() {
    MultiLayerNetwork plain =
        new MultiLayerNetwork(network(WIDTH, 8, 4).getLayerWiseConfigurations());
    plain.init();
    assertThatThrownBy(() -> plain.pretrainLayer(1, data(20)))
        .hasMessageContaining("must be [minibatch, 8], got [20, 12]")
        .hasMessageContaining("layerIndex - 1 where layerIdx - 1 was meant")
        .hasMessageContaining(PretrainableNetwork.class.getName());
  }

  @Test
  void pretrainLowersEveryLayersErrorAndTouchesNothingElse() {
    PretrainableNetwork stack = network(WIDTH, 10, 8, 6);
    INDArray x = data(60);
    INDArray output = stack.getLayer(3).params().dup();
    for (int layer = 0; layer < 3; layer++) {
      double before = reconstructionError(stack, layer, x);
      stack.pretrainLayer(layer, batches(x, 10), 30);
      assertThat(reconstructionError(stack, layer, x)).as("layer %d", layer).isLessThan(before);
    }
    assertThat(stack.getLayer(3).params()).isEqualTo(output);
  }

  @Test
  void epochsAreCountedAndListenersTold() {
    PretrainableNetwork stack = network(WIDTH, 8, 6);
    List<String> events = new ArrayList<>();
    stack.setListeners(
        new BaseTrainingListener() {
          @Override
          public void onEpochStart(Model model) {
            events.add("start");
            assertThat(model).isSameAs(stack);
          }

          @Override
          public void onEpochEnd(Model model) {
            events.add("end");
          }

          @Override
          public void iterationDone(Model model, int iteration, int epoch) {
            events.add(
                ((DenoisingAutoEncoderLayer) model).getIndex() + ":" + iteration + "/" + epoch);
          }
        });
    stack.pretrain(batches(data(20), 10), 2);
    assertThat(events)
        .containsExactly(
            "start", "0:0/0", "0:1/0", "end", "start", "0:2/1", "0:3/1", "end", "start", "1:0/0",
            "1:1/0", "end", "start", "1:2/1", "1:3/1", "end");
    assertThat(stack.getLayer(0).conf().getEpochCount()).isEqualTo(2);
    assertThat(stack.getLayer(1).conf().getEpochCount()).isEqualTo(2);
  }

  @Test
  void maskedExamplesDoNotCount() {
    PretrainableNetwork one = network(WIDTH, 8, 6);
    PretrainableNetwork other = one.clone();
    INDArray x = data(4);
    INDArray changed = x.dup();
    changed.getRow(1).assign(0.5);
    INDArray mask = Nd4j.createFromArray(new float[][] {{1}, {0}, {1}, {1}});
    for (int layer = 0; layer < 2; layer++) {
      Nd4j.getRandom().setSeed(3);
      one.pretrainLayer(layer, masked(x, mask), 1);
      Nd4j.getRandom().setSeed(3);
      other.pretrainLayer(layer, masked(changed, mask), 1);
      assertThat(one.getLayer(layer).params()).isEqualTo(other.getLayer(layer).params());
    }
    assertThat(one.getLayer(0).getMaskArray()).isNull();
  }

  private static DataSetIterator masked(INDArray x, INDArray mask) {
    return new SingletonDataSetIterator(new DataSet(x, oneHot(4), mask, null));
  }

  @Test
  void aNetworkThatIsNotInitialisedYetIs() {
    PretrainableNetwork stack =
        new PretrainableNetwork(network(WIDTH, 8).getLayerWiseConfigurations());
    stack.pretrainLayer(0, batches(data(4), 2), 1);
    assertThat(stack.getLayer(0).conf().getEpochCount()).isOne();
  }

  @Test
  void aNetworkOfGivenParametersTrainsACopyOfThem() {
    PretrainableNetwork first = network(WIDTH, 8);
    INDArray params = first.params().dup();
    PretrainableNetwork second =
        new PretrainableNetwork(first.getLayerWiseConfigurations().clone(), params);
    assertThat(second.output(data(4))).isEqualTo(first.output(data(4)));
    second.pretrainLayer(0, data(4));
    assertThat(second.params()).isNotEqualTo(first.params());
    assertThat(params).isEqualTo(first.params());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1})
  void parametersOfAnotherNetworkAreRefused(int more) {
    PretrainableNetwork network = network(WIDTH, 8);
    long length = network.numParams();
    INDArray params = Nd4j.zeros(1, length + more);
    String message =
        "PretrainableNetwork params must be [1, %d], got [1, %d]".formatted(length, length + more);
    assertThatThrownBy(
            () -> new PretrainableNetwork(network.getLayerWiseConfigurations().clone(), params))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> network.setParams(params)).hasMessage(message);
  }

  @Test
  void listenersAddedLaterReachTheLayers() {
    PretrainableNetwork stack = network(WIDTH, 8);
    List<String> calls = new ArrayList<>();
    stack.setListeners(recording("first", calls));
    stack.addListeners(recording("second", calls));
    stack.pretrainLayer(0, data(4));
    assertThat(calls).containsExactly("first", "second");
  }

  private static TrainingListener recording(String name, List<String> calls) {
    return new BaseTrainingListener() {
      @Override
      public void iterationDone(Model model, int iteration, int epoch) {
        calls.add(name);
      }
    };
  }

  @Test
  void anIteratorThatEndsBeforeTheTrainingDoesIsAnError() {
    PretrainableNetwork stack = network(WIDTH, 8, 6);
    DataSetIterator once =
        new ListDataSetIterator<>(List.of(new DataSet(data(5), oneHot(5))), 5) {
          @Override
          public boolean resetSupported() {
            return false;
          }
        };
    assertThatThrownBy(() -> stack.pretrain(once, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "pretraining layer 1, epoch 0: the iterator has no minibatch left and does not support"
                + " resetting");
  }

  @Test
  void badArgumentsAreNamed() {
    PretrainableNetwork stack = network(WIDTH, 8);
    assertThatThrownBy(() -> stack.pretrain(batches(data(4), 2), 0))
        .hasMessage("pretrain epochs must be > 0, got 0");
    assertThatThrownBy(() -> stack.pretrainLayer(2, data(4)))
        .hasMessage("layer index must be in [0, 1], got 2");
    assertThatThrownBy(() -> stack.pretrainLayer(-1, data(4)))
        .hasMessage("layer index must be in [0, 1], got -1");
  }

  @Test
  void copiesAreIndependentAndEqual() {
    PretrainableNetwork stack = network(WIDTH, 8);
    INDArray x = data(6);
    stack.fit(x, oneHot(6));
    PretrainableNetwork copy = stack.clone();
    assertThat(copy.params()).isEqualTo(stack.params());
    assertThat(copy.getUpdater().getStateViewArray())
        .isEqualTo(stack.getUpdater().getStateViewArray());
    copy.pretrainLayer(0, x);
    assertThat(copy.params()).isNotEqualTo(stack.params());
  }

  @Test
  void savedNetworksCanBeLoadedAndPretrainedFurther(@TempDir File folder) throws IOException {
    PretrainableNetwork stack = network(WIDTH, 8, 6);
    INDArray x = data(6);
    stack.pretrain(batches(x, 3), 1);
    stack.fit(x, oneHot(6));
    File file = new File(folder, "stack.zip");
    stack.save(file, true);

    PretrainableNetwork loaded = PretrainableNetwork.load(file, true);

    assertThat(loaded.params()).isEqualTo(stack.params());
    assertThat(loaded.output(x)).isEqualTo(stack.output(x));
    assertThat(loaded.getUpdater().getStateViewArray())
        .isEqualTo(stack.getUpdater().getStateViewArray());
    assertThat(loaded.getLayerWiseConfigurations()).isEqualTo(stack.getLayerWiseConfigurations());
    INDArray before = loaded.getLayer(1).params().dup();
    loaded.pretrainLayer(1, x);
    assertThat(loaded.getLayer(1).params()).isNotEqualTo(before);
  }

  private static double reconstructionError(MultiLayerNetwork net, int index, INDArray x) {
    INDArray input = index == 0 ? x : net.feedForward(x, false).get(index);
    return ((DenoisingAutoEncoderLayer) net.getLayer(index))
        .reconstructionError(input)
        .meanNumber()
        .doubleValue();
  }

  private static PretrainableNetwork network(int... widths) {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .weightInit(WeightInit.XAVIER)
            .updater(new Sgd(0.5))
            .list();
    for (int i = 0; i + 1 < widths.length; i++) {
      list.layer(
          new DenoisingAutoEncoder.Builder()
              .nIn(widths[i])
              .nOut(widths[i + 1])
              .activation(Activation.SIGMOID)
              .corruption(new MaskingCorruption(0.2))
              .build());
    }
    list.layer(
        new OutputLayer.Builder()
            .nIn(widths[widths.length - 1])
            .nOut(3)
            .activation(Activation.SOFTMAX)
            .updater(new Adam(0.01))
            .build());
    PretrainableNetwork network = new PretrainableNetwork(list.build());
    network.init();
    return network;
  }

  private static INDArray data(int rows) {
    return TwoPrototypes.features(rows);
  }

  private static INDArray oneHot(int rows) {
    INDArray labels = Nd4j.zeros(rows, 3);
    for (int row = 0; row < rows; row++) {
      labels.putScalar(row, row % 3, 1);
    }
    return labels;
  }

  private static DataSetIterator batches(INDArray x, int size) {
    return new ListDataSetIterator<>(new DataSet(x, x).asList(), size);
  }
}
