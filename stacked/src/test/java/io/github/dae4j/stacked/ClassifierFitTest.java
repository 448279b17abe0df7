package io.github.dae4j.stacked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.internal.solver.ClassifierLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** {@code fit} of a network with an output layer is that of DL4J's own network. */
class ClassifierFitTest {

  private static final int STEPS = 10;
  private static final int FEATURES = 6;
  private static final int CLASSES = 3;

  private record Case(
      String name, IUpdater updater, DataType type, UnaryOperator<OutputLayer.Builder> output) {

    MultiLayerConfiguration configuration() {
      return new NeuralNetConfiguration.Builder()
          .seed(1)
          .dataType(type)
          .updater(updater)
          .l2(0.01)
          .list()
          .layer(new DenseLayer.Builder().nIn(FEATURES).nOut(7).activation(Activation.TANH).build())
          .layer(
              output
                  .apply(
                      new OutputLayer.Builder()
                          .nIn(7)
                          .nOut(CLASSES)
                          .lossFunction(LossFunction.MCXENT))
                  .build())
          .build();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (IUpdater updater : List.of(new Sgd(0.5), new Adam(0.02), new AdaGrad(0.1))) {
      cases.add(new Case(updater + "", updater, DataType.FLOAT, softmax(layer -> layer)));
    }
    Sgd sgd = new Sgd(0.5);
    cases.add(
        new Case(
            "negative log-likelihood",
            sgd,
            DataType.FLOAT,
            softmax(layer -> layer.lossFunction(LossFunction.NEGATIVELOGLIKELIHOOD))));
    cases.add(
        new Case(
            "dropout", sgd, DataType.FLOAT, softmax(layer -> layer.dropOut(new Dropout(0.7)))));
    cases.add(
        new Case(
            "noise",
            sgd,
            DataType.FLOAT,
            softmax(layer -> layer.weightNoise(new DropConnect(0.8)))));
    cases.add(new Case("no bias", sgd, DataType.FLOAT, softmax(layer -> layer.hasBias(false))));
    cases.add(
        new Case(
            "class weights",
            sgd,
            DataType.FLOAT,
            softmax(
                layer -> layer.lossFunction(new LossMCXENT(Nd4j.createFromArray(1f, 2f, 0.5f))))));
    cases.add(
        new Case(
            "clipped",
            sgd,
            DataType.FLOAT,
            softmax(layer -> layer.lossFunction(new LossMCXENT(0.2, null)))));
    cases.add(new Case("double", sgd, DataType.DOUBLE, softmax(layer -> layer)));
    cases.add(
        new Case(
            "sigmoid",
            sgd,
            DataType.FLOAT,
            layer -> layer.lossFunction(LossFunction.XENT).activation(Activation.SIGMOID)));
    return cases.stream();
  }

  private static UnaryOperator<OutputLayer.Builder> softmax(
      UnaryOperator<OutputLayer.Builder> settings) {
    return layer -> settings.apply(layer).activation(Activation.SOFTMAX);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void endsWhereDl4jDoes(Case settings) {
    for (DataSet minibatch : List.of(hard(40), soft(9), masked(9), hard(1), withoutALabel())) {
      assertSame(settings, minibatch);
    }
  }

  private static void assertSame(Case settings, DataSet minibatch) {
    PretrainableNetwork ours = new PretrainableNetwork(settings.configuration());
    MultiLayerNetwork dl4j = new MultiLayerNetwork(settings.configuration());
    List<double[]> scores = new ArrayList<>();
    for (MultiLayerNetwork network : List.of(ours, dl4j)) {
      network.init();
      Nd4j.getRandom().setSeed(3);
      double[] own = new double[STEPS];
      for (int step = 0; step < STEPS; step++) {
        network.fit(minibatch);
        own[step] = network.score();
      }
      scores.add(own);
    }
    assertThat(ours.getOutputLayer()).isInstanceOf(ClassifierLayer.class);
    assertThat(doubles(ours.params())).containsExactly(doubles(dl4j.params()), within(1e-5));
    assertThat(scores.get(0)).containsExactly(scores.get(1), within(1e-4));
    assertThat(ours.score(minibatch)).isCloseTo(dl4j.score(minibatch), within(1e-4));
    assertThat(doubles(ours.output(minibatch.getFeatures())))
        .containsExactly(doubles(dl4j.output(minibatch.getFeatures())), within(1e-5));
  }

  @Test
  void theLayerSharesParametersAndIsFoundByItsName() {
    PretrainableNetwork network =
        new PretrainableNetwork(cases().findFirst().orElseThrow().configuration());
    network.init();
    network.params().assign(0.25);
    assertThat(doubles(network.getOutputLayer().getParam("W"))).containsOnly(0.25);
    String name = network.getOutputLayer().conf().getLayer().getLayerName();
    assertThat(network.getLayer(name)).isSameAs(network.getOutputLayer());
    assertThat(network.clone().getOutputLayer()).isInstanceOf(ClassifierLayer.class);
  }

  private static DataSet hard(int rows) {
    INDArray labels = Nd4j.zeros(rows, CLASSES);
    for (int row = 0; row < rows; row++) {
      labels.putScalar(row, row % CLASSES, 1);
    }
    return new DataSet(features(rows), labels);
  }

  /** Labels that are shares, as label smoothing makes them. */
  private static DataSet soft(int rows) {
    return new DataSet(features(rows), hard(rows).getLabels().muli(0.7).addi(0.1));
  }

  private static DataSet masked(int rows) {
    DataSet result = hard(rows);
    INDArray mask = Nd4j.ones(rows, 1);
    mask.putScalar(2, 0, 0);
    result.setLabelsMaskArray(mask);
    return result;
  }

  private static DataSet withoutALabel() {
    DataSet result = hard(12);
    result.getLabels().putRow(0, Nd4j.zeros(CLASSES));
    return result;
  }

  private static INDArray features(int rows) {
    Nd4j.getRandom().setSeed(11);
    return Nd4j.rand(DataType.FLOAT, rows, FEATURES);
  }

  private static double[] doubles(INDArray array) {
    return array.dup('c').data().asDouble();
  }
}
