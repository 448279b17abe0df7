package io.github.dae4j.cli.config;

import io.github.dae4j.cli.config.YamlParser.SourcePosition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads a configuration strictly: a key that is not known, or a value that is not as its key wants
 * it, is an error.
 */
public final class YamlReader {

  private static final int MOST_BYTES = 1 << 20;

  private YamlReader() {}

  /**
   * Reads a file in UTF-8; {@code configs/NAME.yaml}, where there is no such file, is the
   * configuration of that name that this project ships.
   *
   * @param overrides "key=value", set over what the file says, one after the other
   * @throws ConfigurationException with the place, the rule and the value, if it cannot be used
   */
  public static ExperimentConfiguration read(Path file, List<String> overrides) {
    return read(file.toString(), text(file), overrides);
  }

  /**
   * Reads a text, which messages call {@code name}.
   *
   * @throws ConfigurationException as above
   */
  public static ExperimentConfiguration read(String name, String text, List<String> overrides) {
    return ExperimentConfiguration.FORM.read(new Located("", root(name, text, overrides)));
  }

  /**
   * Reads a file that is of an experiment on images or of the model of a table.
   *
   * @throws ConfigurationException as above
   */
  public static Configuration readAny(Path file, List<String> overrides) {
    return readAny(file.toString(), text(file), overrides);
  }

  /** Reads such a text. */
  public static Configuration readAny(String name, String text, List<String> overrides) {
    YamlNode root = root(name, text, overrides);
    return isOfTable(root)
        ? TableConfiguration.FORM.read(new Located("", root))
        : ExperimentConfiguration.FORM.read(new Located("", root));
  }

  private static boolean isOfTable(YamlNode root) {
    return root instanceof YamlNode.Mapping top
        && top.get("data") instanceof YamlNode.Mapping data
        && (TableData.FORM.isIn(data) || top.get("model") != null && !ImageData.FORM.isIn(data));
  }

  private static YamlNode root(String name, String text, List<String> overrides) {
    requireSmall(name, text.length());
    YamlNode root = YamlParser.compose(text, new SourcePosition(name, true));
    for (String override : overrides) {
      requireSmall("--set " + OneLine.shortened(override), override.length());
      root = Setting.parse(override).over(root);
    }
    return root;
  }

  private static String text(Path file) {
    try (InputStream in = open(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      requireSmall(file.toString(), bytes.length);
      return decoded(file, bytes);
    } catch (NoSuchFileException e) {
      throw new ConfigurationException(file.toString(), "there is no such file", e);
    } catch (IOException e) {
      throw new ConfigurationException(file.toString(), "cannot be read: " + e.getMessage(), e);
    }
  }

  /** The file, or, where there is none, the configuration of that name that the jar brings. */
  private static InputStream open(Path file) throws IOException {
    try {
      return Files.newInputStream(file);
    } catch (NoSuchFileException e) {
      boolean ours = file.getNameCount() == 2 && Path.of("configs").equals(file.getParent());
      InputStream shipped =
          ours
              ? YamlReader.class.getResourceAsStream("/dae4j-configs/" + file.getFileName())
              : null;
      if (shipped == null) {
        throw e;
      }
      return shipped;
    }
  }

  private static void requireSmall(String name, int size) {
    if (size > MOST_BYTES) {
      throw new ConfigurationException(name, "must have at most %d bytes".formatted(MOST_BYTES));
    }
  }

  private static String decoded(Path file, byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder(); // reports what is malformed
    CharBuffer text = CharBuffer.allocate(bytes.length);
    boolean isWhole = !decoder.decode(ByteBuffer.wrap(bytes), text, true).isError();
    String read = text.flip().toString();
    if (!isWhole) {
      String place = new SourcePosition(file.toString(), true).after(read);
      throw new ConfigurationException(place, "a character is not in UTF-8");
    }
    return read.startsWith("\uFEFF") ? read.substring(1) : read;
  }
}
