package io.github.dae4j.stacked.ladder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.stacked.finetuning.FineTuner;
import io.github.dae4j.stacked.finetuning.FineTuningResult;
import io.github.dae4j.stacked.finetuning.FineTuningResult.StopReason;
import io.github.dae4j.stacked.finetuning.FreezingSchedule;
import io.github.dae4j.stacked.finetuning.PartlyLabelledIterator;
import io.github.dae4j.stacked.finetuning.Patience;
import io.github.dae4j.stacked.finetuning.TwoPrototypes;
import io.github.dae4j.stacked.internal.Checkpoints;
import io.github.dae4j.stacked.internal.EveryState;
import io.github.dae4j.stacked.internal.FineTuningState;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.datasets.iterator.utilty.SingletonDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L2Regularization;

class LadderTrainingTest {

  private static final int CLASSES = 3;
  private static final int MINIBATCH = 60;
  private static final int NUMBERS = 6;
  private static final int WIDTH = NUMBERS + 4;

  /** Columns of numbers and of a category of four words, which say little of the class each. */
  private static DataSet rows(int n, long seed) {
    Random random = new Random(seed);
    float[][] x = new float[n][WIDTH];
    float[][] y = new float[n][CLASSES];
    for (int i = 0; i < n; i++) {
      int c = i % CLASSES;
      for (int j = 0; j < NUMBERS; j++) {
        x[i][j] = (float) (random.nextGaussian() + (j % CLASSES == c ? 1 : -0.5));
      }
      x[i][NUMBERS + (random.nextDouble() < 0.7 ? c : 3)] = 1;
      y[i][c] = 1;
    }
    return new DataSet(Nd4j.createFromArray(x), Nd4j.createFromArray(y));
  }

  private static MultiLayerNetwork network(Activation activation, int... widths) {
    NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder().seed(1).list();
    int nIn = WIDTH;
    for (int nOut : widths) {
      list.layer(new DenseLayer.Builder().nIn(nIn).nOut(nOut).activation(activation).build());
      nIn = nOut;
    }
    list.layer(
        new OutputLayer.Builder().nIn(nIn).nOut(CLASSES).activation(Activation.SOFTMAX).build());
    MultiLayerNetwork network = new MultiLayerNetwork(list.build());
    network.init();
    return network;
  }

  private static DataSetIterator few(int labels, int unlabelled) {
    return new PartlyLabelledIterator(
        rows(labels, 5), rows(unlabelled, 2).getFeatures(), MINIBATCH, 7);
  }

  private static DataSetIterator held() {
    return TwoPrototypes.minibatches(rows(60, 3), 60);
  }

  private static FineTuner.Builder tuner(int epochs, Ladder ladder) {
    return new FineTuner.Builder().epochs(epochs).updater(new Adam(0.01)).ladder(ladder);
  }

  private static Ladder ladder(double... weights) {
    return new Ladder.Builder().weights(weights).build();
  }

  /** Derivatives have a test of their own; that they are also used rightly, errors tell. */
  @Test
  void rowsWithoutLabelsOfMixedColumnsLowerTheError() {
    DataSet test = rows(1000, 4);
    MultiLayerNetwork supervised = network(Activation.RELU, 20, 10);
    new FineTuner.Builder()
        .epochs(40)
        .updater(new Adam(0.01))
        .build()
        .fit(supervised, TwoPrototypes.minibatches(rows(9, 5), 9), held());
    double alone = 1 - supervised.evaluate(TwoPrototypes.minibatches(test, 1000)).accuracy();

    for (Ladder ladder : List.of(ladder(1, 1, 1), new Ladder.Builder().topOnly(1, 3).build())) {
      MultiLayerNetwork network = network(Activation.RELU, 20, 10);
      FineTuningResult result = tuner(30, ladder).build().fit(network, few(9, 600), held());
      double error = 1 - network.evaluate(TwoPrototypes.minibatches(test, 1000)).accuracy();
      assertThat(error).as("alone %s", alone).isLessThan(0.85 * alone);
      assertThat(result.stopReason()).isEqualTo(StopReason.EPOCHS);
      assertThat(result.epochs().get(29).trainingLoss())
          .isLessThan(0.3 * result.epochs().get(0).trainingLoss());
    }
  }

