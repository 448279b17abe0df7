package io.github.dae4j.benchmarks;

import io.github.dae4j.stacked.PretrainableNetwork;
import io.github.dae4j.stacked.finetuning.FineTuner;
import io.github.dae4j.stacked.finetuning.PartlyLabelledIterator;
import io.github.dae4j.stacked.ladder.Ladder;
import io.github.dae4j.stacked.table.Table;
import io.github.dae4j.stacked.table.TableColumns;
import io.github.dae4j.stacked.table.TableModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** A ladder network on a table, few of whose rows have a label. */
final class TableLadder {

  private static final int[] WIDTHS = {500, 250, 100};
  private static final int EPOCHS = 100;
  private static final int BATCH = 100;
  private static final double RATE = 0.002;

  private final TableColumns columns;
  private final PretrainableNetwork network;

  private TableLadder(TableColumns columns, PretrainableNetwork network) {
    this.columns = columns;
    this.network = network;
  }

  /** Trains on all rows; those whose label is missing have none. */
  static TableLadder fit(Table table, String label) {
    TableColumns columns = TableModel.builder().label(label).columns(table);
    List<Map<String, String>> rows = rows(table);
    INDArray features = features(columns, rows);
    float[] labels = new float[rows.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = columns.label(rows.get(i));
    }
    int[] known = IntStream.range(0, labels.length).filter(i -> labels[i] >= 0).toArray();
    INDArray classes = Nd4j.create(known.length, columns.classes().size());
    for (int i = 0; i < known.length; i++) {
      classes.putScalar(i, (int) labels[known[i]], 1);
    }
    DataSet labelled = new DataSet(Nd4j.pullRows(features, 1, known), classes);
    PretrainableNetwork network =
        Networks.classifier(
            Activation.RELU,
            (int) features.size(1),
            columns.classes().size(),
            new Adam(RATE),
            WIDTHS);
    new FineTuner.Builder()
        .epochs(EPOCHS)
        .updater(new Adam(RATE))
        .ladder(new Ladder.Builder().weights(10, 1, 0.1).build())
        .build()
        .fit(network, new PartlyLabelledIterator(labelled, features, BATCH, 1));
    return new TableLadder(columns, network);
  }

  /** The label of each row. */
  List<String> predict(Table table) {
    INDArray probabilities = network.output(features(columns, rows(table)));
    long[] best = probabilities.argMax(1).toLongVector();
    return IntStream.range(0, best.length)
        .mapToObj(row -> columns.classes().get((int) best[row]))
        .toList();
  }

  private static List<Map<String, String>> rows(Table table) {
    List<Map<String, String>> all = new ArrayList<>();
    try (Table.Rows rows = table.rows()) {
      while (rows.hasNext()) {
        Table.Row row = rows.next();
        Map<String, String> cells = new LinkedHashMap<>();
        for (int i = 0; i < table.columns().size(); i++) {
          cells.put(table.columns().get(i), row.cell(i));
        }
        all.add(cells);
      }
    }
    return all;
  }

  /** Of rows; what is missing is a mean, or no word. */
  private static INDArray features(TableColumns columns, List<Map<String, String>> rows) {
    float[][] features = new float[rows.size()][];
    for (int i = 0; i < features.length; i++) {
      features[i] = columns.features(rows.get(i));
      for (int j = 0; j < features[i].length; j++) {
        features[i][j] = Float.isNaN(features[i][j]) ? 0 : features[i][j];
      }
    }
    return Nd4j.createFromArray(features);
  }
}
