package io.github.dae4j.cli.table;

import io.github.dae4j.cli.config.TableConfiguration;
import io.github.dae4j.cli.experiment.RunFiles;
import io.github.dae4j.report.Origin.Environment;
import io.github.dae4j.report.Report;
import io.github.dae4j.stacked.table.RowScore;
import io.github.dae4j.stacked.table.Table;
import io.github.dae4j.stacked.table.TableModel;
import io.github.dae4j.stacked.table.TableProfile;
import io.github.dae4j.stacked.table.TableRowModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** Trains a model of a table and writes it, with what is to be known about it, into a folder. */
public final class TableRun {

  private static final int WORST = 20;
  private static final int MAP_ROWS = 1500;
  private static final int MOST_REASONS = 3;
  private static final List<String> QUARTERS =
      List.of("lowest quarter", "second quarter", "third quarter", "highest quarter");

  /**
   * What came out, in numbers.
   *
   * @param label null without one
   * @param threshold of the score; null without a detector
   * @param seconds of training
   * @param evaluation on the rows that were trained on
   * @param worst the rows with the highest scores
   */
  public record Result(
      String command,
      String data,
      long rows,
      String label,
      long seed,
      double contamination,
      Double threshold,
      int codeLength,
      double seconds,
      List<ColumnResult> columns,
      TableEvaluation.Result evaluation,
      List<WorstRow> worst) {}

  /** A column of the table, as it was taken. */
  public record ColumnResult(
      String name, String type, String reason, boolean input, long known, long missing) {

    /** The guess without its numbers of words. */
    public static ColumnResult of(TableProfile.ColumnGuess guess) {
      return new ColumnResult(
          guess.name(),
          guess.type().word(),
          guess.reason(),
          guess.input().isPresent(),
          guess.known(),
          guess.missing());
    }
  }

  /** A row with a high score, and why, in words. */
  public record WorstRow(long line, double score, boolean anomaly, List<String> reasons) {}

  /** What the page shows besides the numbers. */
  record Shown(double[] scores, List<float[]> codes, List<String> groups) {}

  private final Table table;
  private final TableConfiguration settings;
  private final RunFiles directory;

  /** Prepares a run; the table can be read more than once. */
  public TableRun(Table table, TableConfiguration settings, RunFiles directory) {
    this.table = table;
    this.settings = settings;
    this.directory = directory;
  }

  /**
   * Trains, from the networks on that are trained already.
   *
   * @throws io.github.dae4j.stacked.run.TrainingStoppedException if progress says so
   */
  public TableModel train(TableModel.Progress progress) {
    return TableInput.checked(
        table.name(),
        () ->
            settings.builder().checkpoints(directory.checkpoints()).progress(progress).fit(table));
  }

  /** Measures and writes model.zip, report.html and, last, report.json. */
  public Result finish(TableModel model, double seconds, String command, String backend) {
    try {
      model.save(directory.model());
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    Measured measured =
        TableInput.checked(table.name(), () -> new Measured(model, table, settings.seed()));
    Result result =
        new Result(
            command,
            table.name(),
            measured.evaluation.rows(),
            settings.data().label(),
            settings.seed(),
            settings.model().contamination(),
            model.hasDetector() ? model.threshold() : null,
            model.codeLength(),
            seconds,
            model.columns().stream().map(ColumnResult::of).toList(),
            measured.evaluation,
            measured.worst());
    new TableRunPage(
            result, measured.shown(), settings.located().toYaml(), Environment.current(backend))
        .page()
        .write(directory.page());
    Report.write(result, directory.report());
    directory.deleteCheckpoints();
    return result;
  }

  /** One pass over all rows: errors, scores, the worst rows, and codes of some. */
  private static final class Measured {

    private final Table table;
    private final TableModel model;
    private final TableRowModel rows;
    private final int label;
    private final TableEvaluation.Result evaluation;
    private final List<Double> scores = new ArrayList<>();
    private final List<float[]> codes = new ArrayList<>();
    private final List<String> groups = new ArrayList<>();
    private final PriorityQueue<Scored> worst =
        new PriorityQueue<>(Comparator.comparingDouble(scored -> scored.score().value()));

    private record Scored(long line, RowScore score) {

      private static String shown(RowScore.Reason reason) {
        return String.format(Locale.ROOT, "%s (%.2f)", reason, reason.contribution());
      }
    }

    Measured(TableModel model, Table table, long seed) {
      this.table = table;
      this.model = model;
      rows = model.on(table);
      label = model.label().map(table.columns()::indexOf).orElse(-1);
      TableEvaluation measuring = new TableEvaluation(model, table);
      long all = model.columns().stream().mapToLong(g -> g.known() + g.missing()).max().orElse(1);
      SplittableRandom random = new SplittableRandom(seed);
      try (Table.Rows read = table.rows()) {
        for (long left = all; read.hasNext(); left--) {
          Table.Row row = read.next();
          RowScore score = measuring.add(row).orElse(null);
          if (score != null) {
            scores.add(score.value());
            keep(new Scored(row.line(), score));
          }
          int wanted = MAP_ROWS - codes.size();
          if (left <= wanted || random.nextDouble() * left < wanted) {
            codes.add(rows.encode(row));
            groups.add(group(row, score));
          }
        }
      }
      evaluation = measuring.result();
    }

    private void keep(Scored scored) {
      worst.add(scored);
      if (worst.size() > WORST) {
        worst.poll();
      }
    }

    private String group(Table.Row row, RowScore score) {
      if (label >= 0) {
        String cell = row.cell(label);
        return cell == null ? "" : cell.strip();
      }
      return score == null ? "" : score.isAnomaly() ? "flagged" : "usual";
    }

    List<WorstRow> worst() {
      return worst.stream()
          .sorted(Comparator.comparingDouble((Scored scored) -> -scored.score().value()))
          .map(
              scored ->
                  new WorstRow(
                      scored.line(),
                      scored.score().value(),
                      scored.score().isAnomaly(),
                      scored.score().reasons(MOST_REASONS).stream().map(Scored::shown).toList()))
          .toList();
    }

    Shown shown() {
      boolean isNumber = label >= 0 && model.predict(Map.of()).probabilities().isEmpty();
      return new Shown(
          scores.stream().mapToDouble(Double::doubleValue).toArray(),
          codes,
          isNumber ? quarters(groups.stream().mapToDouble(table::number).toArray()) : groups);
    }
  }

  /** Numbers as the quarter in which they are; equal ones in that of their first. */
  static List<String> quarters(double[] numbers) {
    double[] sorted = Arrays.stream(numbers).filter(n -> !Double.isNaN(n)).sorted().toArray();
    List<String> groups = new ArrayList<>();
    for (double number : numbers) {
      int less = (int) Arrays.stream(sorted).filter(n -> n < number).count();
      groups.add(Double.isNaN(number) ? "" : QUARTERS.get(4 * less / sorted.length));
    }
    return groups;
  }
}
