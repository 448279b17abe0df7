package io.github.dae4j.examples;

import io.github.dae4j.examples.anomaly.BrokenReadings;
import io.github.dae4j.examples.anomaly.UnseenDigits;
import io.github.dae4j.examples.backend.Backends;
import io.github.dae4j.examples.cli.AnomalyTable;
import io.github.dae4j.examples.cli.Cli;
import io.github.dae4j.examples.cli.DataOptions;
import io.github.dae4j.examples.cli.OptionException;
import io.github.dae4j.examples.cli.RunOptions;
import io.github.dae4j.examples.cli.TrainingProgress;
import io.github.dae4j.examples.cli.UnseenOption;
import io.github.dae4j.examples.data.Digits;
import io.github.dae4j.examples.data.DrawnDigits;
import io.github.dae4j.examples.data.PlantedTable;
import io.github.dae4j.examples.experiment.Stage;
import io.github.dae4j.examples.output.Report;
import io.github.dae4j.examples.output.WholeFile;
import io.github.dae4j.examples.plot.ExampleRows;
import io.github.dae4j.examples.plot.Png;
import io.github.dae4j.examples.plot.ScoreHistogram;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.anomaly.AnomalyDetector;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.nd4j.linalg.api.ndarray.INDArray;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What does not fit is reconstructed badly: digits that were not trained on, and readings of a pump
 * that contradict each other, with the column that is wrong.
 */
@Command(
    name = "anomaly-detection",
    description =
        "Finds digits that were left out of training, and wrong cells planted in a table.",
    showDefaultValues = true,
    sortOptions = false)
public final class AnomalyDetection implements Callable<Integer> {

  private static final int SHOWN_DIGITS = 12;
  private static final int SHOWN_ROWS = 5;
  private static final double WHITE_ERROR = 4; // nats of a pixel: it was expected with e^-4

  @Mixin private DataOptions data = new DataOptions();
  @Mixin private RunOptions options = new RunOptions();
  @Mixin private UnseenOption unseen = new UnseenOption();

  @Option(names = "--hidden", defaultValue = "50", description = "Units of the digits' code.")
  private int hidden;

  @Option(
      names = "--corruption",
      defaultValue = "0.5",
      paramLabel = "LEVEL",
      description = "Probability with which masking sets a pixel to 0.")
  private double corruption;

  @Option(names = "--epochs", defaultValue = "5", description = "Passes over the digits.")
  private int epochs;

  @Option(
      names = "--contamination",
      defaultValue = "0.05",
      paramLabel = "SHARE",
      description = "Share of the digits trained on that lies above the threshold.")
  private double contamination;

  @Option(names = "--rows", defaultValue = "4000", description = "Rows of the table.")
  private int rows;

  @Option(names = "--table-epochs", defaultValue = "20", description = "Passes over the table.")
  private int tableEpochs;

  /** Both parts. */
  public record Result(
      String data,
      long seed,
      double contamination,
      UnseenDigits.Findings digits,
      BrokenReadings.Findings table) {}

  public static void main(String[] args) {
    System.exit(Cli.execute(new AnomalyDetection(), args));
  }

  @Override
  public Integer call() throws IOException {
    Set<Integer> left = unseen.digits();
    requireOptions();
    Backends.start(options.threads());
    Digits digits = data.read(options.speech());
    WholeFile.requireFolder(options.output());

    UnseenDigits.Findings ofDigits = findDigits(digits, left);
    BrokenReadings.Findings ofTable = findReadings();
    Result result = new Result(digits.name(), data.seed(), contamination, ofDigits, ofTable);
    Report.write(result, options.output().resolve("report.json"));
    options
        .speech()
        .line("Pictures, model and report.json are in %s", options.output().toAbsolutePath());
    options.speech().result(result);
    return 0;
  }

  private UnseenDigits.Findings findDigits(Digits digits, Set<Integer> left) throws IOException {
    UnseenDigits search = new UnseenDigits(digits, left, contamination);
    AnomalyDetector detector = train(search);
    detector.save(options.output().resolve("model.zip"));
    UnseenDigits.Findings findings = search.findings();
    new AnomalyTable(options.speech()).print(findings);
    draw(digits.name(), search, detector);
    return findings;
  }

  private BrokenReadings.Findings findReadings() {
    PlantedTable table = PlantedTable.make(rows, data.seed());
    BrokenReadings search = new BrokenReadings(table, tableEpochs, data.seed());
    BrokenReadings.Findings findings = search.findings();
    new AnomalyTable(options.speech()).print(findings);
    search.worst(SHOWN_ROWS).forEach(row -> options.speech().line("%s", row));
    return findings;
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
    options.require();
  }

  private AnomalyDetector train(UnseenDigits search) {
    int minibatches = (search.train().size() + options.batch() - 1) / options.batch();
    Stage stage = new Stage("digits", epochs, minibatches);
    try (TrainingProgress progress = new TrainingProgress(List.of(stage), null, options.speech())) {
      return search.train(hidden, corruption, epochs, options.batch(), data.seed(), progress);
    }
  }

  private void draw(String name, UnseenDigits search, AnomalyDetector detector) {
    Map<String, double[]> scores = new LinkedHashMap<>();
    scores.put("digits like those trained on", search.scores(true));
    scores.put("unseen digits", search.scores(false));
    Png.write(
        ScoreHistogram.image("Anomaly scores, " + name, scores, detector.threshold()),
        options.output().resolve("scores.png"));

    StackedDenoisingAutoEncoder stack = detector.stack().orElseThrow();
    INDArray worst = search.worst(SHOWN_DIGITS);
    Map<String, INDArray> examples = new LinkedHashMap<>();
    examples.put("digit", worst);
    examples.put("reconstructed", stack.reconstruct(worst));
    examples.put("error", stack.reconstructionErrorPerFeature(worst).div(WHITE_ERROR));
    Png.write(
        new ExampleRows((int) worst.size(0), DrawnDigits.SIDE, DrawnDigits.SIDE).image(examples, 2),
        options.output().resolve("anomalies.png"));
  }
}
