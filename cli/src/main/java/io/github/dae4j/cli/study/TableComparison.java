package io.github.dae4j.cli.study;

import io.github.dae4j.cli.study.TableComparison.TableResult;
import io.github.dae4j.corruption.SwapCorruption;
import io.github.dae4j.datasets.LabelledTable;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.pretraining.GreedyPretrainer;
import io.github.dae4j.stacked.pretraining.LayerPlan;
import io.github.dae4j.stacked.table.FittedTable;
import io.github.dae4j.stacked.table.TableSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Linear models of the rows of one split that have labels, on the table's own features and on the
 * codes of a denoising autoencoder that saw all training rows, with swap noise and without labels.
 */
public final class TableComparison {

  /**
   * How the autoencoder is trained.
   *
   * @param level the probability with which a cell gets that of another row
   */
  public record Settings(double level, int units, int epochs, int batch, double rate) {}

  private final LabelledTable table;
  private final TableSplit split;
  private final FittedTable fitted;
  private final StackedDenoisingAutoEncoder stack;
  private final INDArray features;
  private final INDArray codes;
  private final long seed;

  /**
   * Splits the table and trains the autoencoder.
   *
   * @param testSeed of the rows for the test
   * @param seed of all else
   */
  public TableComparison(LabelledTable table, Settings settings, long testSeed, long seed) {
    this.table = table;
    this.seed = seed;
    split = TableSplit.of(table.rows().size(), table::hasLabel, testSeed, seed);
    fitted = table.schema().fit(split.training().stream().map(table.rows()::get).toList());
    features = fitted.filledFeatures(table.rows());
    stack = train(settings);
    codes = stack.encode(features);
  }

  private StackedDenoisingAutoEncoder train(Settings settings) {
    TableSchema schema = table.schema();
    StackedDenoisingAutoEncoder fresh =
        StackedDenoisingAutoEncoder.builder(schema.width(), settings.units())
            .corruption(new SwapCorruption(settings.level(), schema.groups()))
            .activation(Activation.RELU)
            .visible(Activation.IDENTITY, schema.loss())
            .tiedWeights(false)
            .seed(seed)
            .updater(new Adam(settings.rate()))
            .build();
    INDArray x = rows(features, split.training());
    fresh.pretrain(
        new GreedyPretrainer.Builder()
            .plan(LayerPlan.ofEpochs(settings.epochs()))
            .seed(seed)
            .build(),
        new ViewIterator(new DataSet(x, x), settings.batch()));
    return fresh;
  }

  /** Trains both models on the first so many rows with labels, and tests them. */
  public TableResult compare(int count) {
    return new TableResult(count, seed, linear(features, count), linear(codes, count));
  }

  private TableResult.Errors linear(INDArray x, int count) {
    return LinearModel.train(
        data(x, split.labelled().subList(0, count)),
        data(x, split.validation()),
        data(x, split.test()));
  }

  private DataSet data(INDArray x, List<Integer> rows) {
    List<String> classes = table.classes();
    float[][] oneHot = new float[rows.size()][classes.size()];
    for (int i = 0; i < oneHot.length; i++) {
      oneHot[i][classes.indexOf(table.labels().get(rows.get(i)))] = 1;
    }
    return new DataSet(rows(x, rows), Nd4j.createFromArray(oneHot));
  }

  private static INDArray rows(INDArray x, List<Integer> rows) {
    return Nd4j.pullRows(x, 1, rows.stream().mapToInt(Integer::intValue).toArray());
  }

  /** Writes the autoencoder, model.zip, and the fitted table, table.json, into a folder. */
  public void save(Path folder) throws IOException {
    stack.save(folder.resolve("model.zip"), false);
    fitted.save(folder.resolve("table.json"));
  }

  /**
   * How linear models did that were trained on few rows with labels.
   *
   * @param labels rows that had one
   * @param columns on the table's own features
   * @param codes on the autoencoder's codes
   */
  public record TableResult(int labels, long seed, Errors columns, Errors codes) {

    /** The least error on the validation rows, and that on the test rows then; both in [0, 1]. */
    public record Errors(double validation, double test) {}
  }

  /**
   * Logistic regression: DL4J's output layer by itself, trained on all rows at once, with the L2
   * penalty that validates best.
   */
  static final class LinearModel {

    private static final List<Double> PENALTIES = List.of(0.001, 0.01, 0.1);
    private static final int STEPS = 100;
    private static final double RATE = 0.1;

    private LinearModel() {}

    static TableResult.Errors train(DataSet train, DataSet validation, DataSet test) {
      TableResult.Errors best = null;
      for (double penalty : PENALTIES) {
        MultiLayerNetwork model = fit(train, penalty);
        TableResult.Errors errors =
            new TableResult.Errors(error(model, validation), error(model, test));
        if (best == null || errors.validation() < best.validation()) {
          best = errors;
        }
      }
      return best;
    }

    private static MultiLayerNetwork fit(DataSet train, double penalty) {
      MultiLayerNetwork model =
          new MultiLayerNetwork(
              new NeuralNetConfiguration.Builder()
                  .weightInit(WeightInit.ZERO)
                  .updater(new Adam(RATE))
                  .l2(penalty)
                  .list()
                  .layer(
                      new OutputLayer.Builder()
                          .nIn(train.numInputs())
                          .nOut(train.numOutcomes())
                          .activation(Activation.SOFTMAX)
                          .build())
                  .build());
      model.init();
      for (int step = 0; step < STEPS; step++) {
        model.fit(train);
      }
      return model;
    }

    private static double error(MultiLayerNetwork model, DataSet rows) {
      Evaluation evaluation = new Evaluation(rows.numOutcomes());
      evaluation.eval(rows.getLabels(), model.output(rows.getFeatures()));
      return 1 - evaluation.accuracy();
    }
  }

  /**
   * Which rows of a table are for what: two fifths of those with a label for the test, one fifth
   * for validation, and the others, with and without a label, for training.
   *
   * @param labelled for training, of which the first so many have their labels known
   * @param unlabelled for training, rows that have no label at all
   */
  public record TableSplit(
      List<Integer> labelled,
      List<Integer> unlabelled,
      List<Integer> validation,
      List<Integer> test) {

    /**
     * Splits at random.
     *
     * @param hasLabel whether a row, by its number, has one
     * @param testSeed of the rows for the test, so that repeats can share them
     * @param seed of the other rows
     */
    public static TableSplit of(int rows, Predicate<Integer> hasLabel, long testSeed, long seed) {
      List<Integer> order = IntStream.range(0, rows).boxed().toList();
      List<Integer> known = shuffled(order.stream().filter(hasLabel).toList(), testSeed);
      int test = known.size() * 2 / 5;
      int validation = known.size() / 5;
      List<Integer> others = shuffled(known.subList(test, known.size()), seed);
      return new TableSplit(
          others.subList(validation, others.size()),
          order.stream().filter(hasLabel.negate()).toList(),
          others.subList(0, validation),
          known.subList(0, test));
    }

    private static List<Integer> shuffled(List<Integer> rows, long seed) {
      List<Integer> shuffled = new ArrayList<>(rows);
      Collections.shuffle(shuffled, new Random(seed));
      return shuffled;
    }

    /** How many rows can have a label in training, of so many that have one. */
    public static int mostLabels(int known) {
      return known - known * 2 / 5 - known / 5;
    }

    /** All rows for training. */
    public List<Integer> training() {
      return Stream.of(labelled, unlabelled).flatMap(List::stream).toList();
    }
  }
}
