package io.github.dae4j.cli.console;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.dae4j.cli.config.OneLine;
import io.github.dae4j.report.Report;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a main says on standard output: lines for a person, or an object of JSON on each line.
 *
 * @param isQuiet whether it says only what came out
 * @param isJson whether a program listens
 */
public record Console(PrintWriter out, boolean isQuiet, boolean isJson) {

  /** A line of JSON: what happened, and all about it. */
  private record Event(String event, @JsonUnwrapped Record value) {}

  /**
   * What is written on standard output or standard error for a program: UTF-8, as JSON and YAML
   * are, also where the locale has letters for people that are fewer.
   */
  public static PrintWriter ofPrograms(PrintStream standard) {
    return new PrintWriter(standard, false, StandardCharsets.UTF_8);
  }

  /** Whether a person is watching who wants to see bars. */
  boolean isWatched() {
    return !isQuiet && !isJson && ProgressBars.isWatched();
  }

  /** An epoch, or a stage whose epochs a bar has shown. */
  public void epoch(Epoch epoch) {
    event("epoch", epoch, epoch.line());
  }

  /** Something on the way, as an object for a program and as a line for a person. */
  public void event(String name, Record value, String line) {
    if (!isQuiet) {
      say(isJson ? Report.line(new Event(name, value)) : line);
    }
  }

  /** A part of the result, for a person. */
  public void line(String format, Object... values) {
    if (!isJson) {
      say(String.format(Locale.ROOT, format, values));
    }
  }

  /** The whole result, for a program. */
  public void result(Record result) {
    if (isJson) {
      say(Report.line(new Event("result", result)));
    }
  }

  private void say(String line) {
    out.println(line.lines().map(OneLine::of).collect(Collectors.joining("\n")));
    out.flush();
  }

  /**
   * An epoch that has ended.
   *
   * @param stage what was trained, as "layer 0"
   * @param epoch from 1
   * @param epochs at most
   * @param loss the mean over minibatches while they were trained on
   * @param validation the last score there is, null for none
   * @param seconds of the epoch, or of the whole stage where its epochs are told as one
   */
  public record Epoch(
      String stage, int epoch, int epochs, double loss, Double validation, double seconds) {

    /** The same, after so many seconds. */
    Epoch of(double seconds) {
      return new Epoch(stage, epoch, epochs, loss, validation, seconds);
    }

    /** A line for a person. */
    String line() {
      return String.format(Locale.ROOT, "%-11s  %s  %.1f s", stage, state(), seconds);
    }

    /** How far it is and how it goes. */
    String state() {
      String loss = String.format(Locale.ROOT, "epoch %d/%d  loss %.4g", epoch, epochs, this.loss);
      return validation == null
          ? loss
          : loss + String.format(Locale.ROOT, "  validation %.4g", validation);
    }
  }
}
