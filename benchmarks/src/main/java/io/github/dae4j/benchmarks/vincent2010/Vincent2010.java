package io.github.dae4j.benchmarks.vincent2010;

import io.github.dae4j.benchmarks.vincent2010.Recipe.Settings;
import io.github.dae4j.benchmarks.vincent2010.Recipe.Units;
import io.github.dae4j.benchmarks.vincent2010.Recipe.Variant;
import io.github.dae4j.benchmarks.vincent2010.Run.Outcome;
import io.github.dae4j.cli.backend.Backends;
import io.github.dae4j.cli.console.CommandRunner;
import io.github.dae4j.cli.console.OptionException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.DoubleStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Trains the problems of Vincent et al. (2010, table 3) by one recipe and prints their table.
 *
 * <p>With the first seed the denoising stack is trained at each setting of the grid. That with the
 * least validation error is taken for the other seeds and variants; test errors choose nothing.
 */
@Command(
    name = "vincent2010",
    description = {
      "Trains the problems of Vincent et al. (2010, table 3) by one recipe; prints their table.",
      "A run that is in the output folder is not repeated, one that was killed goes on."
    },
    showDefaultValues = true,
    sortOptions = false)
public final class Vincent2010 implements Callable<Integer> {

  private static final double TWO_SIDED_95 = 1.96;

  @Parameters(
      arity = "0..1",
      paramLabel = "MNIST_DIR",
      description = "The folder of MNIST's four files; without it the program draws digits.")
  private Path mnist;

  @Option(
      names = "--photos",
      paramLabel = "DIR",
      description = "Photographs for bg-img, bg-img-rot and rect-img.")
  private Path photos;

