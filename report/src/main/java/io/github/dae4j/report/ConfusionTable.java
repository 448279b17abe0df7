package io.github.dae4j.report;

import java.util.Locale;
import java.util.stream.IntStream;

/** Counts [class][what it was taken for], each the darker the more of its row it is. */
public record ConfusionTable(int[][] counts) {

  private static final double STRONG = 0.55; // of the colour, which letters then are light on

  /** A table whose last column is the share of each class that was taken for itself. */
  public Tag tag() {
    Tag head = Tag.of("tr").add(Tag.of("td"));
    IntStream.range(0, counts.length)
        .forEach(taken -> head.add(Tag.of("th", "" + taken).with("scope", "col")));
    head.add(Tag.of("th", "%").with("scope", "col"));
    Tag body = Tag.of("tbody").add(IntStream.range(0, counts.length).mapToObj(this::row).toList());
    return Table.wide(
        Tag.of("table").with("class", "confusion").add(Tag.of("thead").add(head), body));
  }

  private Tag row(int actual) {
    int sum = IntStream.of(counts[actual]).sum();
    Tag row = Tag.of("tr").add(Tag.of("th", "" + actual).with("scope", "row"));
    for (int taken = 0; taken < counts.length; taken++) {
      row.add(cell(counts[actual][taken], sum, taken == actual));
    }
    return row.add(Tag.of("td", sum == 0 ? "" : percent(counts[actual][actual], sum)));
  }

  private static Tag cell(int count, int sum, boolean isRight) {
    if (count == 0) {
      return Tag.of("td", "·").with("class", "none");
    }
    double share = Math.sqrt(count / (double) sum); // so that single mistakes are seen
    return Tag.of("td", "" + count)
        .with("class", (isRight ? "right" : "wrong") + (share > STRONG ? " strong" : ""))
        .with("style", String.format(Locale.ROOT, "--share: %.3f", share));
  }

  private static String percent(int right, int sum) {
    return String.format(Locale.ROOT, "%.1f", 100.0 * right / sum);
  }
}
