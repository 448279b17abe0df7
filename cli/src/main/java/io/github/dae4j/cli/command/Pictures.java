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
import io.github.dae4j.datasets.ProgressListener;
import io.github.dae4j.report.Png;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Pictures that a model is used on, read some hundred at a time and scaled as in training.
 *
 * @param from a folder, whose pictures may lie in sub-folders, or a single picture
 */
record Pictures(Path from, ModelImages model) {

  private static final int AT_ONCE = 256;

  /** Also of kinds that cannot be read, which is better said than that they hold no numbers. */
  private static final Pattern PICTURE =
      Pattern.compile(".*\\.(png|jpe?g|gif|bmp|webp|tiff?|hei[cf]|avif|jp2|jxl|svg|ico|p[bgnp]m)");

  /** Whether what a command is given is a folder or a picture, of any kind, rather than text. */
  static boolean are(String in) {
    return in != null
        && !in.equals(CsvMap.STANDARD)
        && (Files.isDirectory(Path.of(in))
            || PICTURE.matcher(in.toLowerCase(Locale.ROOT)).matches());
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

  private List<Path> files() {
    return ImageFolder.files(from);
  }

  private boolean isOne() {
    return !Files.isDirectory(from);
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

  private long each(List<Path> files, ProgressListener progress, Visitor visitor)
      throws IOException {
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
    List<Path> read = files();
    if (!to.equals(CsvMap.STANDARD)) {
      requireNoneReplaced(read, List.of(Path.of(to)));
    }
    try {
      return Output.write(to, out -> map(read, out, columns, cells, progress));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private long map(
      List<Path> read,
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
            read,
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

  /**
   * Writes a PNG file for each picture into a folder, under its name; of a single picture also to a
   * file whose name ends with .png.
   *
   * @throws DataException if one would take the place of a picture that is read, or join them
   */
  long write(Path out, UnaryOperator<INDArray> pictures, ProgressListener progress) {
    List<Path> read = files();
    List<Path> targets = targets(out, read);
    requireNoneReplaced(read, targets);
    Iterator<Path> target = targets.iterator();
    ImageTiles tiles = new ImageTiles(model.shape(), 1);
    try {
      return each(
          read,
          progress,
          (files, pixels) -> {
            INDArray results = pictures.apply(pixels);
            for (int i = 0; i < files.size(); i++) {
              Png.write(tiles.images(results.getRow(i, true)), target.next());
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** Where the PNG file of each picture goes. */
  private List<Path> targets(Path out, List<Path> files) {
    if (isOne()
        && out.toString().toLowerCase(Locale.ROOT).endsWith(".png")
        && !Files.isDirectory(out)) {
      return List.of(out);
    }
    if (Files.exists(out) && !Files.isDirectory(out)) {
      throw new DataException(
          "%s: must be a folder for pictures, or end with .csv for numbers%s"
              .formatted(out, isOne() ? ", or with .png" : ""));
    }
    requireOther(out);
    Set<String> taken = new HashSet<>();
    return files.stream().map(file -> out.resolve(unique(name(file), taken))).toList();
  }

  /** A folder may not be the one of a picture, nor lie in one of pictures, under whatever name. */
  private void requireOther(Path folder) {
    Path parent = from.toAbsolutePath().getParent();
    if (isOne() && OutputPath.real(folder).equals(OutputPath.real(parent))) {
      throw new DataException(
          "%s: must not be the folder of %s, which would be replaced".formatted(folder, from));
    }
    if (!isOne() && OutputPath.isWithin(folder, from)) {
      throw new DataException(
          "%s: must lie outside of %s, whose pictures would be replaced or joined"
              .formatted(folder, from));
    }
  }

  /** Of links to pictures, too, for files are written through links. */
  private static void requireNoneReplaced(List<Path> read, List<Path> targets) {
    Set<Path> real = read.stream().map(OutputPath::real).collect(Collectors.toSet());
    for (Path target : targets) {
      if (real.contains(OutputPath.real(target))) {
        throw new DataException(target + ": must not be a picture that is read");
      }
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
