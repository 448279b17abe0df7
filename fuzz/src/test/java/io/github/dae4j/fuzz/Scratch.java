package io.github.dae4j.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** One file, written anew for each input, and zip files with one entry replaced. */
public final class Scratch {

  private static final Path FOLDER = folder();

  private Scratch() {}

  private static Path folder() {
    try {
      return Files.createDirectories(Path.of("target/scratch-" + ProcessHandle.current().pid()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file of this name, not written yet. */
  public static Path path(String name) {
    return FOLDER.resolve(name);
  }

  /** The file, holding these bytes. */
  public static Path file(String name, byte[] bytes) throws IOException {
    return Files.write(path(name), bytes);
  }

  /** The entries of a zip file, in their order. */
  public static Map<String, byte[]> entries(Path file) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream zip =
        new ZipInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
      for (ZipEntry next = zip.getNextEntry(); next != null; next = zip.getNextEntry()) {
        entries.put(next.getName(), zip.readAllBytes());
      }
    }
    return entries;
  }

  /** The bytes of a zip file of these entries, one of which has another content. */
  public static byte[] zip(Map<String, byte[]> entries, String replaced, byte[] content)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getKey().equals(replaced) ? content : entry.getValue());
      }
    }
    return bytes.toByteArray();
  }
}
