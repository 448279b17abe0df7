package io.github.dae4j.cli.command;

import io.github.dae4j.cli.command.CsvArguments.KeepOption;
import io.github.dae4j.cli.command.CsvArguments.Mapping;
import io.github.dae4j.cli.console.OptionException;
import io.github.dae4j.cli.experiment.ImageAnomalies;
import io.github.dae4j.cli.experiment.ModelImages;
import io.github.dae4j.datasets.DataException;
import io.github.dae4j.stacked.table.RowScore;
import io.github.dae4j.stacked.table.Table;
import io.github.dae4j.stacked.table.TableModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Rows -> how unusual they are, and which columns explain it. */
@Command(
    name = "score",
    sortOptions = false,
    description = {
      "Scores how unusual the rows of a table are, and names the columns that explain it; or how"
          + " unusual pictures are.",
      "A line for each row: its line in IN.csv, its score, whether that makes it an anomaly, and for"
          + " each column that explains the score what was there, what the other columns let one"
          + " expect, its part of the score, and a note. Of a picture its name, score, and whether it"
          + " is an anomaly.",
      CsvArguments.PICTURES
    })
public final class Score implements Callable<Integer> {

  private static final double USUALLY = 0.01; // of images

  @Mixin private CsvArguments csv;
  @Mixin private KeepOption keep;

  @Option(
      names = "--top",
      paramLabel = "N",
      description =
          "The columns of a table that explain the score, at most; 0 for none (default: 3).")
  private Integer wantedTop;

  @Option(names = "--flagged", description = "Only rows that are anomalies.")
  private boolean flagged;

  @Option(
      names = "--contamination",
      paramLabel = "SHARE",
      description =
          "The share of rows like those in training that is flagged; by default as trained, and 0.01"
              + " of images.")
  private Double contamination;

  private int top;
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong anomalies = new AtomicLong();

  @Override
  public Integer call() {
    OptionException.require("--top", ">= 0", wantedTop == null || wantedTop >= 0, wantedTop);
    top = wantedTop == null ? 3 : wantedTop;
    OptionException.require(
        "--contamination",
        "in (0, 0.5]",
        contamination == null || contamination > 0 && contamination <= 0.5,
        contamination);
    if (csv.hasPictures()) {
      csv.table(); // which refuses them if the model is of a table
      scorePictures(csv.load());
      return 0;
    }
    TableModel model = csv.requireTable();
    if (!model.hasDetector()) {
      throw new DataException("MODEL was trained without a detector, which 'score' needs");
    }
    csv.map(
        contamination == null ? model : model.withContamination(contamination),
        keep,
        names(),
        this::line,
        this::summary);
    return 0;
  }

  private void scorePictures(Model loaded) {
    OptionException.require("--top", "left out of pictures", wantedTop == null, wantedTop);
    OptionException.require(
        "--keep", "left out of pictures", keep.columns().isEmpty(), keep.columns());
    List<Double> usual = loaded.images().map(ModelImages::usual).orElse(List.of());
    if (usual.isEmpty()) {
      throw new DataException(
          "MODEL does not say how usual images score, which 'score' needs: it cannot reconstruct,"
              + " was not trained on images, or by an earlier version");
    }
    double threshold =
        ImageAnomalies.threshold(usual, contamination == null ? USUALLY : contamination);
    csv.mapPictures(
        loaded,
        List.of("score", "anomaly"),
        x -> lines(ImageAnomalies.scores(loaded.stack(), x), threshold),
        this::summary);
  }

  private List<List<String>> lines(double[] scores, double threshold) {
    List<List<String>> lines = new ArrayList<>();
    for (double score : scores) {
      boolean isAnomaly = score > threshold;
      rows.incrementAndGet();
      anomalies.addAndGet(isAnomaly ? 1 : 0);
      lines.add(
          flagged && !isAnomaly
              ? null
              : List.of(Float.toString((float) score), isAnomaly ? "yes" : "no"));
    }
    return lines;
  }

  private List<String> names() {
    List<String> names = new ArrayList<>(List.of("line", "score", "anomaly"));
    for (int i = 1; i <= top; i++) {
      names.addAll(List.of("column " + i, "value " + i, "expected " + i, "part " + i, "note " + i));
    }
    return names;
  }

  private String line(Mapping mapping, Table.Row row) {
    RowScore score = mapping.rows().score(row);
    rows.incrementAndGet();
    if (score.isAnomaly()) {
      anomalies.incrementAndGet();
    } else if (flagged) {
      return null;
    }
    List<String> cells = new ArrayList<>();
    cells.add(Long.toString(row.line()));
    cells.add(mapping.number((float) score.value()));
    cells.add(score.isAnomaly() ? "yes" : "no");
    List<RowScore.Reason> reasons = top == 0 ? List.of() : score.reasons(top);
    for (RowScore.Reason reason : reasons) {
      cells.add(reason.column());
      cells.add(reason.value());
      cells.add(reason.expected());
      cells.add(mapping.number((float) reason.contribution()));
      cells.add(reason.note());
    }
    for (int i = reasons.size(); i < top; i++) {
      cells.addAll(List.of("", "", "", "", ""));
    }
    return mapping.line(row, cells);
  }

  private String summary() {
    return String.format(
        Locale.ROOT,
        "%d flagged (%.2f %%)",
        anomalies.get(),
        rows.get() == 0 ? 0 : 100.0 * anomalies.get() / rows.get());
  }
}
