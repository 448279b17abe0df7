package io.github.dae4j.cli.study;

import io.github.dae4j.cli.Dae4j;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a command or a main in this process left on the streams. */
public record Outcome(int exitCode, String out, String err) {

  public static Outcome of(String... args) {
    return ofInput("", args);
  }

  /** Of a study, which writes to a folder. */
  static Outcome ofStudy(String name, Path output, String... options) {
    List<String> args = new ArrayList<>(List.of("study", name));
    args.addAll(List.of(options));
    args.add("--output=" + output);
    return of(args.toArray(String[]::new));
  }

  public static Outcome ofInput(String input, String... args) {
    InputStream in = System.in;
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
    try {
      int exitCode = Dae4j.execute(args);
      return new Outcome(
          exitCode,
          outBytes.toString(StandardCharsets.UTF_8),
          errBytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setIn(in);
      System.setOut(out);
      System.setErr(err);
    }
  }
}
