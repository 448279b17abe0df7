package io.github.dae4j.cli.command;

import io.github.dae4j.cli.Dae4j;
import io.github.dae4j.cli.study.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The command line in a process of its own. */
record JavaProcess(Process process, Path out, Path err) {

  static JavaProcess start(Path folder, List<String> options, String... args) throws IOException {
    return start(folder, options, Map.of(), args);
  }

  /** The same with variables of the environment. */
  static JavaProcess start(
      Path folder, List<String> options, Map<String, String> environment, String... args)
      throws IOException {
    return start(folder, environment, command(options, args));
  }

  /** The same from a shell, with what redirects its streams. */
  static JavaProcess startInShell(Path folder, String redirection, String... args)
      throws IOException {
    return start(folder, Map.of(), List.of("bash", "-c", line(args) + " " + redirection));
  }

  private static String line(String... args) {
    return command(List.of(), args).stream()
        .map(word -> "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" ", "exec ", ""));
  }

  /** The same on a terminal, whose text is {@link #out}; the process itself is its child. */
  static JavaProcess startOnTerminal(Path folder, String... args) throws IOException {
    return start(folder, Map.of(), List.of("script", "-q", "-f", "-c", line(args), "/dev/null"));
  }

  private static List<String> command(List<String> options, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= 25) { // as the jar's manifest and the pom do
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(options);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(Dae4j.class.getName());
    command.addAll(List.of(args));
    return command;
  }

  private static JavaProcess start(
      Path folder, Map<String, String> environment, List<String> command) throws IOException {
    Path out = folder.resolve("stdout");
    Path err = folder.resolve("stderr");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(environment);
    return new JavaProcess(builder.start(), out, err);
  }

  Outcome await() throws IOException, InterruptedException {
    if (!process.waitFor(100, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return new Outcome(process.waitFor(), Files.readString(out), Files.readString(err));
  }
}
