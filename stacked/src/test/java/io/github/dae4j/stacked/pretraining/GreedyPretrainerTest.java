package io.github.dae4j.stacked.pretraining;

import static io.github.dae4j.stacked.pretraining.Stacks.WIDTH;
import static io.github.dae4j.stacked.pretraining.Stacks.batches;
import static io.github.dae4j.stacked.pretraining.Stacks.bits;
import static io.github.dae4j.stacked.pretraining.Stacks.data;
import static io.github.dae4j.stacked.pretraining.Stacks.denoising;
import static io.github.dae4j.stacked.pretraining.Stacks.output;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.stacked.PretrainableNetwork;
import io.github.dae4j.stacked.internal.RunSeed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** The result is that of {@link PretrainableNetwork}, to the bit, whatever lies between layers. */
class GreedyPretrainerTest {

  private static final int EPOCHS = 3;
  private static final RunSeed SEED = new RunSeed(9);

  @TempDir Path directory;

  static Stream<Arguments> networks() {
    List<Arguments> all = new ArrayList<>();
    for (long budget : new long[] {0, Long.MAX_VALUE}) {
      all.add(network("stack", budget, () -> Stacks.of(WIDTH, 10, 8, 6)));
      all.add(network("equal widths", budget, () -> Stacks.of(WIDTH, WIDTH, WIDTH)));
      all.add(network("layers between", budget, GreedyPretrainerTest::withLayersBetween));
      all.add(network("a frozen layer", budget, GreedyPretrainerTest::withAFrozenLayer));
      all.add(network("no workspaces", budget, GreedyPretrainerTest::withoutWorkspaces));
      all.add(network("an untied decoder", budget, GreedyPretrainerTest::untied));
    }
    return all.stream();
  }