  @Option(
      names = "--shared-photos",
      description = "All of them are for training and tests; else each second one is for tests.")
  private boolean sharedPhotos;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = "output/vincent2010",
      description = "Where the runs are.")
  private Path output;

  @Option(
      names = "--problems",
      split = ",",
      paramLabel = "NAME",
      description = "Which, in this order; by default all, without --photos those that need none.")
  private List<String> problems;

  @Option(
      names = "--variants",
      split = ",",
      defaultValue = "sdae,sae,scratch,emphasis",
      description = "Denoising, without corruption, without pretraining, salt-and-pepper.")
  private List<String> variants;

  @Option(
      names = "--seeds",
      split = ",",
      defaultValue = "1,2,3",
      description = "The first one chooses.")
  private List<Long> seeds;

  @Option(
      names = "--levels",
      split = ",",
      defaultValue = "0.1,0.25,0.4",
      description = "Corruption.")
  private List<Double> levels;

  @Option(names = "--rates", split = ",", defaultValue = "0.001", description = "Of fine-tuning.")
  private List<Double> rates;

  @Option(
      names = "--widths",
      split = ",",
      description = "Of each layer; by default 1000, or 200 with --quick.")
  private List<Integer> widths;

  @Option(
      names = "--units",
      split = ",",
      defaultValue = "relu",
      description = "Kinds of units, of relu and sigmoid, which takes longer.")
  private List<String> units;

  @Option(names = "--threads", defaultValue = "2", description = "CPU threads.")
  private int threads;

  @Option(names = "--quick", description = "A reduced form: fewer images, units and epochs.")
  private boolean quick;

  @Option(
      names = "--samples",
      paramLabel = "FILE.png",
      description = "Draws the first training images of each problem here, and trains nothing.")
  private Path samples;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  @Spec private CommandSpec spec;

  public static void main(String[] args) {
    System.exit(CommandRunner.execute(new CommandLine(new Vincent2010()), args));
  }

  @Override
  public Integer call() {
    OptionException.require("--threads", ">= 1", threads >= 1, threads);
    List<Problem> wanted = problems();
    Set<Variant> beside = variants();
    Recipe recipe = new Recipe(mnist, photos, sharedPhotos, quick);
    if (samples != null) {
      Backends.startQuietly(threads);
      Run.draw(wanted, recipe, seeds.get(0), samples);
      return CommandRunner.OK;
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s, %d threads.%n%n", Backends.startQuietly(threads), threads);
    out.println(
        "| Problem | Variant | level, rate, width, units | validation | test error, % | seeds | minutes |"
            + " SVM-RBF | DBN-3 | SAE-3 | SDAE-3 |");
    out.println("|---|---|---|---|---|---|---|---|---|---|---|");
    for (Problem problem : wanted) {
      Settings chosen = chosen(recipe, problem, Variant.SDAE);
      for (Variant variant : beside) {
        row(out, recipe, problem, variant, chosen);
      }
    }
    return CommandRunner.OK;
  }

  private void row(
      PrintWriter out, Recipe recipe, Problem problem, Variant variant, Settings chosen) {
    Settings settings =
        switch (variant) {
          case SDAE -> chosen;
          case EMPHASIS -> chosen(recipe, problem, variant);
          case SAE, SCRATCH -> chosen.without();
        };
    List<Outcome> outcomes =
        seeds.stream()
            .map(seed -> new Run(problem, variant, settings, seed).outcome(recipe, output))
            .toList();
    double test = mean(outcomes.stream().mapToDouble(Outcome::testError));
    double margin = TWO_SIDED_95 * Math.sqrt(test * (1 - test) / outcomes.get(0).testImages());
    out.printf(
        "| %s | %s | %s, %s, %d, %s | %.2f | %.2f +- %.2f | %d | %.1f | %s |%n",
        recipe.name(problem),
        variant.word(),
        settings.level(),
        settings.rate(),
        settings.width(),
        settings.units().word(),
        100 * mean(outcomes.stream().mapToDouble(Outcome::validationError)),
        100 * test,
        100 * margin,
        outcomes.size(),
        mean(outcomes.stream().mapToDouble(Outcome::seconds)) / 60,
        problem.published());
    out.flush();
  }

  /** By the least validation error of the first seed. */
  private Settings chosen(Recipe recipe, Problem problem, Variant variant) {
    return grid().stream()
        .map(settings -> new Run(problem, variant, settings, seeds.get(0)))
        .map(run -> run.outcome(recipe, output))
        .min(Comparator.comparingDouble(Outcome::validationError))
        .orElseThrow()
        .settings();
  }

  private List<Settings> grid() {
    List<Integer> tried = widths == null ? List.of(quick ? 200 : 1000) : widths;
    List<Settings> grid = new ArrayList<>();
    for (String kind : units) {
      for (int width : tried) {
        for (double rate : rates) {
          for (double level : levels) {
            grid.add(new Settings(level, rate, width, known("--units", kind, Units.values())));
          }
        }
      }
    }
    return grid;
  }

  private static double mean(DoubleStream values) {
    return values.average().orElse(Double.NaN);
  }

  private List<Problem> problems() {
    if (problems == null) {
      return Arrays.stream(Problem.values())
          .filter(problem -> photos != null || !problem.isOfPhotographs())
          .toList();
    }
    List<Problem> wanted =
        problems.stream().map(word -> known("--problems", word, Problem.values())).toList();
    for (Problem problem : wanted) {
      OptionException.require(
          "--photos",
          "a folder of photographs for " + problem.word(),
          photos != null || !problem.isOfPhotographs(),
          "nothing");
    }
    return wanted;
  }

  /** In the order of the table, whatever the option's. */
  private Set<Variant> variants() {
    Set<Variant> wanted = EnumSet.noneOf(Variant.class);
    variants.forEach(word -> wanted.add(known("--variants", word, Variant.values())));
    return wanted;
  }

  /** The constant that is called so, as configurations would: {@code bg-img}. */
  private static <E extends Enum<E>> E known(String option, String word, E[] constants) {
    List<String> words =
        Arrays.stream(constants)
            .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .toList();
    OptionException.require(option, "of " + String.join(", ", words), words.contains(word), word);
    return constants[words.indexOf(word)];
  }
}
