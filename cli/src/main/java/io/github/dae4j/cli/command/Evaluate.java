package io.github.dae4j.cli.command;

import io.github.dae4j.cli.console.Console;
import io.github.dae4j.cli.console.ConsoleOptions;
import io.github.dae4j.cli.console.OptionException;
import io.github.dae4j.cli.console.ProgressBars;
import io.github.dae4j.cli.console.Stages;
import io.github.dae4j.cli.experiment.Experiment;
import io.github.dae4j.cli.experiment.RunFiles;
import io.github.dae4j.cli.experiment.TestResult;
import io.github.dae4j.cli.experiment.TrainingReport;
import io.github.dae4j.cli.experiment.TrainingReport.ImageDigest;
import io.github.dae4j.cli.table.TableEvaluation;
import io.github.dae4j.cli.table.TableInput;
import io.github.dae4j.datasets.DataException;
import io.github.dae4j.datasets.DrawnDigits;
import io.github.dae4j.datasets.ImageSet;
import io.github.dae4j.datasets.Mnist;
import io.github.dae4j.datasets.MnistDownload;
import io.github.dae4j.datasets.ProgressListener;
import io.github.dae4j.stacked.table.TableModel;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** How a model does on digits that it has not seen. */
@Command(
    name = "evaluate",
    sortOptions = false,
    description = {
      "Measures a model on rows of a table, or on test images.",
      "Shown of a table are the error of each column, the share of flagged rows and, if the model has"
          + " a label, its accuracy and F1 (the mean over classes) or RMSE.",
      "Shown of images are the reconstruction error and, of a model that classifies, the error, F1 (the mean"
          + " over classes) and the confusion matrix."
    })
public final class Evaluate implements Callable<Integer> {