  @Test
  void normalizationBecomesPartOfTheNetwork() {
    MultiLayerNetwork network = network(Activation.IDENTITY, 8);
    INDArray x = rows(300, 2).getFeatures();
    DataSetIterator whole = new PartlyLabelledIterator(rows(6, 5), x, 300, 7);
    tuner(1, ladder(1, 1, 1)).updater(new Sgd(1e-12)).build().fit(network, whole);

    INDArray sums = network.feedForward(x).get(1);
    double[] means = sums.mean(0).toDoubleVector();
    double[] variances = sums.var(false, 0).toDoubleVector();
    for (int unit = 0; unit < means.length; unit++) {
      assertThat(means[unit]).isCloseTo(0, within(1e-5));
      assertThat(variances[unit]).isCloseTo(299 / 300.0, within(1e-5));
    }
  }

  @Test
  void listenersHearWhatEachLevelCosts() {
    double[] weights = {10, 0, 0.5};
    MultiLayerNetwork network = network(Activation.TANH, 8);
    CostsHeard heard = new CostsHeard();
    network.setListeners(heard);
    FineTuningResult result = tuner(2, ladder(weights)).build().fit(network, few(6, 180), held());

    assertThat(heard.costs).hasSize(2 * 3);
    for (int step = 0; step < heard.costs.size(); step++) {
      double[] costs = heard.costs.get(step);
      assertThat(costs).hasSize(4);
      assertThat(costs[2]).isZero();
      double total = costs[0];
      for (int level = 0; level < weights.length; level++) {
        total += weights[level] * costs[level + 1];
      }
      assertThat(heard.scores.get(step)).isCloseTo(total, within(1e-12 * total));
    }
    for (FineTuningResult.Epoch epoch : result.epochs()) {
      assertThat(epoch.costs()).hasSize(4).doesNotContain(Double.NaN);
      assertThat(epoch.costs().get(2)).isZero();
      double sum = epoch.costs().stream().mapToDouble(cost -> cost).sum();
      assertThat(epoch.trainingLoss()).isCloseTo(sum, within(1e-12 * sum));
    }
  }

  private static final class CostsHeard extends BaseTrainingListener
      implements Ladder.CostListener {

    private final List<double[]> costs = new ArrayList<>();
    private final List<Double> scores = new ArrayList<>();

    @Override
    public void onCosts(Model model, double supervised, double[] denoising) {
      double[] all = new double[denoising.length + 1];
      all[0] = supervised;
      System.arraycopy(denoising, 0, all, 1, denoising.length);
      costs.add(all);
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
      scores.add(model.score());
    }
  }

  /** From every step, through the fall of the rate that the end of patience begins. */
  @Test
  void aRunThatGoesOnEndsWithTheSameBits() {
    for (FineTuner tuner :
        List.of(
            tuner(9, ladder(1, 1, 1)).patience(new Patience(6, 1, 0.9, 2)).build(),
            tuner(3, ladder(0, 0, 1)).updater(new RmsProp(0.01)).build())) {
      EveryState<FineTuningState<FineTuningResult>> every = new EveryState<>();
      MultiLayerNetwork whole = network(Activation.SIGMOID, 8);
      FineTuningResult expected = tuner.fit(whole, few(6, 100), held(), every);
      for (FineTuningState<FineTuningResult> state : every.states()) {
        MultiLayerNetwork network = network(Activation.SIGMOID, 8);
        network.params().assign(3);
        FineTuningResult result =
            tuner.resume(state, network, few(6, 100), held(), Checkpoints.none());
        assertThat(TwoPrototypes.exact(network.params()))
            .containsExactly(TwoPrototypes.exact(whole.params()));
        assertThat(result.best()).isEqualTo(expected.best());
        assertThat(result.epochs())
            .extracting(FineTuningResult.Epoch::costs)
            .isEqualTo(expected.epochs().stream().map(FineTuningResult.Epoch::costs).toList());
        assertThat(result.stopReason()).isEqualTo(expected.stopReason());
      }
    }
  }