  private static Arguments network(
      String name, long budget, Supplier<PretrainableNetwork> network) {
    String place = budget == 0 ? ", in a file" : ", in memory";
    return Arguments.of(Named.of(name + place, network), budget);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void trainsAsPretrainableNetworkDoes(Supplier<PretrainableNetwork> network, long budget) {
    INDArray x = data(23);
    PretrainableNetwork expected = network.get();
    trainLayerByLayer(expected, batches(x, 5));
    PretrainableNetwork actual = network.get();
    assertThat(bits(actual)).isNotEqualTo(bits(expected));

    List<LayerResult> results = pretrainer(budget).pretrain(actual, batches(x, 5));

    assertThat(bits(actual)).isEqualTo(bits(expected));
    assertThat(results)
        .isNotEmpty()
        .allSatisfy(result -> assertThat(result.cachedInFile()).isEqualTo(budget == 0));
    assertThat(directory).isEmptyDirectory();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void countsAsPretrainableNetworkDoes(Supplier<PretrainableNetwork> network, long budget) {
    PretrainableNetwork expected = network.get();
    List<String> expectedEvents = events(expected);
    trainLayerByLayer(expected, batches(data(23), 5));
    PretrainableNetwork actual = network.get();
    List<String> events = events(actual);

    pretrainer(budget).pretrain(actual, batches(data(23), 5));

    assertThat(events).isNotEmpty().isEqualTo(expectedEvents);
    for (int i = 0; i < actual.getnLayers(); i++) {
      assertThat(actual.getLayer(i).conf()).isEqualTo(expected.getLayer(i).conf());
    }
  }

  @Test
  void preprocessorsAreHeeded() {
    Supplier<PretrainableNetwork> network =
        () ->
            Stacks.initialised(
                Stacks.list(denoising(WIDTH, 10), denoising(10, 8), output(8))
                    .inputPreProcessor(0, new CnnToFeedForwardPreProcessor(2, 3, 2)));
    INDArray images = data(23).reshape(23, 2, 2, 3);
    PretrainableNetwork expected = network.get();
    trainLayerByLayer(expected, batches(images, 5));
    PretrainableNetwork actual = network.get();
    pretrainer(0).pretrain(actual, batches(images, 5));
    assertThat(bits(actual)).isEqualTo(bits(expected));
  }

  @Test
  void aPlainNetworkIsTrainedAsWell() {
    PretrainableNetwork ours = Stacks.of(WIDTH, 10, 8);
    MultiLayerNetwork plain = new MultiLayerNetwork(ours.getLayerWiseConfigurations().clone());
    pretrainer(0).pretrain(ours, batches(data(20), 5));
    pretrainer(0).pretrain(plain, batches(data(20), 5));
    assertThat(bits(plain)).isEqualTo(bits(ours));
  }

  @Test
  void theGlobalGeneratorPlaysNoPartAndIsLeftAlone() {
    PretrainableNetwork network = Stacks.of(WIDTH, 10, 8);
    PretrainableNetwork same = Stacks.of(WIDTH, 10, 8);
    Nd4j.getRandom().setSeed(1);
    shuffling().pretrain(network, batches(data(20), 5));
    float drawn = Nd4j.rand(1).getFloat(0);
    Nd4j.getRandom().setSeed(1);
    assertThat(Nd4j.rand(1).getFloat(0)).isEqualTo(drawn);
    shuffling().pretrain(same, batches(data(20), 5));
    assertThat(bits(same)).isEqualTo(bits(network));
  }

  @Test
  void shufflingIsTheSameInMemoryAndInAFile() {
    PretrainableNetwork network = Stacks.of(WIDTH, 10, 8);
    PretrainableNetwork unshuffled = Stacks.of(WIDTH, 10, 8);
    PretrainableNetwork inFile = Stacks.of(WIDTH, 10, 8);
    shuffling().pretrain(network, batches(data(20), 5));
    builder().memoryBudget(0).build().pretrain(inFile, batches(data(20), 5));
    pretrainer(0).pretrain(unshuffled, batches(data(20), 5));
    assertThat(bits(inFile)).isEqualTo(bits(network));
    assertThat(bits(unshuffled)).isNotEqualTo(bits(network));
  }

  private GreedyPretrainer pretrainer(long budget) {
    return builder().shuffled(false).memoryBudget(budget).build();
  }

  private GreedyPretrainer shuffling() {
    return builder().build();
  }

  private GreedyPretrainer.Builder builder() {
    return new GreedyPretrainer.Builder()
        .plan(LayerPlan.ofEpochs(EPOCHS))
        .seed(SEED.seed())
        .workingDirectory(directory);
  }

  /** The same by hand, with the same corruptions, passing all layers below for every minibatch. */
  private static void trainLayerByLayer(PretrainableNetwork network, DataSetIterator iterator) {
    for (int index = 0; index < network.getnLayers(); index++) {
      if (network.getLayer(index).conf().getLayer() instanceof DenoisingAutoEncoder
          && !(network.getLayer(index) instanceof FrozenLayer)) {
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
          Stacks.layer(network, index)
              .setRandom(SEED.random(RunSeed.Purpose.CORRUPTION, index, epoch));
          network.pretrainLayer(index, iterator, 1);
        }
      }
    }
  }

  private static List<String> events(MultiLayerNetwork network) {
    List<String> events = new ArrayList<>();
    network.setListeners(
        new BaseTrainingListener() {
          @Override
          public void onEpochStart(Model model) {
            events.add("start " + (model == network));
          }

          @Override
          public void onEpochEnd(Model model) {
            events.add("end " + (model == network));
          }

          @Override
          public void iterationDone(Model model, int iteration, int epoch) {
            int index = ((org.deeplearning4j.nn.api.Layer) model).getIndex();
            assertThat(network.getLayer(index).params()).isEqualTo(model.params());
            events.add("%d: %d/%d %s".formatted(index, iteration, epoch, model.score()));
          }
        });
    return events;
  }

  private static PretrainableNetwork withLayersBetween() {
    return Stacks.of(
        new DenseLayer.Builder().nIn(WIDTH).nOut(10).activation(Activation.SIGMOID).build(),
        denoising(10, 9),
        new DropoutLayer(0.5),
        new ActivationLayer(Activation.HARDSIGMOID),
        new DenseLayer.Builder().nIn(9).nOut(8).activation(Activation.SIGMOID).build(),
        denoising(8, 6),
        output(6));
  }

  private static PretrainableNetwork withAFrozenLayer() {
    PretrainableNetwork network = Stacks.of(WIDTH, 10, 8, 6);
    network.getLayers()[1] = new FrozenLayer(network.getLayer(1));
    return network;
  }

  private static PretrainableNetwork withoutWorkspaces() {
    PretrainableNetwork network = Stacks.of(WIDTH, 10, 8);
    network.getLayerWiseConfigurations().setTrainingWorkspaceMode(WorkspaceMode.NONE);
    network.getLayerWiseConfigurations().setInferenceWorkspaceMode(WorkspaceMode.NONE);
    return network;
  }

  private static PretrainableNetwork untied() {
    return Stacks.of(
        new DenoisingAutoEncoder.Builder()
            .nIn(WIDTH)
            .nOut(8)
            .activation(Activation.SIGMOID)
            .tiedWeights(false)
            .build(),
        denoising(8, 6),
        output(6));
  }
}
