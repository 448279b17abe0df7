package io.github.dae4j.stacked.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.layer.DenoisingAutoEncoderLayer;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.anomaly.Anomaly.Feature;
import io.github.dae4j.stacked.anomaly.AnomalyDetector.FeatureErrors;
import io.github.dae4j.stacked.internal.Minibatches;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Scores by hand, where the error of a cell is the cell itself, and of a stack. */
class AnomalyDetectorTest {

  private static final FeatureErrors CELLS = x -> x;

  /** Medians 3, 20 and 7; interquartile ranges 2, 20 and 0. */
  private static final INDArray TRAIN =
      Nd4j.createFromArray(
          new double[][] {{1, 0, 7}, {2, 10, 7}, {3, 20, 7}, {4, 30, 7}, {5, 40, 7}});

  private static final DetectorPlan PLAN = new DetectorPlan(1, 0);

  @Test
  void errorsAreScaledByMedianAndInterquartileRange() {
    AnomalyDetector detector = AnomalyDetector.fit(CELLS, TRAIN, PLAN);
    INDArray x = Nd4j.createFromArray(new double[][] {{7, 10, 7}, {3, 20, 9.5}});
    assertThat(detector.scaledErrors(x).toDoubleMatrix())
        .isDeepEqualTo(new double[][] {{2, -0.5, 0}, {0, 0, 2.5}});
  }

  @Test
  void aScoreIsTheRootMeanSquareOfWhatIsAboveTheMedian() {
    AnomalyDetector detector = AnomalyDetector.fit(CELLS, TRAIN, PLAN);
    INDArray x = Nd4j.createFromArray(new double[][] {{7, 10, 7}, {5, 80, 9}, {0, 0, 0}});
    assertThat(detector.score(x))
        .containsExactly(new double[] {Math.sqrt(4 / 3.0), Math.sqrt(14 / 3.0), 0}, within(1e-12));
  }

  /** The mean range is (2 + 20 + 0) / 3. */
  @ParameterizedTest
  @CsvSource({"0, 0.5, 1", "0.3, 0.45454545, 0.45454545", "3, 0.04545454, 0.04545454"})
  void aFeatureThatIsTooSteadyHasTheLeastSpread(
      double leastSpread, double ofNarrow, double ofConstant) {
    AnomalyDetector detector = AnomalyDetector.fit(CELLS, TRAIN, PLAN.withLeastSpread(leastSpread));
    double[] scaled =
        detector.scaledErrors(Nd4j.createFromArray(new double[][] {{4, 20, 8}})).toDoubleVector();
    assertThat(scaled).containsExactly(new double[] {ofNarrow, 0, ofConstant}, within(1e-7));
  }

  @Test
  void equalErrorsEverywhereAreMeasuredInTheirOwnUnits() {
    INDArray constant = Nd4j.valueArrayOf(new long[] {4, 2}, 5.0, DataType.DOUBLE);
    AnomalyDetector detector =
        AnomalyDetector.fit(CELLS, constant, DetectorPlan.ofContamination(0.1));
    assertThat(detector.label(constant)).containsOnly(false);
    assertThat(detector.scaledErrors(constant.add(3)).toDoubleMatrix()[0]).containsOnly(3);
  }

