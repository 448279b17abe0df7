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
import org.nd4j.linalg.api.ndarray.INDArray;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Rows -> their label. */
@Command(
    name = "predict",
    sortOptions = false,
    description = {
      "Predicts the label of the rows of a CSV file, or of pictures.",
      "Of a table with classes it writes the likeliest and the probability of each, of one with a"
          + " number that number; of pictures the class and the probability of each, of images as rows"
          + " of numbers the probabilities.",
      CsvArguments.PICTURES
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
    List<String> classes = loaded.classNames();
    List<String> names = classes.stream().map("p(%s)"::formatted).toList();
    if (!csv.hasPictures()) {
      csv.map(new CsvMap(loaded.nIn(), loaded.type(), loaded.stack()::predict, unused -> names));
      return;
    }
    List<String> columns = new ArrayList<>(List.of("predicted"));
    columns.addAll(names);
    csv.mapPictures(loaded, columns, x -> lines(loaded.stack().predict(x), classes), () -> "");
  }

  /** The likeliest class of each picture, and the probability of each. */
  private static List<List<String>> lines(INDArray probabilities, List<String> classes) {
    List<List<String>> lines = new ArrayList<>();
    int[] likeliest = probabilities.argMax(1).toIntVector();
    for (List<String> texts : CsvMap.texts(probabilities)) {
      List<String> line = new ArrayList<>(List.of(classes.get(likeliest[lines.size()])));
      line.addAll(texts);
      lines.add(line);
    }
    return lines;
  }
}
