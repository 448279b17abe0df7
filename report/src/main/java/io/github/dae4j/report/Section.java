package io.github.dae4j.report;

import java.awt.image.BufferedImage;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** A part of a page, with an id that links can name, and what it is made of. */
public record Section(String id, String heading, List<Tag> content) {

  public Section {
    content = List.copyOf(content);
  }

  public static Section of(String id, String heading, Tag... content) {
    return new Section(id, heading, List.of(content));
  }

  Tag tag() {
    return Tag.of("section").with("id", id).add(Tag.of("h2", heading)).add(content);
  }

  Tag link() {
    return Tag.of("a", heading).with("href", "#" + id);
  }

  /** Names and what they stand for, in the order in which they are added. */
  public static final class Facts {

    private final Map<String, String> values = new LinkedHashMap<>();

    /** Adds one; null stands for nothing, which is left out. */
    public Facts add(String name, String value) {
      if (value != null) {
        values.put(name, value);
      }
      return this;
    }

    /** Adds one by a format. */
    public Facts add(String name, String format, Object... values) {
      return add(name, String.format(Locale.ROOT, format, values));
    }

    /** One below the other. */
    public Tag list() {
      return tag("facts");
    }

    /** The few that matter most, side by side and large. */
    public Tag cards() {
      return tag("cards");
    }

    private Tag tag(String style) {
      Tag list = Tag.of("dl").with("class", style);
      values.forEach(
          (name, value) -> list.add(Tag.of("div").add(Tag.of("dt", name), Tag.of("dd", value))));
      return list;
    }
  }

  /** Rows of words and numbers below their headings; the first word of a row names it. */
  public record Table(List<String> headings, List<List<String>> rows) {

    public Table {
      headings = List.copyOf(headings);
      rows = List.copyOf(rows);
    }

    /** A table that is moved sideways where it is too wide. */
    public Tag tag() {
      Tag head = Tag.of("tr");
      headings.forEach(heading -> head.add(Tag.of("th", heading).with("scope", "col")));
      Tag body = Tag.of("tbody").add(rows.stream().map(Table::row).toList());
      return wide(Tag.of("table").add(Tag.of("thead").add(head), body));
    }

    private static Tag row(List<String> cells) {
      Tag row = Tag.of("tr").add(Tag.of("th", cells.get(0)).with("scope", "row"));
      cells.stream().skip(1).forEach(cell -> row.add(Tag.of("td", cell)));
      return row;
    }

    static Tag wide(Tag table) {
      return Tag.of("div").with("class", "wide").add(table);
    }
  }

  /**
   * A picture with small pixels, drawn large.
   *
   * @param caption what is to be known about it, empty for nothing
   */
  public record Picture(BufferedImage image, String heading, String caption) {

    /** A figure with the picture in it. */
    public Tag tag() {
      String png = Base64.getEncoder().encodeToString(Png.bytes(image));
      Tag figure =
          Tag.of("figure")
              .add(
                  Tag.of("figcaption", heading),
                  Tag.of("img")
                      .with("alt", heading)
                      .with("width", image.getWidth())
                      .with("height", image.getHeight())
                      .with("src", "data:image/png;base64," + png));
      return caption.isEmpty() ? figure : figure.add(Tag.of("p", caption));
    }
  }

  /**
   * Counts [class][what it was taken for], each the darker the more of its row it is.
   *
   * @param classes their names
   */
  public record ConfusionTable(int[][] counts, List<String> classes) {

    private static final double STRONG = 0.55; // of the colour, which letters then are light on

    /** Of classes that are numbers. */
    public ConfusionTable(int[][] counts) {
      this(counts, IntStream.range(0, counts.length).mapToObj(Integer::toString).toList());
    }

    /** A table whose last column is the share of each class that was taken for itself. */
    public Tag tag() {
      Tag head = Tag.of("tr").add(Tag.of("td"));
      classes.forEach(name -> head.add(Tag.of("th", name).with("scope", "col")));
      head.add(Tag.of("th", "%").with("scope", "col"));
      Tag body =
          Tag.of("tbody").add(IntStream.range(0, counts.length).mapToObj(this::row).toList());
      return Table.wide(
          Tag.of("table").with("class", "confusion").add(Tag.of("thead").add(head), body));
    }

    private Tag row(int actual) {
      int sum = IntStream.of(counts[actual]).sum();
      Tag row = Tag.of("tr").add(Tag.of("th", classes.get(actual)).with("scope", "row"));
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
}
