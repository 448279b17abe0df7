package io.github.dae4j.cli.config;

/**
 * How often a run is written down.
 *
 * @param seconds at most between two checkpoints within an epoch
 */
public record CheckpointConfiguration(int seconds) {

  static final RecordForm<CheckpointConfiguration> FORM =
      RecordForm.of(
          CheckpointConfiguration.class,
          Key.withDefault("seconds", NumberForm.whole(Interval.COUNT), 60));

  static final CheckpointConfiguration DEFAULT = FORM.ofDefaults();

  public CheckpointConfiguration {
    FORM.check(seconds);
  }
}
