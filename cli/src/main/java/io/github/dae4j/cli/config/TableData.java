package io.github.dae4j.cli.config;

import io.github.dae4j.cli.config.Form.ConvertedForm;
import io.github.dae4j.cli.config.Form.FlagForm;
import io.github.dae4j.cli.config.Form.ListForm;
import io.github.dae4j.cli.config.Form.MapForm;
import io.github.dae4j.cli.config.Form.TextForm;
import io.github.dae4j.cli.config.KeyedForm.Kind;
import io.github.dae4j.cli.config.RecordForm.Key;
import io.github.dae4j.stacked.table.CsvOptions;
import io.github.dae4j.stacked.table.TableException;
import io.github.dae4j.stacked.table.TableProfile.ColumnType;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The table of a run. */
public sealed interface TableData extends DataConfiguration {

  KeyedForm<TableData> FORM =
      new KeyedForm<>(
          TableData.class,
          List.of(
              new Kind<>("table", File.class, File.FORM),
              new Kind<>("jdbc", Query.class, Query.FORM)),
          List.of("source", "images", "idx"));

  /** The column to predict, which is never an input; null for none. */
  String label();

  /** What columns are, by name, where the guess is wrong; null for nothing. */
  Map<String, String> columns();

  /** Words of cells that say nothing; null for the usual ones. */
  List<String> missing();

  /** What is known of how a file is written. */
  CsvOptions csv();

  /** Words that mean something else in Java. */
  final class Words {

    /** What {@link #separator} takes. */
    public static final String SEPARATOR_RULE = "one character, no letter, digit or quote, or tab";

    /** What {@link #decimal} takes. */
    public static final String DECIMAL_RULE = "'.' or ','";

    /** {@code number}, {@code text 32} and the like. */
    private static final Form<Map<String, String>> COLUMNS =
        new MapForm<>(new ConvertedForm<>(new TextForm("a type of column"), Words::type, t -> t));

    private static final Form<Character> SEPARATOR =
        new ConvertedForm<>(
            new TextForm(SEPARATOR_RULE),
            text -> marked(separator(text), SEPARATOR_RULE, text),
            mark -> mark == '\t' ? "tab" : "" + mark);

    private static final Form<Character> DECIMAL =
        new ConvertedForm<>(
            new TextForm(DECIMAL_RULE),
            text -> marked(decimal(text), DECIMAL_RULE, text),
            String::valueOf);

    private static final Form<Charset> ENCODING =
        new ConvertedForm<>(
            new TextForm("an encoding that Java knows, as UTF-8"), Words::charset, Charset::name);

    private Words() {}

    /**
     * A type of column as tables spell it, in whatever letters it is given.
     *
     * @throws TableException naming all types if it is none
     */
    public static String columnType(String text) {
      ColumnType type = ColumnType.of(text);
      return type == ColumnType.TEXT
          ? text.strip().toLowerCase(Locale.ROOT) // with the number of features, if there is one
          : type.word();
    }

    private static String type(String text) {
      try {
        return columnType(text);
      } catch (TableException e) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
    }

    /** The character between cells; none if it cannot be one. */
    public static Optional<Character> separator(String text) {
      if (text.equalsIgnoreCase("tab") || text.equals("\\t")) {
        return Optional.of('\t');
      }
      boolean isMark = text.length() == 1 && !Character.isLetterOrDigit(text.charAt(0));
      return isMark && !"\"\n\r".contains(text) ? Optional.of(text.charAt(0)) : Optional.empty();
    }

    /** The decimal mark of numbers; none if it cannot be one. */
    public static Optional<Character> decimal(String text) {
      return text.equals(".") || text.equals(",") ? Optional.of(text.charAt(0)) : Optional.empty();
    }

    private static Character marked(Optional<Character> mark, String rule, String text) {
      return mark.orElseThrow(
          () ->
              new IllegalArgumentException(
                  "it must be %s, got %s".formatted(rule, text.isEmpty() ? "nothing" : text)));
    }

    private static Charset charset(String name) {
      try {
        return Charset.forName(name);
      } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
        throw new IllegalArgumentException("Java knows no encoding " + name, e);
      }
    }
  }

  /**
   * A CSV file, or with the DuckDB driver a file or pattern of Parquet or JSON lines.
   *
   * @param table its path, "-" for standard input
   * @param separator between cells; null, as all below, to find it out
   */
  record File(
      String table,
      String label,
      Map<String, String> columns,
      List<String> missing,
      Character separator,
      Character decimal,
      Boolean header,
      Charset encoding)
      implements TableData {

    static final RecordForm<File> FORM =
        RecordForm.of(
            File.class,
            Key.required("table", new TextForm("a path")),
            Key.optional("label", new TextForm("the name of a column")),
            Key.optional("columns", Words.COLUMNS),
            Key.optional("missing", ListForm.ofAny(new TextForm("a word"))),
            Key.optional("separator", Words.SEPARATOR),
            Key.optional("decimal", Words.DECIMAL),
            Key.optional("header", new FlagForm()),
            Key.optional("encoding", Words.ENCODING));

    public File {
      FORM.check(table, label, columns, missing, separator, decimal, header, encoding);
      columns = columns == null ? null : Form.inOrder(columns);
      missing = missing == null ? null : List.copyOf(missing);
      new CsvOptions(separator, null, decimal, header, missing, encoding); // checks them
    }

    @Override
    public CsvOptions csv() {
      return new CsvOptions(separator, null, decimal, header, missing, encoding);
    }

    /** Patterns and standard input stay as they are. */
    @Override
    public List<Location> locations() {
      return table.equals("-") || table.contains("*")
          ? List.of()
          : List.of(new Location("table", Path.of(table)));
    }
  }

  /**
   * The rows of a query.
   *
   * @param jdbc the URL of a database whose driver is on the class path
   * @param query in SQL
   */
  record Query(
      String jdbc, String query, String label, Map<String, String> columns, List<String> missing)
      implements TableData {

    static final RecordForm<Query> FORM =
        RecordForm.of(
            Query.class,
            Key.required("jdbc", new TextForm("a JDBC URL")),
            Key.required("query", new TextForm("a query in SQL")),
            Key.optional("label", new TextForm("the name of a column")),
            Key.optional("columns", Words.COLUMNS),
            Key.optional("missing", ListForm.ofAny(new TextForm("a word"))));

    public Query {
      FORM.check(jdbc, query, label, columns, missing);
      FORM.require(jdbc.startsWith("jdbc:"), "jdbc", "a URL that begins with jdbc:", "another");
      columns = columns == null ? null : Form.inOrder(columns);
      missing = missing == null ? null : List.copyOf(missing);
    }

    @Override
    public CsvOptions csv() {
      return new CsvOptions(null, null, null, null, missing, null);
    }

    @Override
    public List<Location> locations() {
      return List.of();
    }
  }
}
