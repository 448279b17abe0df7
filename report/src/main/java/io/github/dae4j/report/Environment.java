package io.github.dae4j.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

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
