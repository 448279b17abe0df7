package io.github.dae4j.cli.study;

import io.github.dae4j.cli.console.DataOptions;
import io.github.dae4j.cli.console.OptionException;
import io.github.dae4j.cli.console.RunOptions;
import io.github.dae4j.cli.console.TrainingProgress;
import io.github.dae4j.cli.experiment.Experiment.Stage;
import io.github.dae4j.cli.study.BrokenReadings.Reading;
import io.github.dae4j.cli.study.UnseenDigits.WorstDigits;
import io.github.dae4j.datasets.PlantedTable;
import io.github.dae4j.datasets.Splits;
import io.github.dae4j.report.Png;
import io.github.dae4j.stacked.anomaly.AnomalyDetector;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What does not fit is reconstructed badly: digits that were not trained on, and readings of a pump
 * that contradict each other, with the column that is wrong.
 */
@Command(
    name = "anomaly-detection",
    description = {
      "Detects unseen digits and wrong cells in a table.",
      "The digits are left out of training; the wrong cells are planted."
    },
    showDefaultValues = true,
    sortOptions = false)
public final class AnomalyStudy implements Callable<Integer> {

  private static final int SHOWN_ROWS = 5;
  private static final int CLASSES = 10;

  @Mixin private DataOptions data = new DataOptions();
  @Mixin private RunOptions options = new RunOptions();

  @Option(
      names = "--unseen",
      paramLabel = "DIGIT[,DIGIT...]",
      defaultValue = "0,5,9",
      description = "Digits left out of training, to be detected in the test set.")
  private String unseen;

  @Option(
      names = "--hidden",
      paramLabel = "N",
      defaultValue = "50",
      description = "Hidden units of the digits' autoencoder.")
  private int hidden;

  @Option(
      names = "--corruption",
      defaultValue = "0.5",
      paramLabel = "LEVEL",
      description = "Probability of masking a pixel (setting it to 0).")
  private double corruption;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "5",
      description = "Training epochs on the digits.")
  private int epochs;

  @Option(
      names = "--contamination",
      defaultValue = "0.05",
      paramLabel = "SHARE",
      description = "Share of the training digits above the threshold.")
  private double contamination;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "4000",
      description = "Number of table rows.")
  private int rows;

  @Option(
      names = "--table-epochs",
      paramLabel = "N",
      defaultValue = "20",
      description = "Training epochs on the table.")
  private int tableEpochs;

  /** Both parts. */
  public record Result(
      String data,
      long seed,
      double contamination,
      UnseenDigits.Findings digits,
      BrokenReadings.Findings table) {}

  @Override
  public Integer call() throws IOException {
    Set<Integer> left = unseenDigits();
    requireOptions();
    options.require();
    options.start();
    Splits digits = data.read(options.stages());
    options.makeFolder();

    UnseenDigits search = new UnseenDigits(digits, left, contamination);
    AnomalyDetector detector = train(search);
    detector.save(options.output().resolve("model.zip"));
    UnseenDigits.Findings ofDigits = search.findings();
    AnomalyPage.print(ofDigits, options.console());
    WorstDigits worst = WorstDigits.of(search, detector);
    Png.write(worst.picture(), options.output().resolve("anomalies.png"));

    BrokenReadings readings = readings();
    BrokenReadings.Findings ofTable = readings.findings();
    AnomalyPage.print(ofTable, options.console());
    List<Reading> shown = readings.worst(SHOWN_ROWS);
    shown.forEach(row -> options.console().line("%s", row.line()));
    AnomalyPage page = new AnomalyPage(search, ofDigits, worst.pictures(), ofTable, shown);
    page.scores("Anomaly scores, " + digits.name()).write(options.output().resolve("scores.png"));
    options.finish(
        "Anomalies among " + digits.name() + " and in a table",
        new Result(digits.name(), data.seed(), contamination, ofDigits, ofTable),
        page.sections());
    return 0;
  }

  private void requireOptions() {
    OptionException.require("--hidden", ">= 1", hidden >= 1, hidden);
    OptionException.require(
        "--corruption", "in [0, 1]", corruption >= 0 && corruption <= 1, corruption);
    OptionException.require("--epochs", ">= 1", epochs >= 1, epochs);
    OptionException.require(
        "--contamination",
        "in [0, 0.5]",
        contamination >= 0 && contamination <= 0.5,
        contamination);
    OptionException.require(
        "--rows", ">= " + PlantedTable.ROWS_FOR_ONE, rows >= PlantedTable.ROWS_FOR_ONE, rows);
    OptionException.require("--table-epochs", ">= 1", tableEpochs >= 1, tableEpochs);
  }

  /** The digits, at least one, but not all. */
  private Set<Integer> unseenDigits() {
    String[] words = unseen.split(",", -1);
    Set<Integer> digits =
        Arrays.stream(words)
            .filter(word -> word.matches("[0-9]"))
            .map(Integer::valueOf)
            .collect(Collectors.toCollection(TreeSet::new));
    OptionException.require(
        "--unseen",
        "different digits from 0 to 9, but not all",
        digits.size() == words.length && digits.size() < CLASSES,
        unseen);
    return digits;
  }

  private AnomalyDetector train(UnseenDigits search) {
    Stage stage = Stage.of("digits", epochs, search.train().size(), options.batch());
    AnomalyDetector detector;
    try (TrainingProgress progress =
        new TrainingProgress(List.of(stage), null, options.console())) {
      detector = search.train(hidden, corruption, epochs, options.batch(), data.seed(), progress);
    }
    options.addTimes(search.layers());
    return detector;
  }

  private BrokenReadings readings() {
    PlantedTable table = PlantedTable.make(rows, data.seed());
    return new BrokenReadings(table, tableEpochs, data.seed(), options.stages());
  }
}
