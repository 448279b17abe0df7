package io.github.dae4j.report;

import io.github.dae4j.report.Section.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How long the stages of a run took, in the order in which they are added. */
public final class Times {

  private record Stage(int epochs, double seconds) {

    Stage plus(Stage other) {
      return new Stage(epochs + other.epochs, seconds + other.seconds);
    }

    List<String> row(String name) {
      return epochs == 0
          ? List.of(name, "", duration(seconds), "")
          : List.of(name, "" + epochs, duration(seconds), duration(seconds / epochs));
    }
  }

  private final Map<String, Stage> stages = new LinkedHashMap<>();

  /** Adds a stage; one of a name that is there already is added to that. */
  public Times add(String name, double seconds) {
    return add(name, 0, seconds);
  }

  /** Adds a stage that had epochs. */
  public Times add(String name, int epochs, double seconds) {
    stages.merge(name, new Stage(epochs, seconds), Stage::plus);
    return this;
  }

  /** The seconds of all. */
  public double total() {
    return stages.values().stream().mapToDouble(Stage::seconds).sum();
  }

  /** A table, with the sum in its last row; without columns of epochs where no stage had any. */
  public Section section(String note) {
    List<List<String>> rows = new ArrayList<>();
    stages.forEach((name, stage) -> rows.add(stage.row(name)));
    rows.add(new Stage(0, total()).row("all"));
    List<String> head = List.of("", "epochs", "time", "per epoch");
    if (stages.values().stream().allMatch(stage -> stage.epochs() == 0)) {
      head = List.of("", "time");
      rows.replaceAll(row -> List.of(row.get(0), row.get(2)));
    }
    Table table = new Table(head, rows);
    return Section.of("times", "Times", table.tag(), Tag.note(note));
  }

  /** 3.2 s, 4 min 5 s or 1 h 2 min. */
  public static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    return whole < 3600
        ? whole / 60 + " min " + whole % 60 + " s"
        : whole / 3600 + " h " + whole % 3600 / 60 + " min";
  }
}
