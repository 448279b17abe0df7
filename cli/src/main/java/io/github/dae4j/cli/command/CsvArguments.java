package io.github.dae4j.cli.command;

import io.github.dae4j.cli.console.Console;
import io.github.dae4j.cli.console.OptionException;
import io.github.dae4j.cli.console.ProgressBars;
import io.github.dae4j.cli.console.Stages;
import io.github.dae4j.cli.csv.CsvMap;
import io.github.dae4j.cli.table.TableInput;
import io.github.dae4j.cli.table.TableMap;
import io.github.dae4j.datasets.DataException;
import io.github.dae4j.internal.file.WholeFile;
import io.github.dae4j.stacked.table.Table;
import io.github.dae4j.stacked.table.TableModel;
import io.github.dae4j.stacked.table.TableRowModel;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** By which model, from where and to where a command maps rows. */
final class CsvArguments {

  /** What those commands say that take pictures, too. */
  static final String PICTURES =
      "For a model of images IN.csv is also a folder of pictures, or one.";

  /** What --json says of a command that has mapped rows. */
  private record Result(String command, long rows, List<String> unknownColumns, String note) {}

  @Mixin private ModelArgument model;

  @Parameters(
      index = "1",
      paramLabel = "IN.csv",
      description =
          "The rows; - is standard input. Columns of a table are found by their names, in any order."
              + " Left out with --jdbc.")
  private String in;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "OUT.csv",
      description =
          "The result: with the separator, encoding and header of IN.csv; packed if it ends with .gz;"
              + " - is standard output.")
  private String out;

  @Mixin private TableOptions table;

  @Option(
      names = {"-q", "--quiet"},
      description = "Only errors are shown.")
  private boolean quiet;

  @Option(
      names = "--json",
      description =
          "For programs: what was done is an object on a line of standard output, or of standard"
              + " error where OUT.csv is -.")
  private boolean json;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** IN.csv is left out where rows come from a query: what is first is then OUT.csv. */
  private String out() {
    if (table.isQuery()) {
      OptionException.require("IN.csv", "left out with --jdbc", out == null, in);
      return in;
    }
    if (out == null) {
      throw new ParameterException(command.commandLine(), "Missing required parameter: 'OUT.csv'");
    }
    return out;
  }

  /** The model of a table, if it is one. */
  Optional<TableModel> table() {
    Optional<TableModel> ofTable = model.table();
    if (ofTable.isPresent() && hasPictures()) {
      throw new DataException(in + ": must be a table, for MODEL is of one, and are pictures");
    }
    return ofTable;
  }

  TableModel requireTable() {
    return model.requireTable(command.name());
  }

  Model load() {
    return model.load();
  }

  /** Of commands that were killed while they wrote beside OUT.csv. */
  private void clearLeftovers() {
    Path folder = Path.of(out()).toAbsolutePath().getParent();
    if (folder != null && Files.isDirectory(folder)) {
      WholeFile.clearLeftovers(folder);
    }
  }

  /** Whether rows are to be made of pictures. */
  boolean hasPictures() {
    OptionException.require("IN.csv", "a file or a folder", !in.isEmpty(), "nothing");
    return !table.isQuery() && Pictures.are(in);
  }

  /** The pictures, by a model of images. */
  private Pictures pictures(Model loaded) {
    table.requirePlain();
    OptionException.require(
        "--header", "left out of pictures", table.header() == null, table.header());
    return Pictures.of(in, loaded);
  }

  /** Maps pictures to lines that begin with their names. */
  void mapPictures(
      Model loaded,
      List<String> columns,
      Function<INDArray, List<List<String>>> cells,
      Supplier<String> note) {
    Pictures pictures = pictures(loaded);
    clearLeftovers();
    try (Stages stages = new Stages(console())) {
      report(pictures.map(out(), columns, cells, stages), "image", List.of(), note.get());
    }
  }

  /** Maps pictures to pictures, unless the output's name is that of a table. */
  void mapToPictures(Model loaded, UnaryOperator<INDArray> pictures) {
    if (out().matches("(?i)-|.*\\.(csv|tsv|txt)(\\.gz)?")) {
      List<String> names = IntStream.range(0, loaded.nIn()).mapToObj(i -> "pixel" + i).toList();
      mapPictures(loaded, names, x -> CsvMap.texts(pictures.apply(x)), () -> "");
      return;
    }
    Pictures given = pictures(loaded);
    try (Stages stages = new Stages(console())) {
      report(given.write(Path.of(out()), pictures, stages), "image", List.of(), "");
    }
  }

  private Console console() {
    return new Console(command.commandLine().getErr(), quiet, json);
  }

  /** Maps rows of numbers and says on standard error how many there were. */
  void map(CsvMap map) {
    clearLeftovers();
    OptionException.require(
        "--jdbc", "left out unless the model is of a table", !table.isQuery(), "a URL");
    table.requirePlain();
    CsvMap said = map.withHeader(table.header(), line -> say("%s", line));
    report(said.map(in, out(), this::watched), "row", List.of(), "");
  }

  /** A table as it is mapped: its rows by a model, its dialect, and what is kept of a row. */
  record Mapping(TableRowModel rows, Table.Dialect dialect, Kept kept) {

    /** A line of cells behind those that are kept. */
    String line(Table.Row row, List<String> cells) {
      List<String> all = new ArrayList<>(kept.of(row.cells()));
      all.addAll(cells);
      return dialect.format(all);
    }

    /** The shortest text, about, that means this number. */
    String number(double value) {
      String text = value == (float) value ? Float.toString((float) value) : Double.toString(value);
      return text.replace('.', dialect.decimal());
    }
  }

  /** The columns that go from the input to the output. */
  record Kept(List<String> names, int[] places) {

    static Kept of(List<String> names, List<String> columns) {
      List<String> wanted = names.equals(List.of("*")) ? columns : names;
      for (String name : wanted) {
        OptionException.require(
            "--keep", "among the columns " + columns, columns.contains(name), name);
      }
      return new Kept(wanted, wanted.stream().mapToInt(columns::indexOf).toArray());
    }

    List<String> of(List<String> cells) {
      List<String> kept = new ArrayList<>();
      for (int place : places) {
        kept.add(cells.get(place));
      }
      return kept;
    }
  }

  /** The option of commands whose rows are new ones. */
  static final class KeepOption {

    @Option(
        names = "--keep",
        paramLabel = "COLUMNS",
        split = ",",
        description = "Columns of IN.csv that come first, as id,label; '*' for all.")
    private List<String> keep = List.of();

    List<String> columns() {
      return keep;
    }
  }

  /** Maps the rows of a table to lines with new columns. */
  void map(
      TableModel model,
      KeepOption keep,
      List<String> newColumns,
      BiFunction<Mapping, Table.Row, String> line,
      Supplier<String> note) {
    out();
    TableInput input = TableInput.open(table.data(in));
    Kept kept = Kept.of(keep.columns(), input.table().columns());
    List<String> names = new ArrayList<>(kept.names());
    names.addAll(newColumns);
    map(model, input, kept, header -> input.dialect().format(names), false, line, note);
  }

  /** Maps the rows of a table to the same with other cells; all between them stays as it is. */
  void map(TableModel model, BiFunction<Mapping, Table.Row, String> line, Supplier<String> note) {
    out();
    TableInput input = TableInput.open(table.data(in));
    Kept none = new Kept(List.of(), new int[0]);
    map(model, input, none, header -> header, true, line, note);
  }

  private void map(
      TableModel model,
      TableInput input,
      Kept kept,
      UnaryOperator<String> header,
      boolean keepsLineBreaks,
      BiFunction<Mapping, Table.Row, String> line,
      Supplier<String> note) {
    clearLeftovers();
    TableRowModel rows = TableInput.checked(input.table().name(), () -> model.on(input.table()));
    Mapping mapping = new Mapping(rows, input.dialect(), kept);
    TableMap map =
        new TableMap(
            header, row -> line.apply(mapping, row), keepsLineBreaks, this.model.threads());
    report(map.map(input, out(), this::watched), "row", rows.extraColumns(), note.get());
  }

  private InputStream watched(InputStream bytes, long total) {
    return quiet ? bytes : ProgressBars.watched(command.name(), bytes, total);
  }

  private void report(long rows, String row, List<String> unknown, String note) {
    if (json) {
      PrintWriter to = Console.ofPrograms(out().equals(CsvMap.STANDARD) ? System.err : System.out);
      new Console(to, quiet, true).result(new Result(command.name(), rows, unknown, note));
      return;
    }
    if (!unknown.isEmpty()) {
      say("the model does not know %s: passed over", unknown);
    }
    say("%d %s%s", rows, rows == 1 ? row : row + "s", note.isEmpty() ? "" : ", " + note);
  }

  private void say(String format, Object... values) {
    if (!quiet && !json) {
      PrintWriter err = command.commandLine().getErr();
      new Console(err, false, false)
          .line("%s: %s", command.name(), String.format(Locale.ROOT, format, values));
    }
  }
}
