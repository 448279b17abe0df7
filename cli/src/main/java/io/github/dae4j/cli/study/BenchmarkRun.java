package io.github.dae4j.cli.study;

import io.github.dae4j.cli.config.ExperimentConfiguration;
import io.github.dae4j.cli.experiment.Experiment;
import io.github.dae4j.cli.experiment.RunCurves;
import io.github.dae4j.cli.experiment.RunPictures;
import io.github.dae4j.cli.experiment.TestResult;
import io.github.dae4j.cli.experiment.TestResult.ReconstructionErrors;
import io.github.dae4j.cli.experiment.TestSections;
import io.github.dae4j.cli.study.Benchmark.BenchmarkReport;
import io.github.dae4j.cli.study.Benchmark.BenchmarkReport.Errors;
import io.github.dae4j.datasets.ImageSet;
import io.github.dae4j.datasets.ProgressListener;
import io.github.dae4j.datasets.Splits;
import io.github.dae4j.report.ExampleRows;
import io.github.dae4j.report.Section;
import io.github.dae4j.report.Section.Picture;
import io.github.dae4j.report.Tag;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.finetuning.FineTuningResult;
import io.github.dae4j.stacked.pretraining.LayerResult;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A stack that learns a benchmark: pretrained if the configuration says so, then fine-tuned. */
public final class BenchmarkRun {

  private static final int COLUMNS = 12;
  private static final int MAGNIFICATION = 2;
  private static final int MOST_RECONSTRUCTED = 5000; // of test images, which may be many

  private final Benchmark benchmark;
  private final Experiment experiment;
  private final StackedDenoisingAutoEncoder stack;
  private List<LayerResult> pretraining = List.of();
  private FineTuningResult fineTuning;
  private Predictions predictions;

  /** Prepares it, for a configuration that {@link Benchmark#fits}. */
  public BenchmarkRun(Benchmark benchmark, Experiment experiment) {
    this.benchmark = benchmark;
    this.experiment = experiment;
    stack = experiment.newStack();
  }

  /** Trains the stack; {@code listeners} follow. */
  public void train(List<TrainingListener> listeners) {
    stack.network().setListeners(listeners);
    if (experiment.configuration().pretraining() != null) {
      pretraining = experiment.pretrain(stack);
    }
    fineTuning = experiment.fineTune(stack);
    stack.network().setListeners();
  }

  /** Tests it, when it is trained. */
  public BenchmarkReport test(String command, String backend, ProgressListener progress) {
    Splits images = experiment.digits();
    predictions = Predictions.of(stack, images.test(), progress);
    IntPredicate isNew = new KnownImages(images.train()).notAmong(images.test());
    return new BenchmarkReport(
        command,
        images.name(),
        images.train().size(),
        images.validation().size(),
        backend,
        experiment.configuration().seed(),
        pretraining,
        fineTuning,
        predictions.errors(i -> true),
        predictions.errors(isNew),
        benchmark.published());
  }

  /** It for a person to read, when it is tested. */
  public List<Section> sections(
      BenchmarkReport report, RunPictures pictures, ProgressListener progress) {
    List<Section> sections = new ArrayList<>();
    sections.add(report.section());
    new RunCurves(pretraining, Map.of("error", fineTuning), "error")
        .section()
        .ifPresent(sections::add);
    sections.add(
        Section.of(
            "examples",
            "Examples",
            rows(),
            Tag.note("The first test images of each class, and the first misclassified ones.")));
    sections.addAll(pictures.sections());
    ImageSet test = experiment.digits().test();
    double[] errors =
        ReconstructionErrors.of(
            stack, test.first(Math.min(MOST_RECONSTRUCTED, test.size())), progress);
    sections.addAll(new TestSections(errors, test.size(), predictions.confusion()).sections());
    return sections;
  }

  /** What it looks like. */
  public RunPictures pictures() {
    ExperimentConfiguration configuration = experiment.configuration();
    return RunPictures.of(
        stack,
        configuration.stack().layers().get(0).corruption(),
        experiment.digits().test(),
        configuration.seed());
  }

  /** How pretraining went, layer by layer. */
  public List<LayerResult> pretraining() {
    return pretraining;
  }

  /** How fine-tuning went. */
  public FineTuningResult fineTuning() {
    return fineTuning;
  }

  /** What is trained. */
  public StackedDenoisingAutoEncoder stack() {
    return stack;
  }

  /** The first test images of each class, and the first that the test found mistaken. */
  public BufferedImage examples() {
    return shape().framed(examplesByName(), MAGNIFICATION);
  }

  private Tag rows() {
    ExampleRows shape = shape();
    return Tag.rows(
        examplesByName().entrySet().stream()
            .filter(row -> !row.getValue().isEmpty())
            .map(row -> new Picture(shape.framedRow(row.getValue()), row.getKey(), "").tag())
            .toArray(Tag[]::new));
  }

  private ExampleRows shape() {
    int side = (int) Math.round(Math.sqrt(experiment.digits().test().images().size(1)));
    return new ExampleRows(COLUMNS, side, side);
  }

  private Map<String, List<INDArray>> examplesByName() {
    ImageSet test = experiment.digits().test();
    Map<String, List<INDArray>> rows = new LinkedHashMap<>();
    for (int label = 0; label < test.classes().size(); label++) {
      int wanted = label;
      rows.put(benchmark.classes().get(label), first(i -> test.labels()[i] == wanted));
    }
    rows.put("mistaken", first(predictions::isMistaken));
    return rows;
  }

  private List<INDArray> first(IntPredicate wanted) {
    return predictions.indices(wanted).limit(COLUMNS).mapToObj(predictions::image).toList();
  }

  /** Images that can be recognized again, pixel by pixel. */
  static final class KnownImages {

    private final Set<FloatBuffer> known = new HashSet<>();

    KnownImages(ImageSet images) {
      INDArray rows = images.images().dup();
      for (int i = 0; i < images.size(); i++) {
        known.add(pixels(rows, i));
      }
    }

    /** Whether an image of the other set, by its index, is none of these. */
    IntPredicate notAmong(ImageSet others) {
      return i -> !known.contains(pixels(others.images(), i));
    }

    private static FloatBuffer pixels(INDArray rows, int row) {
      return FloatBuffer.wrap(rows.getRow(row).toFloatVector());
    }
  }

  /**
   * What a model takes images for.
   *
   * @param taken the class of each image that is most probable
   */
  record Predictions(ImageSet images, int[] taken) {

    static Predictions of(
        StackedDenoisingAutoEncoder stack, ImageSet images, ProgressListener progress) {
      INDArray probabilities =
          stack.network().output(stack.normalized(TestResult.minibatches(images, progress)));
      return new Predictions(images, probabilities.argMax(1).toIntVector());
    }

    boolean isMistaken(int image) {
      return taken[image] != images.labels()[image];
    }

    Errors errors(IntPredicate which) {
      int count = (int) indices(which).count();
      long mistaken = indices(which).filter(this::isMistaken).count();
      return new Errors(count, mistaken / (double) count);
    }

    IntStream indices(IntPredicate which) {
      return IntStream.range(0, taken.length).filter(which);
    }

    /** [class][what it was taken for], in images. */
    int[][] confusion() {
      int[][] confusion = new int[images.classes().size()][images.classes().size()];
      indices(i -> true).forEach(i -> confusion[images.labels()[i]][taken[i]]++);
      return confusion;
    }

    /** The pixels of an image. */
    INDArray image(int index) {
      return images.images().getRow(index);
    }
  }
}
