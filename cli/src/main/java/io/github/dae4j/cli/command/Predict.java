package io.github.dae4j.cli.command;

import io.github.dae4j.cli.command.CsvArguments.KeepOption;
import io.github.dae4j.cli.command.CsvArguments.Mapping;
import io.github.dae4j.cli.csv.CsvMap;
import io.github.dae4j.datasets.DataException;
import io.github.dae4j.stacked.table.Table;
import io.github.dae4j.stacked.table.TableModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Rows -> their label. */
@Command(
    name = "predict",
    sortOptions = false,
    description = {
      "Predicts the label of the rows of a CSV file.",
      "Of a table with classes it writes the likeliest and the probability of each, of one with a"
          + " number that number; of images the probability of each class."
    })
public final class Predict implements Callable<Integer> {

  @Mixin private CsvArguments csv;
  @Mixin private KeepOption keep;

  @Override
  public Integer call() {
    Optional<TableModel> table = csv.table();
    if (table.isPresent()) {
      predict(table.get());
    } else {
      predict(csv.load());
    }
    return 0;
  }

  private void predict(TableModel model) {
    if (model.label().isEmpty()) {
      throw new DataException("MODEL has no label to predict: train it with --label");
    }
    List<String> classes = List.copyOf(model.predict(Map.of()).probabilities().keySet());
    List<String> names = new ArrayList<>(List.of("predicted " + model.label().get()));
    classes.forEach(name -> names.add("p(%s)".formatted(name)));
    csv.map(model, keep, names, this::line, () -> "");
  }

  private String line(Mapping mapping, Table.Row row) {
    TableModel.Prediction prediction = mapping.rows().predict(row);
    List<String> cells = new ArrayList<>(List.of(prediction.label()));
    prediction.probabilities().values().forEach(p -> cells.add(mapping.number((float) (double) p)));
    return mapping.line(row, cells);
  }

  private void predict(Model loaded) {
    if (loaded.classes() == 0) {
      throw new DataException("MODEL has no classes to predict: it was not fine-tuned with labels");
    }
    csv.map(
        new CsvMap(
            loaded.nIn(),
            loaded.type(),
            loaded.stack()::predict,
            unused ->
                IntStream.range(0, loaded.classes()).mapToObj(i -> "p(%d)".formatted(i)).toList()));
  }
}
