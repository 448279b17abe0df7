package io.github.dae4j.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a result came about.
 *
 * @param command all that was typed
 * @param note what is to be known about it
 * @param options in force, by their names; empty for none
 * @param configuration as YAML; null for none
 */
public record Origin(
    String command,
    String note,
    Map<String, String> options,
    String configuration,
    Environment environment) {

  /** The last sections of a page. */
  public List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    sections.add(Section.of("command", "Command", Tag.of("pre", command), Tag.note(note)));
    if (!options.isEmpty()) {
      Facts facts = new Facts();
      options.forEach(facts::add);
      sections.add(Section.of("options", "Options", facts.list()));
    }
    if (configuration != null) {
      sections.add(Section.of("configuration", "Configuration", Tag.of("pre", configuration)));
    }
    sections.add(environment.section());
    return sections;
  }
}
