package io.github.dae4j.cli.table;

import io.github.dae4j.cli.table.TableEvaluation.ColumnError;
import io.github.dae4j.cli.table.TableEvaluation.LabelResult;
import io.github.dae4j.report.Chart;
import io.github.dae4j.report.Origin;
import io.github.dae4j.report.Origin.Environment;
import io.github.dae4j.report.Page;
import io.github.dae4j.report.Section;
import io.github.dae4j.report.Section.Facts;
import io.github.dae4j.report.Section.Table;
import io.github.dae4j.report.Tag;
import io.github.dae4j.report.Times;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** A model of a table for a person to read: columns, errors, the worst rows, a map of the codes. */
record TableRunPage(
    TableRun.Result result, TableRun.Shown shown, String configuration, Environment environment) {

  private static final int MOST_GROUPS = 5; // with a colour of their own
  private static final int MOST_CLASSES = 30; // of a table of mistakes
  private static final double COMMON = 0.99; // of the scores, which the histogram has room for

  Page page() {
    List<Section> sections = new ArrayList<>();
    sections.add(Section.of("result", "Result", cards()));
    sections.add(columns());
    if (!result.worst().isEmpty()) {
      sections.add(worst());
    }
    map(sections);
    label(sections);
    sections.add(
        Section.of(
            "times",
            "Times",
            new Facts().add("training", Times.duration(result.seconds())).list()));
    sections.addAll(origin().sections());
    return new Page(
        "Model of " + java.nio.file.Path.of(result.data()).getFileName(),
        "Denoising autoencoder of a table, " + environment.ready(),
        sections);
  }

  private Tag cards() {
    Facts facts = new Facts();
    LabelResult label = result.evaluation().label();
    if (label != null && label.accuracy() != null) {
      facts.add("accuracy, " + label.column(), "%.1f %%", 100 * label.accuracy());
      facts.add("F1", "%.3f", label.f1());
    } else if (label != null) {
      facts.add("RMSE, " + label.column(), number(label.rmse()));
    }
    long inputs = result.columns().stream().filter(TableRun.ColumnResult::input).count();
    facts
        .add("rows", "%,d", result.rows())
        .add("columns used", "%d of %d", inputs, result.columns().size());
    if (result.evaluation().anomalies() != null) {
      facts.add(
          "flagged rows",
          "%,d (%.1f %%)",
          result.evaluation().anomalies(),
          100 * result.evaluation().anomalyShare());
    }
    return facts
        .add("units of a code", "%d", result.codeLength())
        .add("training", Times.duration(result.seconds()))
        .cards();
  }

  private Section columns() {
    Map<String, ColumnError> errors =
        result.evaluation().columns().stream()
            .collect(Collectors.toMap(ColumnError::column, error -> error));
    List<List<String>> rows = new ArrayList<>();
    for (TableRun.ColumnResult column : result.columns()) {
      ColumnError error = errors.get(column.name());
      rows.add(
          List.of(
              column.name(),
              column.type()
                  + (column.input() || column.name().equals(result.label()) ? "" : ", left out"),
              column.reason(),
              column.missing() == 0 ? "" : String.format(Locale.ROOT, "%,d", column.missing()),
              error == null ? "" : shown(error, error.reconstruction()),
              error == null ? "" : shown(error, error.expected()),
              error == null || error.spread() == null ? "" : number(error.spread())));
    }
    return Section.of(
        "columns",
        "Columns",
        words(
            new Table(
                List.of(
                    "column", "type", "why", "missing", "error", "error, cell hidden", "spread"),
                rows)),
        Tag.note(
            "Errors on the rows that were trained on: of numbers the root mean square in the"
                + " column's own unit (of dates in days, of times of day in hours round the clock),"
                + " to be compared with the spread, their standard deviation; of words the share that comes out wrong. With the cell"
                + " hidden only the other columns tell it, which is how cells are filled and"
                + " judged; the first rows, 1,000 at most."));
  }

  private static String shown(ColumnError error, Double value) {
    if (value == null) {
      return "";
    }
    return error.unit().equals("wrong")
        ? String.format(Locale.ROOT, "%.1f %% wrong", 100 * value)
        : number(value);
  }

  private Section worst() {
    List<List<String>> rows =
        result.worst().stream()
            .map(
                row ->
                    List.of(
                        "" + row.line(),
                        String.format(Locale.ROOT, "%.2f", row.score()),
                        row.anomaly() ? "yes" : "no",
                        String.join("; ", row.reasons())))
            .toList();
    double[] scores = shown.scores();
    double[] sorted = java.util.Arrays.stream(scores).sorted().toArray();
    double most =
        Math.max(
            1.5 * result.threshold(),
            sorted[(int) Math.min(sorted.length - 1, COMMON * sorted.length)]);
    double[] common = java.util.Arrays.stream(scores).filter(score -> score <= most).toArray();
    List<Tag> content = new ArrayList<>();
    Chart.histogram("Scores of all rows", "score", "rows", common)
        .figure()
        .ifPresent(tag -> content.add(Tag.figures(List.of(tag))));
    content.add(
        Tag.note(
            String.format(
                Locale.ROOT,
                "A usual row has a score near 1; above %.2f a row is flagged.%s",
                result.threshold(),
                common.length == scores.length
                    ? ""
                    : " %s beyond %.1f %s not drawn."
                        .formatted(
                            scores.length - common.length == 1
                                ? "1 row"
                                : scores.length - common.length + " rows",
                            most,
                            scores.length - common.length == 1 ? "is" : "are"))));
    content.add(
        words(
            new Table(
                List.of("line", "score", "flagged", "why, and the part of the score"), rows)));
    return new Section("worst", "The most unusual rows", content);
  }

  private void map(List<Section> sections) {
    double[][] places = PrincipalComponents.of(shown.codes());
    Map<String, List<double[]>> groups = new LinkedHashMap<>();
    grouped()
        .forEach(
            (name, members) ->
                groups.put(
                    name.isEmpty() ? "unknown" : name,
                    members.stream().map(i -> places[i]).toList()));
    Chart.points("Codes of rows", "first principal component", "second", groups)
        .figure()
        .ifPresent(
            tag ->
                sections.add(
                    Section.of(
                        "codes",
                        "Codes",
                        tag,
                        Tag.note(
                            String.format(
                                Locale.ROOT,
                                "The codes of %,d rows, %d units each, in the plane in which they"
                                    + " differ most; rows that are near each other are alike to the"
                                    + " model.%s",
                                shown.codes().size(),
                                result.codeLength(),
                                result.label() == null
                                    ? ""
                                    : " The model of the codes has not seen '%s', the label."
                                        .formatted(result.label()))))));
  }

  /** The rows of each group by number; of many groups the largest, and all others as one. */
  private Map<String, List<Integer>> grouped() {
    Map<String, List<Integer>> all = new LinkedHashMap<>();
    for (int i = 0; i < shown.groups().size(); i++) {
      all.computeIfAbsent(shown.groups().get(i), unused -> new ArrayList<>()).add(i);
    }
    List<String> names = new ArrayList<>(all.keySet());
    names.sort(Comparator.comparingInt((String name) -> -all.get(name).size()));
    Map<String, List<Integer>> kept = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      boolean isKept = names.size() <= MOST_GROUPS + 1 || i < MOST_GROUPS;
      kept.computeIfAbsent(isKept ? names.get(i) : "others", unused -> new ArrayList<>())
          .addAll(all.get(names.get(i)));
    }
    return kept;
  }

  private void label(List<Section> sections) {
    LabelResult label = result.evaluation().label();
    if (label == null) {
      return;
    }
    Tag note =
        Tag.note(
            "On the rows that were trained on; 'dae4j evaluate' measures others, which is harder.");
    if (label.confusion() == null) {
      sections.add(
          Section.of(
              "label",
              "Label: " + label.column(),
              new Facts()
                  .add("RMSE", number(label.rmse()))
                  .add("of predicting the mean", number(label.rmseOfMean()))
                  .list(),
              note));
      return;
    }
    Set<String> names = new HashSet<>(label.confusion().keySet());
    label.confusion().values().forEach(taken -> names.addAll(taken.keySet()));
    List<String> classes = sorted(names);
    if (classes.size() > MOST_CLASSES) {
      return;
    }
    List<String> headings = new ArrayList<>(List.of("actual \\ predicted"));
    headings.addAll(classes);
    List<List<String>> rows = new ArrayList<>();
    for (String name : classes) {
      List<String> row = new ArrayList<>(List.of(name));
      Map<String, Long> taken = label.confusion().getOrDefault(name, Map.of());
      classes.forEach(told -> row.add(taken.containsKey(told) ? "" + taken.get(told) : "·"));
      rows.add(row);
    }
    sections.add(
        Section.of("label", "Label: " + label.column(), new Table(headings, rows).tag(), note));
  }

  /** Numbers by size, and words by the alphabet. */
  static List<String> sorted(Set<String> names) {
    boolean areNumbers = names.stream().allMatch(name -> name.matches("[+-]?\\d+([.,]\\d+)?"));
    ToDoubleFunction<String> size =
        name -> areNumbers ? Double.parseDouble(name.replace(',', '.')) : 0;
    return names.stream()
        .sorted(Comparator.comparingDouble(size).thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private Origin origin() {
    return new Origin(
        result.command(),
        "The command that finished the run: train, or the last resume.",
        Map.of(),
        configuration,
        environment);
  }

  private static Tag words(Table table) {
    return Tag.of("div").with("class", "words").add(table.tag());
  }

  /** Three or four digits that say something. */
  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    double size = Math.abs(value);
    if (size != 0 && (size >= 1e7 || size < 1e-4)) {
      return String.format(Locale.ROOT, "%.3g", value);
    }
    int decimals = size == 0 ? 0 : (int) Math.max(0, 2 - Math.floor(Math.log10(size)));
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
