package io.github.dae4j.ui;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Training pages in a Java of their own, until their standard input ends. */
final class PagesProcess {

  private final Process process;
  private final BufferedReader lines;
  private final URI address;

  PagesProcess(Path temporary, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(PagesProcess.class.getName());
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    lines = process.inputReader();
    String line = lines.readLine();
    while (line.startsWith(
        "WARNING: ")) { // newer Java tells of a temporary folder that is not there
      line = lines.readLine();
    }
    address = URI.create(line);
  }

  URI address() {
    return address;
  }

  /** Ends it; what it has said, and its exit code. */
  String end() throws IOException, InterruptedException {
    process.getOutputStream().close();
    StringBuilder said = new StringBuilder();
    lines.lines().forEach(line -> said.append(line).append('\n'));
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    return said + "exit " + process.exitValue();
  }

  public static void main(String[] arguments) throws IOException {
    try (TrainingPages pages = TrainingPages.open(0)) {
      System.out.println(pages.address());
      new BufferedReader(new InputStreamReader(System.in)).read();
    }
  }
}
