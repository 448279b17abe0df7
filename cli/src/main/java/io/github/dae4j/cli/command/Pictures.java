package io.github.dae4j.cli.command;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.github.dae4j.cli.csv.CsvMap;
import io.github.dae4j.cli.csv.Output;
import io.github.dae4j.cli.experiment.ImageTiles;
import io.github.dae4j.cli.experiment.ModelImages;
import io.github.dae4j.datasets.DataException;
import io.github.dae4j.datasets.ImageFolder;
import io.github.dae4j.datasets.ImageSet;
import io.github.dae4j.datasets.ImageShape;
import io.github.dae4j.datasets.ProgressListener;
import io.github.dae4j.report.Png;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Pictures that a model is used on, read some hundred at a time and scaled as in training.
 *
 * @param from a folder, whose pictures may lie in sub-folders, or a single picture
 */
record Pictures(Path from, ModelImages model) {

  private static final int AT_ONCE = 256;

  /** Whether what a command is given is a folder or a picture rather than text. */
  static boolean are(String in) {
    return in != null
        && !in.equals(CsvMap.STANDARD)
        && (Files.isDirectory(Path.of(in))
            || in.toLowerCase(Locale.ROOT).matches(".*\\.(png|jpe?g|gif|bmp)"));
  }

  /**
   * Prepares to read them.
   *
   * @throws DataException if they are not there, or the model does not say what its images are
   */
  static Pictures of(String in, Model loaded) {
    ModelImages images =
        loaded
            .images()
            .orElseThrow(
                () ->
                    new DataException(
                        "%s: cannot be scaled, for MODEL does not say what size its images have: it"
                                .formatted(in)
                            + " was not trained on images, or by an earlier version"));
    if (!Files.exists(Path.of(in))) {
      throw new DataException(in + ": no such file or folder");
    }
    return new Pictures(Path.of(in), images);
  }

  /**
   * Checks that results would not take the places of these pictures.
   *
   * @throws DataException if {@code folder} is the one that they are in, under whatever name
   */
  void requireOther(Path folder) {
    Path own = Files.isDirectory(from) ? from : from.toAbsolutePath().getParent();
    try {
      if (Files.exists(folder) && Files.isSameFile(own, folder)) {
        throw new DataException(
            "%s: must not be the folder of the pictures that are read, %s, which would be replaced"
                .formatted(folder, from));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private List<Path> files() {
    return ImageFolder.files(from);
  }

  /** A picture's place in the folder, or its name. */
  private String name(Path file) {
    Path name = file.equals(from) ? file.getFileName() : from.relativize(file);
    return name.toString().replace('\\', '/');
  }

  /** Takes some of them. */
  private interface Visitor {
    void visit(List<Path> files, INDArray pixels) throws IOException;
  }

  private long each(ProgressListener progress, Visitor visitor) throws IOException {
    List<Path> files = files();
    for (int first = 0; first < files.size(); first += AT_ONCE) {
      progress.update("Reading images", first, files.size());
      List<Path> some = files.subList(first, Math.min(first + AT_ONCE, files.size()));
      visitor.visit(some, ImageFolder.read(some, model.shape()));
    }
    progress.update("Reading images", files.size(), files.size());
    return files.size();
  }

  /**
   * Writes a CSV file with a line for each picture: its name, and further cells.
   *
   * @param columns names of the further cells
   * @param cells of some pictures; null leaves one out
   * @return how many pictures there are
   */
  long map(
      String to,
      List<String> columns,
      Function<INDArray, List<List<String>>> cells,
      ProgressListener progress) {
    try {
      return Output.write(to, out -> map(out, columns, cells, progress));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private long map(
      OutputStream out,
      List<String> columns,
      Function<INDArray, List<List<String>>> cells,
      ProgressListener progress)
      throws IOException {
    CsvWriter writer = // not closed: the stream is another's
        CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
    writer.writeRecord(line("file", columns));
    long count =
        each(
            progress,
            (files, pixels) -> {
              List<List<String>> rows = cells.apply(pixels);
              for (int i = 0; i < rows.size(); i++) {
                if (rows.get(i) != null) {
                  writer.writeRecord(line(name(files.get(i)), rows.get(i)));
                }
              }
              Output.requireOpen(out);
            });
    writer.flush();
    Output.requireOpen(out);
    return count;
  }

  private static List<String> line(String first, List<String> others) {
    List<String> line = new ArrayList<>(List.of(first));
    line.addAll(others);
    return line;
  }

  /** Writes a PNG file for each picture into a folder, under its name. */
  long write(Path folder, UnaryOperator<INDArray> pictures, ProgressListener progress) {
    Set<String> written = new HashSet<>();
    ImageShape shape = model.shape();
    try {
      return each(
          progress,
          (files, pixels) -> {
            INDArray results = pictures.apply(pixels);
            for (int i = 0; i < files.size(); i++) {
              Png.write(
                  new ImageTiles(shape, 1).images(results.getRow(i, true)),
                  folder.resolve(unique(name(files.get(i)), written)));
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /**
   * The name with .png for its ending, or with so many added that none before has it: of a.jpg and
   * a.png, and on disks that tell no A from a.
   */
  private static String unique(String name, Set<String> written) {
    String unique = name.substring(0, name.lastIndexOf('.')) + ".png";
    for (String next = name + ".png";
        !written.add(unique.toLowerCase(Locale.ROOT));
        next += ".png") {
      unique = next;
    }
    return unique;
  }

  /**
   * All of them, with the model's classes where sub-folders have their names.
   *
   * @throws DataException naming a sub-folder that is no class of the model
   */
  ImageSet read() {
    List<Path> files = files();
    INDArray pixels = ImageFolder.read(files, model.shape());
    boolean hasClasses = files.stream().noneMatch(file -> file.equals(from) || isLoose(file));
    if (model.classes().isEmpty() || !hasClasses) {
      return new ImageSet(pixels, model.shape(), new int[0], List.of());
    }
    int[] labels = files.stream().mapToInt(this::label).toArray();
    return new ImageSet(pixels, model.shape(), labels, model.classes());
  }

  private boolean isLoose(Path file) {
    return from.equals(file.getParent());
  }

  private int label(Path file) {
    Path folder = file.getParent();
    int label = model.classes().indexOf(folder.getFileName().toString());
    if (label < 0) {
      throw new DataException(
          "%s: must be called as one of the model's classes, %s"
              .formatted(folder, model.classes()));
    }
    return label;
  }
}
