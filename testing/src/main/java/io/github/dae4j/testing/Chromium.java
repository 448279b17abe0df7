package io.github.dae4j.testing;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real browser without a window. */
public record Chromium(Path program) {

  private static final List<String> OPTIONS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--enable-logging=stderr",
          "--v=0");

  /**
   * A file after the browser has loaded it.
   *
   * @param dom what the browser made of it
   * @param log what it said, complaints of the page among it
   */
  public record Loaded(String dom, String log) {

    /** What the page did wrong. */
    public List<String> complaints() {
      return log.lines().filter(line -> line.contains("CONSOLE")).toList();
    }
  }

  /** That of {@code -Dchromium=PATH}, or the first on the path. */
  public static Optional<Chromium> find() {
    String given = System.getProperty("chromium", "");
    Stream<Path> candidates =
        given.isEmpty()
            ? Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(
                    folder ->
                        Stream.of("chromium", "chromium-browser", "google-chrome")
                            .map(name -> Path.of(folder, name)))
            : Stream.of(Path.of(given));
    return candidates.filter(Files::isExecutable).findFirst().map(Chromium::new);
  }

  /** Loads a file; {@code folder} is for the browser's own files. */
  public Loaded load(Path file, Path folder) throws IOException, InterruptedException {
    return load(file.toUri(), folder);
  }

  /** Loads an address, and lets its scripts run for some seconds of their own time. */
  public Loaded load(URI address, Path folder) throws IOException, InterruptedException {
    Path dom = folder.resolve("dom");
    Path log = folder.resolve("log");
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(OPTIONS);
    command.add("--user-data-dir=" + Files.createTempDirectory(folder, "browser"));
    command.add("--virtual-time-budget=5000");
    command.add("--dump-dom");
    command.add(address.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(dom.toFile())
            .redirectError(log.toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    return new Loaded(Files.readString(dom), Files.readString(log));
  }
}
