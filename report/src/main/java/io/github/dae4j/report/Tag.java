package io.github.dae4j.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An element of HTML or SVG, built from the outside in.
 *
 * <p>All text and all values of attributes are escaped here, and there is no way around it; what
 * comes out is well-formed XML too.
 */
public final class Tag {

  private static final Set<String> EMPTY = Set.of("img");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9-]*");

  /** What may stand in no XML document, however it is written. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufffe\\uffff]");

  private final String name;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final List<String> content = new ArrayList<>();

  private Tag(String name) {
    this.name = requireName(name);
  }

  /** An element with nothing in it. */
  public static Tag of(String name) {
    return new Tag(name);
  }

  /** An element with a text in it. */
  public static Tag of(String name, String text) {
    return new Tag(name).add(text);
  }

  /** A paragraph in small print. */
  public static Tag note(String text) {
    return of("p", text).with("class", "note");
  }

  /** Figures side by side as far as there is room. */
  public static Tag figures(Collection<Tag> figures) {
    return of("div").with("class", "figures").add(figures);
  }

  /** Wide pictures one below the other. */
  public static Tag rows(Tag... pictures) {
    return of("div").with("class", "rows").add(pictures);
  }

  /** Sets an attribute. */
  public Tag with(String attribute, Object value) {
    attributes.put(requireName(attribute), escaped(String.valueOf(value)).replace("\"", "&quot;"));
    return this;
  }

  /** Adds a text behind what is there. */
  public Tag add(String text) {
    content.add(escaped(text));
    return this;
  }

  /** Adds elements behind what is there, as they are now. */
  public Tag add(Tag... elements) {
    return add(Arrays.asList(elements));
  }

  /** Adds elements behind what is there, as they are now. */
  public Tag add(Collection<Tag> elements) {
    elements.forEach(element -> content.add(element.toString()));
    return this;
  }

  /** The markup. */
  @Override
  public String toString() {
    StringBuilder markup = new StringBuilder("<").append(name);
    attributes.forEach((key, value) -> markup.append(" %s=\"%s\"".formatted(key, value)));
    if (EMPTY.contains(name)) {
      return markup.append("/>").toString();
    }
    markup.append('>');
    content.forEach(markup::append);
    return markup.append("</%s>".formatted(name)).toString();
  }

  private static String escaped(String text) {
    return UNPRINTABLE
        .matcher(text)
        .replaceAll("\ufffd")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }

  private static String requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("Tag name must match " + NAME + ", got " + name);
    }
    return name;
  }
}