  @Test
  void theEndOfPatienceBeginsTheFallOfTheRate() {
    assertThat(RatePlan.of(1 / 3.0, 150, 120, 72_000, Double.MAX_VALUE).factor(99)).isEqualTo(1);
    assertThat(RatePlan.of(1 / 3.0, 150, 149, 89_400, Double.MAX_VALUE).factor(149))
        .isEqualTo(1 / 50.0);
    RatePlan exhausted = RatePlan.of(1 / 3.0, 150, 20, 12_000, 11_900);
    assertThat(exhausted.fallsFrom()).isEqualTo(20);
    assertThat(exhausted.end()).isEqualTo(30);
    assertThat(RatePlan.of(1 / 3.0, 150, 29, 17_400, 11_900).endsEarly()).isTrue();
    assertThat(RatePlan.of(0, 10, 9, 90, Double.MAX_VALUE).factor(9)).isEqualTo(1);

    FineTuner tuner = tuner(60, ladder(1, 1, 1)).patience(new Patience(8, 1, 0.9, 2)).build();
    FineTuningResult result =
        tuner.fit(network(Activation.RELU, 8), few(6, 100), held()); // two minibatches an epoch
    assertThat(result.stopReason()).isEqualTo(StopReason.PATIENCE);
    assertThat(result.epochs()).hasSize(6);
  }

  @Test
  void whatDoesNotSuitIsNamed() {
    Ladder.Builder builder = new Ladder.Builder();
    assertThatThrownBy(() -> builder.weights(0, 0))
        .hasMessage("Ladder weights must have one > 0, got [0.0, 0.0]");
    assertThatThrownBy(() -> builder.noise(Double.NaN))
        .hasMessage("Ladder noise must be in [0, infinity), got NaN");
    assertThatThrownBy(() -> builder.noise()).hasMessage("Ladder noise must have one number");
    assertThatThrownBy(() -> builder.decay(1))
        .hasMessage("Ladder decay must be in [0, 1), got 1.0");
    assertThatThrownBy(
            () -> tuner(1, ladder(1)).freezing(FreezingSchedule.freezingBelow(1)).build())
        .hasMessage(
            "FineTuner freezing must be left out with a ladder, whose noise is at every level");
    assertThatThrownBy(() -> tuner(1, ladder(1)).dropout(0, 0).build())
        .hasMessageContaining("FineTuner dropout must be left out");

    MultiLayerNetwork network = network(Activation.RELU, 8);
    FineTuner tall = tuner(1, ladder(1, 1, 1, 1)).build();
    assertThatThrownBy(() -> tall.fit(network, few(6, 100)))
        .hasMessage("Ladder weights must be at most 3 numbers, for the input and 2 layers, got 4");
    FineTuner tuner = tuner(1, ladder(1)).build();
    assertThatThrownBy(() -> tuner.fit(network, held()))
        .hasMessage(
            "Ladder training needs a label mask of one number for each row, as a"
                + " PartlyLabelledIterator gives, got none");
    assertThatThrownBy(() -> tuner.fit(network(Activation.CUBE, 8), few(6, 100)))
        .hasMessage(
            "Ladder network: layer 0 must have or be activation identity, relu, sigmoid or tanh,"
                + " got cube");
    MultiLayerNetwork clipped = network(Activation.RELU, 8);
    BaseLayer first = (BaseLayer) clipped.getLayer(0).conf().getLayer();
    first.setGradientNormalization(GradientNormalization.ClipL2PerLayer);
    assertThatThrownBy(() -> tuner.fit(clipped, few(6, 100)))
        .hasMessage(
            "Ladder network: layer 0 must have or be no gradient normalization, got"
                + " ClipL2PerLayer");
    first.setGradientNormalization(GradientNormalization.None);
    first.setRegularizationBias(List.of(new L2Regularization(0.1)));
    assertThatThrownBy(() -> tuner.fit(clipped, few(6, 100)))
        .hasMessageStartingWith(
            "Ladder network: layer 0 must have or be no regularization of the bias, got [");
  }

