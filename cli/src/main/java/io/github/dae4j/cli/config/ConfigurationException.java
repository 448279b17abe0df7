package io.github.dae4j.cli.config;

/** A configuration that cannot be used; its message is one line that begins with the place. */
public final class ConfigurationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ConfigurationException(String place, String problem) {
    super(OneLine.of(place) + ": " + OneLine.of(problem));
  }

  ConfigurationException(String place, String problem, Throwable cause) {
    super(OneLine.of(place) + ": " + OneLine.of(problem), cause);
  }
}
