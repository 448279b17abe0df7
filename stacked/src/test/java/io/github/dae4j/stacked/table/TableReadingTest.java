package io.github.dae4j.stacked.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CSV files as they come. */
class TableReadingTest {

  @TempDir private Path folder;

  private Table read(String text) throws IOException {
    return read(text, CsvOptions.DETECT);
  }

  private Table read(String text, CsvOptions options) throws IOException {
    return Table.read(file(text.getBytes(StandardCharsets.UTF_8)), options);
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("people.csv"), bytes);
  }

  private static List<List<String>> cells(Table table) {
    List<List<String>> cells = new ArrayList<>();
    try (Table.Rows rows = table.rows()) {
      rows.forEachRemaining(row -> cells.add(row.cells()));
    }
    return cells;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'name,age\\nAnn,45\\nBob,32\\n'                  | ,   | .  | true
          'name;age\\nAnn;45,5\\nBob;32,1\\n'              | ;   | ',' | true
          'name\\tage\\nAnn\\t45\\nBob\\t32\\n'            | tab | .  | true
          'name!age\\nAnn!45\\nBob!32\\n'                  | !   | .  | true
          '1,5;2,5\\n3,5;4,5\\n'                           | ;   | ',' | false
          '1.5,2.5\\n3.5,4.5\\n'                           | ,   | .  | false
          'Ann,45\\nBob,32\\n'                             | ,   | .  | false
          '0,1,2\\n0.5,0.25,1\\n0.125,1,0\\n'              | ,   | .  | true
          '1,2,3\\n2,3,4\\n3,4,5\\n'                       | ,   | .  | false
          'a,b\\nx,y\\ny,x\\n'                             | ,   | .  | true
          'x,y\\nx,x\\ny,y\\nx,y\\n'                       | ,   | .  | false
          'land,1998,1999\\nA,5,9\\nB,7,2\\n'              | ,   | .  | true
          'Smith, 5.1, 3.5\\nMiller, 4.9, 3.0\\n'          | ,   | .  | false
          'a;b\\n"1,234";2.5\\n3;4.5\\n'                   | ;   | .  | true
          'a,b\\n"1,5","2,5"\\n"3,25","4"\\n'              | ,   | ',' | true
          """)
  void itsDialectIsDetected(String text, String separator, char decimal, boolean header)
      throws IOException {
    String file = text.replace("\\n", "\n").replace("\\t", "\t").replace('!', '|');
    Table.Dialect dialect = read(file).dialect().orElseThrow();
    char mark = separator.equals("tab") ? '\t' : separator.equals("!") ? '|' : separator.charAt(0);
    assertThat(dialect.separator()).isEqualTo(mark);
    assertThat(dialect.decimal()).isEqualTo(decimal);
    assertThat(dialect.header()).as(dialect.reasons().toString()).isEqualTo(header);
  }

  @Test
  void aHeaderThatCountsIsOne() throws IOException {
    Table table = read("0,1,2\n0.5,0.25,1\n0.125,1,0\n");
    assertThat(table.columns()).containsExactly("0", "1", "2");
    assertThat(cells(table)).hasSize(2);
    assertThat(table.dialect().orElseThrow().reasons())
        .contains("header yes: the first line counts 0, 1, ...");
    assertThat(cells(read("0,1,2\n0.5,0.25,1\n", CsvOptions.DETECT.withHeader(false)))).hasSize(2);
  }

  @Test
  void whatIsKnownIsNotDetected() throws IOException {
    CsvOptions options =
        CsvOptions.DETECT.withSeparator(',').withDecimal(',').withHeader(false).withMissing("-");
    Table table = read("a;b,c\n1;2,3\n", options);
    assertThat(table.columns()).containsExactly("column 1", "column 2");
    assertThat(cells(table)).containsExactly(List.of("a;b", "c"), List.of("1;2", "3"));
    assertThat(table.decimal()).isEqualTo(',');
    assertThat(table.missing()).containsExactly("-");
    assertThatThrownBy(() -> CsvOptions.DETECT.withDecimal(':'))
        .hasMessage("decimal must be '.' or ',', got ':'");
    assertThatThrownBy(() -> CsvOptions.DETECT.withSeparator('x'))
        .hasMessage("separator must not be a letter, a digit or a line break, got 'x'");
  }

  @Test
  void findingsAreSaid() throws IOException {
    byte[] text =
        "\uFEFFDatum;Menge;Menge;\n01.02.2020;1,5;2;x\n02.02.2020;2,5;3;y\n"
            .getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(text);
    }
    Table.Dialect dialect = Table.read(file(packed.toByteArray())).dialect().orElseThrow();
    assertThat(dialect.reasons())
        .containsExactly(
            "gzip: the file begins with gzip's mark",
            "encoding UTF-8: the file begins with its byte order mark",
            "separator ';': 3 of 3 records have as many cells as the first",
            "decimal comma: 2 cells are numbers such as 1,5",
            "header yes: 'Menge' stands above numbers",
            "column 3 is called 'Menge (2)': the header has 'Menge' more than once",
            "column 4 is called 'column 4': the header has no name for it");
    assertThat(dialect.gzip()).isTrue();
    assertThat(dialect.byteOrderMark()).isTrue();
  }

  /** Cut anywhere, or with a byte changed anywhere: in the mark, the first rows or the last. */
  @Test
  void damagedGzipIsNamedOfFilesAndOfStreams() throws IOException {
    StringBuilder text = new StringBuilder("a,b\n");
    for (int row = 0; row < 200_000; row++) {
      text.append(row * (long) row % 7919).append(",x\n");
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
    byte[] whole = packed.toByteArray();
    for (int at : new int[] {5, 12, 100, whole.length / 2, whole.length - 10, whole.length - 3}) {
      byte[] cut = Arrays.copyOf(whole, at);
      requireDamageNamed(cut);
      if (at > 10) {
        byte[] changed = whole.clone();
        changed[at] ^= 0x55;
        requireDamageNamed(changed);
      }
    }
  }

  private void requireDamageNamed(byte[] gzip) throws IOException {
    Path file = file(gzip);
    assertThatThrownBy(() -> Table.read(file).held())
        .isInstanceOf(TableException.class)
        .hasMessageStartingWith(file + ": is a damaged gzip file: ")
        .hasMessageNotContaining("null");
    assertThatThrownBy(
            () -> {
              InputStream in = new ByteArrayInputStream(gzip);
              Table.read(in, "standard input", CsvOptions.DETECT).held();
            })
        .isInstanceOf(TableException.class)
        .hasMessageStartingWith("standard input");
  }

  /** With words of one's own for nothing, and with an empty line before the only column's name. */
  @Test
  void rowsAndHeadersAreNotTakenForEachOther() throws IOException {
    byte[] dashes = "5,x\n-,y\n7,z\n-,w\n".getBytes(StandardCharsets.UTF_8);
    Table table = Table.read(file(dashes), CsvOptions.DETECT.withMissing("-"));
    assertThat(table.dialect().orElseThrow().header()).isFalse();
    assertThat(cells(table)).hasSize(4);
    assertThat(table.withMissing(" x ", "y").missing()).containsExactly("x", "y");
    byte[] blank = "\nvalue\n1\n2\n".getBytes(StandardCharsets.UTF_8);
    Table single = Table.read(file(blank));
    assertThat(single.columns()).containsExactly("value");
    assertThat(cells(single)).containsExactly(List.of("1"), List.of("2"));
    InputStream stream = new ByteArrayInputStream(blank);
    assertThat(cells(Table.read(stream, "standard input", CsvOptions.DETECT)))
        .containsExactly(List.of("1"), List.of("2"));
  }

  @Test
  void aFirstRecordThatIsTooLongIsSaid() throws IOException {
    String header = "column %06d,".formatted(1).repeat(90_000) + "z\n";
    Path file = file((header + "1,".repeat(90_000) + "1\n").getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> Table.read(file))
        .isInstanceOf(TableException.class)
        .hasMessageStartingWith(file + ":1: the first record");
  }

  @Test
  void namesAreTrimmedAndDiffer() {
    assertThat(new ColumnNames(List.of(" a ", "a", "a (2)", "", "column 4", "a")).unique())
        .containsExactly("a", "a (3)", "a (2)", "column 4 (2)", "column 4", "a (4)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "windows-1252", "UTF-16LE", "UTF-16BE"})
  void encodingsAreFound(String encoding) throws IOException {
    String mark = encoding.startsWith("UTF-16") ? "\uFEFF" : "";
    byte[] bytes = (mark + "Größe;Maß\n1;ß\n2;é\n").getBytes(Charset.forName(encoding));
    Table table = Table.read(file(bytes));
    assertThat(table.columns()).containsExactly("Größe", "Maß");
    assertThat(cells(table)).containsExactly(List.of("1", "ß"), List.of("2", "é"));
    assertThat(table.dialect().orElseThrow().encoding()).isEqualTo(Charset.forName(encoding));
  }

  @Test
  void anEncodingThatShowsLateIsFoundInFilesAndNamedInStreams() throws IOException {
    StringBuilder text = new StringBuilder("name,age\n");
    while (text.length() < 1_200_000) {
      text.append("Smith,45\n");
    }
    byte[] bytes = text.append("Müller,45\n").toString().getBytes("windows-1252");
    List<List<String>> cells = cells(Table.read(file(bytes)));
    assertThat(cells.get(cells.size() - 1)).containsExactly("Müller", "45");
    Table stream = Table.read(new ByteArrayInputStream(bytes), "-", CsvOptions.DETECT);
    assertThatThrownBy(() -> cells(stream))
        .isInstanceOf(TableException.class)
        .hasMessageContaining("there are bytes that are not UTF-8; name the encoding");
  }

  @Test
  void lineBreaksInQuotesCount() throws IOException {
    Table table = read("a,b\n\"one\ntwo\",\"say \"\"no\"\"\"\n3,4\n\n5,6,7\n");
    try (Table.Rows rows = table.rows()) {
      Table.Row first = rows.next();
      assertThat(first.cells()).containsExactly("one\ntwo", "say \"no\"");
      assertThat(first.place()).endsWith("people.csv:2");
      assertThat(rows.next().line()).isEqualTo(4);
      assertThatThrownBy(rows::next)
          .isInstanceOf(TableException.class)
          .hasMessageEndingWith("people.csv:6: has 3 cells where the header has 2");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                     | is empty
          '\\n \\n'               | is empty
          'a,b\\n1,"2\\n3,4\\n'   | people.csv:1: the row here or after it is no CSV
          'a,b\\n1\\n'            | people.csv:2: has 1 cells where the header has 2
          'PK\u0003\u0004xyz'    | is a zip file, not CSV; a spreadsheet (.xlsx) must be saved as CSV
          'PAR1xyz'              | is a Parquet file, not CSV
          'a,b\\n1,\u0000'        | is no text: it holds zero bytes
          """)
  void whatIsNoTableIsRefused(String text, String message) throws IOException {
    Path file = file(text.replace("\\n", "\n").getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> cells(Table.read(file)))
        .isInstanceOf(TableException.class)
        .hasMessageContaining("people.csv")
        .hasMessageContaining(message);
  }

  /** Programs read places: they have the digits 0 to 9 in every language. */
  @Test
  void placesHaveTheDigitsOfMachines() throws IOException {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    try {
      assertThat("%d".formatted(17)).isNotEqualTo("17"); // so the test is one
      Path file = file("a,b\n1,\"2\n3,4\n".getBytes(StandardCharsets.UTF_8));
      assertThatThrownBy(() -> cells(Table.read(file))).hasMessageContaining("people.csv:1: ");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void whatIsNoFileIsRefused() {
    assertThatThrownBy(() -> Table.read(folder.resolve("none.csv")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("none.csv");
    assertThatThrownBy(() -> Table.read(folder))
        .hasMessage(folder + ": is a folder, not a CSV file");
  }

  @Test
  void aColumnAloneMayHaveEmptyCells() throws IOException {
    assertThat(cells(read("age\n45\n\n32\n")))
        .containsExactly(List.of("45"), List.of(""), List.of("32"));
  }

  @Test
  void aStreamIsReadOnceAndCanBeHeld() throws IOException {
    byte[] bytes = "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8);
    Table stream = Table.read(new ByteArrayInputStream(bytes), "standard input", CsvOptions.DETECT);
    assertThat(stream.isRepeatable()).isFalse();
    Table held = stream.held();
    assertThat(cells(held)).isEqualTo(cells(held)).hasSize(1);
    assertThatThrownBy(stream::rows).hasMessage("standard input: can be read only once");
  }

  /** Any cells that a file can have come back, and the file is the same again, byte for byte. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatIsWrittenIsRead(int seed) throws IOException {
    Random random = new Random(seed);
    for (int trial = 0; trial < 40; trial++) {
      char separator = ",;\t|".charAt(random.nextInt(4));
      Table.Dialect dialect =
          new Table.Dialect(
              separator,
              '"',
              '.',
              true,
              StandardCharsets.UTF_8,
              false,
              false,
              random.nextBoolean() ? "\n" : "\r\n",
              List.of());
      int columns = 1 + random.nextInt(70);
      List<List<String>> rows = new ArrayList<>();
      StringBuilder text =
          new StringBuilder(
              dialect.format(new ColumnNames(Collections.nCopies(columns, "")).unique()));
      for (int row = 0; row < 1 + random.nextInt(20); row++) {
        List<String> cells = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
          cells.add(cell(random));
        }
        rows.add(cells);
        text.append(dialect.format(cells));
      }
      Table table =
          read(text.toString(), CsvOptions.DETECT.withSeparator(separator).withHeader(true));
      assertThat(cells(table)).isEqualTo(rows);
      StringBuilder again = new StringBuilder(dialect.format(table.columns()));
      try (Table.Rows all = table.rows()) {
        all.forEachRemaining(row -> again.append(dialect.format(row)));
      }
      assertThat(again).hasToString(text.toString());
    }
  }

  private static String cell(Random random) {
    StringBuilder cell = new StringBuilder();
    int length = random.nextInt(6);
    for (int i = 0; i < length; i++) {
      cell.append("ab1 ,;\t|\"\n'.é\u20ac\uD83D".charAt(random.nextInt(15)));
    }
    return cell.toString().replace("\uD83D", "\uD83D\uDE00");
  }

  /** 100,000 columns took minutes. */
  @Test
  void aHundredThousandColumnsHaveNamesAtOnce() {
    ColumnNames names = new ColumnNames(Collections.nCopies(100_000, ""));
    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertThat(names.changes()).hasSize(100_000));
  }
}