  @Test
  void anEpochIsAPassOverTheRowsWithoutLabels() {
    INDArray unlabelled =
        Nd4j.arange(70).reshape(35, 2).castTo(rows(1, 1).getFeatures().dataType());
    DataSet labelled = new DataSet(Nd4j.ones(7, 2).muli(-1), Nd4j.ones(7, CLASSES));
    PartlyLabelledIterator first = new PartlyLabelledIterator(labelled, unlabelled, 10, 3);
    List<Double> seen = new ArrayList<>();
    int[] sizes = new int[4];
    for (int i = 0; first.hasNext(); i++) {
      DataSet minibatch = first.next();
      sizes[i] = minibatch.numExamples();
      double[] mask = minibatch.getLabelsMaskArray().ravel().toDoubleVector();
      for (int row = 0; row < mask.length; row++) {
        double x = minibatch.getFeatures().getDouble(row, 0);
        assertThat(mask[row]).isEqualTo(x < 0 ? 1 : 0);
        assertThat(minibatch.getLabels().getDouble(row, 1)).isEqualTo(mask[row]);
        if (x >= 0) {
          seen.add(x);
        }
      }
    }
    assertThat(sizes).containsExactly(17, 17, 17, 12);
    assertThat(seen).hasSize(35).doesNotHaveDuplicates();
    assertThat(seen).isNotEqualTo(seen.stream().sorted().toList());

    PartlyLabelledIterator oneLeft = new PartlyLabelledIterator(labelled, unlabelled, 17, 3);
    assertThat(List.of(oneLeft.next().numExamples(), oneLeft.next().numExamples()))
        .containsExactly(24, 24);
    assertThat(oneLeft.hasNext()).isFalse();

    PartlyLabelledIterator again = new PartlyLabelledIterator(labelled, unlabelled, 10, 3);
    again.beginEpoch(4, 16);
    first.beginEpoch(4, 16);
    assertThat(again.next().getFeatures()).isEqualTo(first.next().getFeatures());
    assertThatThrownBy(() -> new PartlyLabelledIterator(labelled, Nd4j.ones(3, 5), 10, 3))
        .hasMessage(
            "PartlyLabelledIterator unlabelled must have 2 columns, as the labelled, got 5");
  }

  /** The variance of one row is 0. */
  @Test
  void singleRowsAreRefused() {
    DataSet labelled = rows(6, 5);
    INDArray unlabelled = rows(9, 2).getFeatures();
    assertThatThrownBy(() -> new PartlyLabelledIterator(labelled, unlabelled, 1, 3))
        .hasMessage("PartlyLabelledIterator minibatch must be >= 2, got 1");
    assertThatThrownBy(() -> new PartlyLabelledIterator(rows(1, 5), unlabelled, 4, 3))
        .hasMessage("PartlyLabelledIterator labelled rows must be >= 2, got 1");
    assertThatThrownBy(() -> new PartlyLabelledIterator(labelled, rows(1, 2).getFeatures(), 4, 3))
        .hasMessage("PartlyLabelledIterator unlabelled rows must be >= 2, got 1");
    DataSet one = rows(3, 5);
    one.setLabelsMaskArray(Nd4j.create(new double[][] {{1}, {0}, {0}}));
    FineTuner tuner = tuner(1, ladder(1, 1, 1)).build();
    assertThatThrownBy(
            () -> tuner.fit(network(Activation.RELU, 8), new SingletonDataSetIterator(one)))
        .hasMessage(
            "Ladder training needs two rows with labels and two without in each minibatch, got 1"
                + " and 2");
  }
}
