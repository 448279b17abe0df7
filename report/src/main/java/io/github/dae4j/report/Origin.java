package io.github.dae4j.report;

import io.github.dae4j.report.Section.Facts;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

  /**
   * Where a run ended, and when.
   *
   * @param program with its version, where it is known
   * @param memory the most that Java would take
   */
  public record Environment(
      Instant time, String program, String java, String system, String memory, String backend) {

    private static final DateTimeFormatter TIME =
        DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** This process's. */
    public static Environment current(String backend) {
      String version = Environment.class.getPackage().getImplementationVersion();
      return new Environment(
          Instant.now(),
          version == null ? "dae4j (not from a jar)" : "dae4j " + version,
          "%s (%s)".formatted(Runtime.version(), System.getProperty("java.vm.name")),
          "%s %s, %s"
              .formatted(
                  System.getProperty("os.name"),
                  System.getProperty("os.version"),
                  System.getProperty("os.arch")),
          (Runtime.getRuntime().maxMemory() >> 20) + " MB",
          backend);
    }

    /** "ready on 23 Nov 2026, 18:05 UTC". */
    public String ready() {
      return "ready on " + TIME.format(time);
    }

    /** All but the time. */
    public Section section() {
      return Section.of(
          "environment",
          "Environment",
          new Facts()
              .add("program", program)
              .add("Java", java)
              .add("memory", memory + " at most")
              .add("system", system)
              .add("backend", backend)
              .list());
    }
  }
}