  @Mixin private ModelArgument model;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TEST.csv",
      description =
          "Of a model of a table: its rows; - is standard input. Of a model of images: a folder of"
              + " pictures, whose sub-folders have the names of the classes.")
  private String rows;

  @Mixin private TableOptions table;
  @Mixin private TestDigits digits;
  @Mixin private ConsoleOptions options;
  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    OptionException.require("TEST.csv", "a file or a folder", !"".equals(rows), "nothing");
    Console console = options.on(command.commandLine());
    Optional<TableModel> ofTable = model.table();
    if (ofTable.isPresent()) {
      digits.requireNone("if the model is of a table");
      if (Pictures.are(rows)) {
        throw new DataException(rows + ": must be a table, for MODEL is of one, and are pictures");
      }
      OptionException.require(
          "TEST.csv", "given for a model of a table", rows != null || table.isQuery(), "nothing");
      OptionException.require(
          "TEST.csv", "left out with --jdbc", rows == null || !table.isQuery(), rows);
      evaluate(ofTable.get(), console);
      return 0;
    }
    boolean hasPictures = Pictures.are(rows);
    OptionException.require(
        "TEST.csv",
        "a folder of pictures, or left out, unless the model is of a table",
        rows == null || hasPictures,
        rows);
    if (hasPictures) {
      digits.requireNone("beside pictures");
    }
    digits.requireSeeded();
    table.requireNone();
    RunFiles run = new RunFiles(model.file().toAbsolutePath().getParent());
    Model loaded = model.load();
    OptionException.require(
        "--data",
        "given for a model that has no " + run.configuration().getFileName() + " beside it",
        digits.areGiven() || hasPictures || run.hasRun(),
        "nothing");
    TestResult result = evaluate(loaded, run, console);
    console.result(result);
    if (!console.isJson()) {
      new Summary(console.out()).print(result, loaded.classNames());
    }
    return 0;
  }

  private void evaluate(TableModel loaded, Console console) {
    TableInput input = TableInput.open(table.data(rows));
    TableEvaluation.Result result =
        TableInput.checked(
            input.table().name(),
            () -> {
              TableEvaluation evaluation = new TableEvaluation(loaded, input.table());
              try (TableInput.Rows read = input.rows(this::watched)) {
                while (read.hasNext()) {
                  evaluation.add(read.next());
                }
              }
              return evaluation.result();
            });
    if (result.rows() == 0) {
      throw new DataException(input.table().name() + ": must have a row, got none");
    }
    console.result(result);
    print(result, console);
  }

  private InputStream watched(InputStream bytes, long total) {
    return options.quiet() || options.json()
        ? bytes
        : ProgressBars.watched("evaluate", bytes, total);
  }

  private static void print(TableEvaluation.Result result, Console console) {
    console.line("rows         %,d", result.rows());
    if (result.label() != null) {
      console.line("label        %s", TableTrainer.described(result.label()));
    }
    if (result.anomalies() != null) {
      console.line(
          "anomalies    %d flagged, %.2f %%", result.anomalies(), 100 * result.anomalyShare());
    }
    int width =
        result.columns().stream().mapToInt(error -> error.column().length()).max().orElse(1);
    String format = "%-" + Math.max(6, Math.min(40, width)) + "s  %14s  %18s  %12s";
    console.line("");
    console.line(format, "column", "error", "cell hidden", "spread");
    for (TableEvaluation.ColumnError error : result.columns()) {
      String line =
          String.format(
              Locale.ROOT,
              format,
              error.column(),
              shown(error, error.reconstruction()),
              shown(error, error.expected()),
              error.spread() == null ? "" : String.format(Locale.ROOT, "%.4g", error.spread()));
      console.line("%s", line.stripTrailing());
    }
  }

  private static String shown(TableEvaluation.ColumnError error, Double value) {
    if (value == null) {
      return "";
    }
    return error.unit().equals("wrong")
        ? String.format(Locale.ROOT, "%.1f %% wrong", 100 * value)
        : String.format(Locale.ROOT, "%.4g", value);
  }

  private TestResult evaluate(Model loaded, RunFiles run, Console console) {
    try (Stages stages = new Stages(console)) {
      ImageSet images = Pictures.are(rows) ? Pictures.of(rows, loaded).read() : images(run, stages);
      requireFit(loaded, images);
      return TestResult.of(loaded.stack(), images, stages);
    }
  }

  private ImageSet images(RunFiles run, ProgressListener progress) {
    if (digits.areGiven()) {
      return digits.read(progress);
    }
    Experiment experiment = Experiment.open(run.read(), progress);
    requireUnchanged(run, experiment);
    return digits.first(experiment.digits().test());
  }

  /** Others would be held out than in training, and images trained on be measured. */
  private static void requireUnchanged(RunFiles run, Experiment experiment) {
    ImageDigest was = run.finished().map(TrainingReport::ownImages).orElse(null);
    ImageDigest is = experiment.ownImages();
    if (was != null && is != null && !was.equals(is)) {
      throw new DataException(
          "%s: images have changed since training (%d then, %d now), and some that were trained on would"
                  .formatted(experiment.digits().name(), was.images(), is.images())
              + " be measured; 'dae4j evaluate %s FOLDER' measures pictures of another folder"
                  .formatted(run.path()));
    }
  }

  private static void requireFit(Model loaded, ImageSet images) {
    long pixels = images.images().size(1);
    OptionException.require(
        "MODEL",
        "a model of images of " + pixels + " pixels",
        loaded.nIn() == pixels,
        loaded.nIn());
    int classes = loaded.classes();
    OptionException.require(
        "MODEL",
        "a model of %d classes".formatted(images.classes().size()),
        classes == 0 || !images.isLabelled() || classes == images.classes().size(),
        classes);
  }

  /** The digits that a model is judged by, if they are not its run's. */
  static final class TestDigits {

    private static final String DRAWN = "drawn";
    private static final long SEED = 20081;
    private static final int MAX_DRAWN = 100_000;

    @Option(
        names = "--data",
        paramLabel = "drawn|mnist|DIR",
        description =
            "drawn: digits that this program draws; mnist: MNIST's test set, downloaded once; DIR: the"
                + " test set of MNIST's files in this folder. By default the test images of the"
                + " configuration beside the model.")
    private String data;

    @Option(
        names = "--images",
        paramLabel = "N",
        description = "The first N images; all by default, and 1000 if they are drawn.")
    private Integer images;

    @Option(
        names = "--seed",
        paramLabel = "N",
        description = "Of the digits that --data drawn draws; 20081 by default.")
    private Long seed;

    /** Where rows or pictures are given to judge by. */
    void requireNone(String where) {
      requireLeftOut("--data", where, data);
      requireLeftOut("--images", where, images);
      requireLeftOut("--seed", where, seed);
    }

    void requireSeeded() {
      if (!DRAWN.equals(data)) {
        requireLeftOut("--seed", "without --data drawn", seed);
      }
    }

    private static void requireLeftOut(String option, String where, Object value) {
      OptionException.require(option, "left out " + where, value == null, value);
    }

    boolean areGiven() {
      return data != null;
    }

    ImageSet read(ProgressListener progress) {
      if (data.equals(DRAWN)) {
        int count = images == null ? 1000 : images;
        require(count, MAX_DRAWN);
        return DrawnDigits.draw(count, seed == null ? SEED : seed, progress);
      }
      ImageSet test = Mnist.read(data.equals("mnist") ? download(progress) : Path.of(data)).test();
      return first(test);
    }

    /** So many as --images says. */
    ImageSet first(ImageSet test) {
      if (images == null) {
        return test;
      }
      require(images, test.size());
      return test.first(images);
    }

    private static void require(int count, int most) {
      OptionException.require(
          "--images", "in [1, " + most + "]", count >= 1 && count <= most, count);
    }

    private static Path download(ProgressListener progress) {
      return MnistDownload.into(MnistDownload.defaultDirectory()).fetch(progress);
    }
  }
}