  @Test
  void theThresholdIsAQuantileOfTheTrainingScores() {
    INDArray x = column(101);
    double spread = 50;
    for (double quantile : new double[] {0.5, 0.975, 1}) {
      assertThat(AnomalyDetector.fit(CELLS, x, DetectorPlan.ofQuantile(quantile)).threshold())
          .isCloseTo((100 * quantile - 50) / spread, within(1e-12));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0.01, 2", "0.1, 20", "0.5, 100"})
  void contaminationIsTheShareOfTrainingRowsThatAreFlagged(double contamination, int flagged) {
    INDArray x = column(200);
    AnomalyDetector detector =
        AnomalyDetector.fit(CELLS, x, DetectorPlan.ofContamination(contamination));
    boolean[] labels = detector.label(x);
    assertThat(IntStream.range(0, 200).filter(i -> labels[i])).hasSize(flagged);
    assertThat(detector.withThreshold(-1).label(x)).containsOnly(true);
  }

  /** [rows, 1]: 0, 1, 2, ... */
  private static INDArray column(int rows) {
    return Nd4j.createFromArray(IntStream.range(0, rows).asDoubleStream().toArray())
        .reshape(rows, 1);
  }

  @Test
  void flaggedRowsHaveTheirWorstFeatures() {
    AnomalyDetector detector = AnomalyDetector.fit(CELLS, TRAIN, PLAN);
    INDArray x = Nd4j.createFromArray(new double[][] {{3, 20, 7}, {7, 80, 6}, {9, 0, 9}});
    List<Anomaly> anomalies = detector.topFeatures(x, 2);
    assertThat(anomalies).extracting(Anomaly::row).containsExactly(1, 2);
    assertThat(anomalies.get(0).features())
        .containsExactly(new Feature(1, 80, 3), new Feature(0, 7, 2));
    assertThat(anomalies.get(1).features())
        .containsExactly(new Feature(0, 9, 3), new Feature(2, 9, 2));
    assertThat(anomalies.get(1).score()).isEqualTo(detector.score(x)[2]);
    assertThat(detector.topFeatures(x, 9).get(0).features()).hasSize(3);
  }

  @Test
  void aFewOutliersHardlyChangeTheScale() {
    INDArray x = SmallModels.data(200);
    INDArray spoiled = x.dup();
    spoiled.putScalar(3, 0, 1e12).putScalar(77, 1, 1e20);
    double[] clean = AnomalyDetector.fit(CELLS, x, DetectorPlan.ofQuantile(0.9)).score(x);
    double[] withOutliers =
        AnomalyDetector.fit(CELLS, spoiled, DetectorPlan.ofQuantile(0.9)).score(x);
    for (int row = 0; row < clean.length; row++) {
      assertThat(withOutliers[row]).isCloseTo(clean[row], within(0.1));
    }
  }

  @Test
  void manyRowsAreComputedInMinibatches() {
    INDArray x = SmallModels.data(2 * Minibatches.ROWS + 5);
    long[] most = {0};
    FeatureErrors errors =
        rows -> {
          most[0] = Math.max(most[0], rows.size(0));
          return rows;
        };
    AnomalyDetector detector = AnomalyDetector.fit(errors, x, DetectorPlan.ofContamination(0.01));
    double[] scores = detector.score(x);
    assertThat(most[0]).isEqualTo(Minibatches.ROWS);
    for (int row : new int[] {0, Minibatches.ROWS, 2 * Minibatches.ROWS + 4}) {
      INDArray single = x.get(NDArrayIndex.interval(row, row + 1), NDArrayIndex.all()).dup();
      assertThat(detector.score(single)).containsExactly(scores[row]);
      assertThat(detector.scaledErrors(x).getRow(row).toDoubleVector())
          .containsExactly(detector.scaledErrors(single).toDoubleMatrix()[0]);
    }
    assertThat(detector.topFeatures(x, 1)).hasSize(21);
    assertThat(detector.topFeatures(x, 1))
        .allMatch(anomaly -> anomaly.score() == scores[anomaly.row()]);
  }

  @Test
  void theScaleIsTheSameHoweverManyFeaturesAreFittedAtATime() {
    INDArray x = SmallModels.data(50);
    FiniteErrors errors = FiniteErrors.of(CELLS);
    ErrorScale whole = ErrorScale.fit(errors, x, 0.5);
    for (int cells : new int[] {1, 50, 149, 150, 350}) {
      ErrorScale parts = ErrorScale.fit(errors, x, 0.5, cells);
      assertThat(parts.medians()).containsExactly(whole.medians());
      assertThat(parts.spreads()).containsExactly(whole.spreads());
    }
  }

  @Test
  void aStackAndItsLayerScoreAlike() {
    StackedDenoisingAutoEncoder stack = SmallModels.plain();
    DenoisingAutoEncoderLayer layer = (DenoisingAutoEncoderLayer) stack.network().getLayer(0);
    INDArray x = SmallModels.data(40);
    AnomalyDetector ofStack = AnomalyDetector.fit(stack, x, DetectorPlan.ofContamination(0.05));
    AnomalyDetector ofLayer =
        AnomalyDetector.fit(
            layer::reconstructionErrorPerFeature, x, DetectorPlan.ofContamination(0.05));
    assertThat(ofLayer.score(x)).containsExactly(ofStack.score(x));
    assertThat(ofLayer.threshold()).isEqualTo(ofStack.threshold());
    assertThat(ofStack.stack()).contains(stack);
    assertThat(ofLayer.stack()).isEmpty();
  }

  @Test
  void whatIsNotFiniteIsNamed() {
    INDArray x = SmallModels.data(Minibatches.ROWS + 9);
    AnomalyDetector detector = AnomalyDetector.fit(CELLS, x, DetectorPlan.ofQuantile(0.9));
    INDArray wrong = x.dup().putScalar(Minibatches.ROWS + 3, 2, Double.NaN);
    assertThatThrownBy(() -> detector.score(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("AnomalyDetector input must be finite, got NaN in row 1027, feature 2");
    assertThatThrownBy(() -> AnomalyDetector.fit(CELLS, wrong, PLAN))
        .hasMessageStartingWith("AnomalyDetector input must be finite, got NaN in row 1027");
    FeatureErrors broken =
        rows -> rows.size(0) == 9 ? rows.dup().putScalar(4, 1, Double.POSITIVE_INFINITY) : rows;
    assertThatThrownBy(() -> AnomalyDetector.fit(broken, x, PLAN))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("AnomalyDetector errors must be finite, got Infinity in row 1028, feature 1");
    assertThatThrownBy(() -> AnomalyDetector.fit(rows -> rows.sum(1), x, PLAN))
        .hasMessage("FeatureErrors must give an error for each cell of [1024, 12], got [1024]");
  }

  @Test
  void otherFormsAreRefused() {
    AnomalyDetector detector = AnomalyDetector.fit(CELLS, TRAIN, PLAN);
    assertThatThrownBy(() -> detector.score(Nd4j.zeros(2, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("AnomalyDetector input must be [minibatch, 3], got [2, 4]");
    assertThatThrownBy(() -> detector.topFeatures(Nd4j.zeros(3), 1))
        .hasMessage("AnomalyDetector input must be [minibatch, 3], got [3]");
    assertThatThrownBy(() -> detector.topFeatures(TRAIN, 0))
        .hasMessage("AnomalyDetector topFeatures must be >= 1, got 0");
    assertThatThrownBy(() -> detector.withThreshold(Double.NaN))
        .hasMessage("AnomalyDetector threshold must be finite, got NaN");
    assertThatThrownBy(() -> AnomalyDetector.fit(CELLS, Nd4j.zeros(3), PLAN))
        .hasMessage("AnomalyDetector training rows must be [n, nIn], got [3]");
  }

  @Test
  void aPlanChecksItself() {
    assertThatThrownBy(() -> DetectorPlan.ofContamination(0.6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("DetectorPlan contamination must be in [0, 0.5], got 0.6");
    assertThatThrownBy(() -> DetectorPlan.ofContamination(Double.NaN))
        .hasMessage("DetectorPlan contamination must be in [0, 0.5], got NaN");
    assertThatThrownBy(() -> DetectorPlan.ofQuantile(1.01))
        .hasMessage("DetectorPlan quantile must be in [0, 1], got 1.01");
    for (double leastSpread : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> PLAN.withLeastSpread(leastSpread))
          .hasMessage("DetectorPlan leastSpread must be >= 0 and finite, got " + leastSpread);
    }
    assertThat(DetectorPlan.ofContamination(0.25)).isEqualTo(DetectorPlan.ofQuantile(0.75));
  }
}
