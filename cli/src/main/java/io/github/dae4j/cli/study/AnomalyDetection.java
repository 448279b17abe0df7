package io.github.dae4j.cli.study;

import io.github.dae4j.cli.console.AnomalyOptions;
import io.github.dae4j.cli.console.AnomalyOptions.UnseenOption;
import io.github.dae4j.cli.console.AnomalyTable;
import io.github.dae4j.cli.console.DataOptions;
import io.github.dae4j.cli.console.RunOptions;
import io.github.dae4j.cli.console.TrainingProgress;
import io.github.dae4j.cli.experiment.AnomalyPage;
import io.github.dae4j.cli.experiment.BrokenReadings;
import io.github.dae4j.cli.experiment.BrokenReadings.Reading;
import io.github.dae4j.cli.experiment.Experiment.Stage;
import io.github.dae4j.cli.experiment.UnseenDigits;
import io.github.dae4j.cli.experiment.UnseenDigits.WorstDigits;
import io.github.dae4j.datasets.PlantedTable;
import io.github.dae4j.datasets.Splits;
import io.github.dae4j.report.Png;
import io.github.dae4j.report.ScoreHistogram;
import io.github.dae4j.stacked.anomaly.AnomalyDetector;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * What does not fit is reconstructed badly: digits that were not trained on, and readings of a pump
 * that contradict each other, with the column that is wrong.
 */
@Command(
    name = "anomaly-detection",
    description = {
      "Finds unseen digits and wrong cells of a table.",
      "The digits were left out of training, the wrong cells are planted."
    },
    showDefaultValues = true,
    sortOptions = false)
public final class AnomalyDetection implements Callable<Integer> {

  private static final int SHOWN_ROWS = 5;

  @Mixin private DataOptions data = new DataOptions();
  @Mixin private RunOptions options = new RunOptions();
  @Mixin private UnseenOption unseen = new UnseenOption();
  @Mixin private AnomalyOptions settings = new AnomalyOptions();

  /** Both parts. */
  public record Result(
      String data,
      long seed,
      double contamination,
      UnseenDigits.Findings digits,
      BrokenReadings.Findings table) {}

  @Override
  public Integer call() throws IOException {
    Set<Integer> left = unseen.digits();
    settings.require();
    options.require();
    options.start();
    Splits digits = data.read(options.stages());
    options.makeFolder();

    UnseenDigits search = new UnseenDigits(digits, left, settings.contamination());
    AnomalyDetector detector = train(search);
    detector.save(options.output().resolve("model.zip"));
    UnseenDigits.Findings ofDigits = search.findings();
    new AnomalyTable(options.console()).print(ofDigits);
    WorstDigits worst = WorstDigits.of(search, detector);
    draw(digits.name(), search, detector, worst);

    BrokenReadings readings = readings();
    BrokenReadings.Findings ofTable = readings.findings();
    new AnomalyTable(options.console()).print(ofTable);
    List<Reading> shown = readings.worst(SHOWN_ROWS);
    shown.forEach(row -> options.console().line("%s", row.line()));
    options.finish(
        "Anomalies among " + digits.name() + " and in a table",
        new Result(digits.name(), data.seed(), settings.contamination(), ofDigits, ofTable),
        new AnomalyPage(search, ofDigits, worst.pictures(), ofTable, shown).sections());
    return 0;
  }

  private AnomalyDetector train(UnseenDigits search) {
    Stage stage = Stage.of("digits", settings.epochs(), search.train().size(), options.batch());
    AnomalyDetector detector;
    try (TrainingProgress progress =
        new TrainingProgress(List.of(stage), null, options.console())) {
      detector =
          search.train(
              settings.hidden(),
              settings.corruption(),
              settings.epochs(),
              options.batch(),
              data.seed(),
              progress);
    }
    options.addTimes(search.layers());
    return detector;
  }

  private BrokenReadings readings() {
    PlantedTable table = PlantedTable.make(settings.rows(), data.seed());
    return new BrokenReadings(table, settings.tableEpochs(), data.seed(), options.stages());
  }

  private void draw(String name, UnseenDigits search, AnomalyDetector detector, WorstDigits worst) {
    Map<String, double[]> scores = new LinkedHashMap<>();
    scores.put("digits like those trained on", search.scores(true));
    scores.put("unseen digits", search.scores(false));
    Png.write(
        ScoreHistogram.image("Anomaly scores, " + name, scores, detector.threshold()),
        options.output().resolve("scores.png"));
    Png.write(worst.picture(), options.output().resolve("anomalies.png"));
  }
}
