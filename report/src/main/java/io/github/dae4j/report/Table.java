package io.github.dae4j.report;

import java.util.List;

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
