package io.github.dae4j.report;

import java.util.List;

/** A part of a page, with an id that links can name. */
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
}
