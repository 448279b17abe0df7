package io.github.dae4j.stacked.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.rowset.CachedRowSet;
import javax.sql.rowset.RowSetMetaDataImpl;
import javax.sql.rowset.RowSetProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that do not come from files. */
class TableSourcesTest {

  private static CachedRowSet query() throws SQLException {
    RowSetMetaDataImpl about = new RowSetMetaDataImpl();
    int[] types = {Types.INTEGER, Types.VARCHAR, Types.DOUBLE, Types.TIMESTAMP};
    String[] names = {"age", "job", "salary", "since"};
    about.setColumnCount(types.length);
    for (int column = 1; column <= types.length; column++) {
      about.setColumnType(column, types[column - 1]);
      about.setColumnName(column, names[column - 1]);
      about.setColumnLabel(column, names[column - 1]);
    }
    CachedRowSet rows = RowSetProvider.newFactory().createCachedRowSet();
    rows.setMetaData(about);
    add(rows, 45, "smith", 30_000.5, Timestamp.valueOf("2020-01-02 03:04:00"));
    add(rows, null, null, 1e9, null);
    rows.beforeFirst();
    return rows;
  }

  private static void add(CachedRowSet rows, Object... values) throws SQLException {
    rows.moveToInsertRow();
    for (int column = 0; column < values.length; column++) {
      if (values[column] == null) {
        rows.updateNull(column + 1);
      } else {
        rows.updateObject(column + 1, values[column]);
      }
    }
    rows.insertRow();
    rows.moveToCurrentRow();
  }

  private static List<List<String>> cells(Table table) {
    List<List<String>> cells = new ArrayList<>();
    try (Table.Rows rows = table.rows()) {
      rows.forEachRemaining(row -> cells.add(row.cells()));
    }
    return cells;
  }

  @Test
  void aQueryIsATable() throws SQLException {
    Table table = Table.of(query());
    assertThat(table.columns()).containsExactly("age", "job", "salary", "since");
    assertThat(cells(table)).hasSize(2);
    assertThat(cells(table)).contains(Arrays.asList(null, null, "1000000000", null));
    assertThat(cells(table)).contains(List.of("45", "smith", "30000.5", "2020-01-02T03:04"));
    Table stream = Table.streaming(query(), "people");
    assertThat(stream.isRepeatable()).isFalse();
    assertThat(cells(stream)).isEqualTo(cells(table));
    for (Table again : List.of(stream, stream.withMissing("?"))) {
      assertThatThrownBy(again::rows)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("people: can be read only once");
    }
  }

  @Test
  void aQueryThatFailsSaysWhere() throws SQLException {
    CachedRowSet rows = query();
    Table table = Table.streaming(rows, "people");
    rows.release();
    rows.close();
    try (Table.Rows broken = table.rows()) {
      assertThat(broken.hasNext()).isFalse();
    } catch (TableException e) {
      assertThat(e).hasMessageStartingWith("people:1: cannot be read: ");
    }
  }

  /** As in the night in which summer time skips an hour: a Timestamp has no 2:30 there. */
  @Test
  void timesAreThoseOfTheTableInEveryZone() throws SQLException {
    LocalDateTime[] written = {
      LocalDateTime.of(2021, 3, 28, 2, 30), LocalDateTime.of(2021, 3, 28, 2, 30, 0, 250_000_000)
    };
    TimeZone usual = TimeZone.getDefault();
    try {
      for (String zone : List.of("UTC", "Europe/Berlin", "America/New_York")) {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        List<List<String>> cells = cells(Table.of(times(written, null)));
        assertThat(cells)
            .as(zone)
            .containsExactly(List.of("2021-03-28T02:30"), List.of("2021-03-28T02:30:00.250"));
        assertThat(cells(Table.streaming(times(written, null), "times"))).isEqualTo(cells);
      }
      for (Throwable refusal :
          List.of(
              new SQLFeatureNotSupportedException(),
              new UnsupportedOperationException(),
              new AbstractMethodError())) {
        assertThat(cells(Table.of(times(written, refusal)))).hasSize(2);
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        assertThat(cells(Table.of(times(written, refusal))).get(0))
            .containsExactly("2021-03-28T02:30");
      }
    } finally {
      TimeZone.setDefault(usual);
    }
  }

  /** As drivers of JDBC 4.2 give a timestamp with time zone. */
  @Test
  void instantsAreThoseOfTheZoneOfThisProgram() throws SQLException {
    Instant instant = Instant.parse("2021-07-01T22:30:00Z");
    TimeZone usual = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
      Object[] values = {
        instant,
        instant.atOffset(ZoneOffset.ofHours(-5)),
        instant.atZone(ZoneId.of("Asia/Tokyo")),
        OffsetTime.of(10, 15, 0, 0, ZoneOffset.ofHours(2))
      };
      assertThat(cells(Table.of(times(values, null))))
          .containsExactly(
              List.of("2021-07-02T00:30"),
              List.of("2021-07-02T00:30"),
              List.of("2021-07-02T00:30"),
              List.of("10:15"));
    } finally {
      TimeZone.setDefault(usual);
    }
  }

  /**
   * One column as drivers give it: a LocalDateTime as a Timestamp, unless it is asked for.
   *
   * @param refusal of the driver to give a LocalDateTime; null if it does
   */
  private static ResultSet times(Object[] written, Throwable refusal) {
    int[] row = {-1};
    return (ResultSet)
        Proxy.newProxyInstance(
            TableSourcesTest.class.getClassLoader(),
            new Class<?>[] {ResultSet.class, ResultSetMetaData.class},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "getMetaData" -> proxy;
                  case "getColumnCount" -> 1;
                  case "getColumnLabel" -> "since";
                  case "next" -> ++row[0] < written.length;
                  case "getObject" -> {
                    if (args.length == 1) {
                      yield written[row[0]] instanceof LocalDateTime time
                          ? Timestamp.valueOf(time)
                          : written[row[0]];
                    }
                    if (refusal != null) {
                      throw refusal;
                    }
                    assertThat(args[1]).isEqualTo(LocalDateTime.class);
                    yield written[row[0]];
                  }
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  @Test
  void mapsAreATable() {
    Map<String, Object> first = new LinkedHashMap<>();
    first.put("age", 45.0);
    first.put("born", LocalDate.of(1980, 2, 1));
    first.put("since", Timestamp.valueOf("2020-01-02 03:04:00"));
    first.put("member", true);
    first.put("none", Double.NaN);
    Table table = Table.of(List.of(first, Map.of("age", 1e-7, "job", " smith ")));
    assertThat(table.columns()).containsExactly("age", "born", "since", "member", "none", "job");
    assertThat(cells(table))
        .containsExactly(
            Arrays.asList("45", "1980-02-01", "2020-01-02T03:04", "true", null, null),
            Arrays.asList("1.0E-7", null, null, null, null, " smith "));
    assertThatThrownBy(() -> Table.of(List.of("a", "b"), List.of(List.of("1"))))
        .hasMessage("row 1: must have 2 cells, got 1");
    assertThatThrownBy(() -> Table.of(List.of("a", "a"), List.of()))
        .hasMessage("rows: column names must differ and must not be blank, got [a, a]");
  }

  private static final ZonedDateTime DAY =
      ZonedDateTime.of(2020, 1, 1, 10, 0, 0, 0, ZoneId.of("Europe/Berlin"));

  static Stream<IntFunction<Object>> times() {
    return Stream.of(
        i -> DAY.plusDays(i),
        i -> DAY.plusDays(i).toOffsetDateTime(),
        i -> DAY.plusDays(i).toInstant(),
        i -> DAY.plusDays(i).toLocalDateTime(),
        i -> DAY.plusDays(i).toLocalDate(),
        i -> YearMonth.of(2020, 1).plusMonths(i),
        i -> DAY.plusMinutes(i).toLocalTime(),
        i -> DAY.plusMinutes(i).toOffsetDateTime().toOffsetTime(),
        i -> Date.from(DAY.plusDays(i).toInstant()),
        i -> java.sql.Date.valueOf(DAY.plusDays(i).toLocalDate()),
        i -> Time.valueOf(DAY.plusMinutes(i).toLocalTime()),
        i -> Timestamp.valueOf(DAY.plusDays(i).toLocalDateTime()),
        i -> GregorianCalendar.from(DAY.plusDays(i)));
  }

  @ParameterizedTest
  @MethodSource("times")
  void timesOfJavaAreDates(IntFunction<Object> time) {
    List<Map<String, Object>> rows =
        IntStream.range(0, 60).mapToObj(i -> Map.of("t", time.apply(i))).toList();
    TableProfile.ColumnGuess guess = TableProfile.of(Table.of(rows)).columns().get(0);
    assertThat(guess.type()).as(guess.toString()).isEqualTo(TableProfile.ColumnType.DATE);
    assertThat(guess.reason()).startsWith("60 ").doesNotContain("unknown");
  }

  @Test
  void anInstantComesBackAsOne() {
    List<Map<String, Object>> rows =
        IntStream.range(0, 40)
            .mapToObj(i -> Map.<String, Object>of("at", DAY.plusHours(31L * i).toInstant(), "x", i))
            .toList();
    TableModel model = TableModel.builder().updates(5).units(4).withoutDetector().fit(rows);
    assertThat(Instant.parse((String) model.impute(Map.of("x", 20)).get("at")))
        .isBetween(DAY.toInstant(), DAY.plusDays(60).toInstant());
    assertThat(Instant.parse(model.reconstruct(rows.get(3)).get("at"))).isNotNull();
    float[] code = model.encode(Map.of("at", DAY.toInstant()));
    for (Object same : List.of(DAY, DAY.withZoneSameInstant(ZoneId.of("Asia/Tokyo")))) {
      assertThat(model.encode(Map.of("at", same))).isEqualTo(code);
    }
  }

  @Test
  void whatIsNotOneValueIsRefused() {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("a", Optional.of(0.5));
    row.put("b", Optional.empty());
    row.put("c", OptionalDouble.of(1.5));
    row.put("d", OptionalInt.empty());
    row.put("e", OptionalLong.of(7));
    row.put("f", Optional.of(OptionalInt.of(3)));
    row.put("g", new StringBuilder("word"));
    assertThat(cells(Table.of(List.of(row))))
        .containsExactly(Arrays.asList("0.5", null, "1.5", null, "7", "3", "word"));
    List<Map<String, Integer>> usual =
        IntStream.range(0, 9).mapToObj(i -> Map.of("a", i * i, "b", 7 * i % 5)).toList();
    TableColumns columns = TableModel.builder().label("b").columns(Table.of(usual));
    Map<Object, String> refused = new LinkedHashMap<>();
    refused.put(new double[] {1}, "double[]");
    refused.put(new byte[0], "byte[]");
    refused.put(new String[] {"x"}, "String[]");
    refused.put(new ArrayList<>(), "ArrayList");
    refused.put(new TreeMap<>(), "TreeMap");
    refused.put(Optional.of(new int[0]), "int[]");
    refused.forEach(
        (value, name) -> {
          String message =
              "column '%s' must hold a number, a word, a date, a time, a boolean or null, got a "
                  + name;
          assertThatThrownBy(() -> Table.of(List.of(Map.of("a", 1), Map.of("a", value))))
              .isInstanceOf(TableException.class)
              .hasMessage("row 2: " + message, "a");
          assertThatThrownBy(() -> columns.features(Map.of("a", value)))
              .isInstanceOf(TableException.class)
              .hasMessage(message, "a");
          assertThatThrownBy(() -> columns.label(Map.of("b", value)))
              .isInstanceOf(TableException.class)
              .hasMessage(message, "b");
        });
  }

  /** Map.of and its kind have another order in each run of a program. */
  @Test
  void columnsHaveOneOrderInEveryRun() {
    List<String> names = List.of("b", "age", "salary", "job", "height", "a", "z", "born");
    Map<String, Integer> inOrder = new LinkedHashMap<>();
    names.forEach(name -> inOrder.put(name, name.length()));
    List<String> sorted = names.stream().sorted().toList();
    assertThat(Table.of(List.of(inOrder)).columns()).isEqualTo(names);
    assertThat(Table.of(List.of(new TreeMap<>(inOrder).descendingMap())).columns())
        .containsExactly("z", "salary", "job", "height", "born", "b", "age", "a");
    for (Map<String, Integer> row :
        List.of(
            Map.copyOf(inOrder),
            new HashMap<>(inOrder),
            new ConcurrentHashMap<>(inOrder),
            Collections.unmodifiableMap(new HashMap<>(inOrder)))) {
      assertThat(Table.of(List.of(row)).columns()).as("%s", row.getClass()).isEqualTo(sorted);
    }
    Table later = Table.of(List.of(Map.of("m", 1), Map.copyOf(inOrder), Map.of("c", 2)));
    assertThat(later.columns())
        .containsExactly("m", "a", "age", "b", "born", "height", "job", "salary", "z", "c");
    assertThat(cells(later).get(2)).hasSize(10).last().isEqualTo("2");
  }

  @Test
  void rowsAreReadOnce() {
    Iterator<Map<String, Integer>> rows = List.of(Map.of("a", 1), Map.of("b", 2)).iterator();
    assertThat(cells(Table.of((Iterable<Map<String, Integer>>) () -> rows)))
        .containsExactly(Arrays.asList("1", null), Arrays.asList(null, "2"));
    Stream<Map<String, Integer>> stream = Stream.of(Map.of("a", 1), Map.of("b", 2));
    assertThat(cells(Table.of((Iterable<Map<String, Integer>>) stream::iterator))).hasSize(2);
    assertThatThrownBy(() -> Table.of(List.of(Collections.singletonMap(null, 1))))
        .hasMessage("rows: column names must differ and must not be blank, got [null]");
  }

  /** A model of a CSV file is asked about rows of Java or of a query. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "dd.MM.uuuu",
        "MM/dd/uuuu",
        "uuuu-MM-dd",
        "uuuuMMdd",
        "d MMM uuuu",
        "dd.MM.uuuu HH:mm:ss",
        "uuuu-MM-dd HH:mm:ss",
        "uuuu-MM-dd'T'HH:mm",
        "M/d/uuuu h:mm a"
      })
  void datesOfJavaAreThoseOfAFile(String pattern) {
    DateTimeFormatter format = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    LocalDateTime first = LocalDateTime.of(2021, 1, 3, 0, 25);
    List<List<String>> rows = new ArrayList<>();
    for (int row = 0; row < 40; row++) {
      rows.add(List.of(format.format(first.plusHours(31L * row)), row % 7 + ".5"));
    }
    Table table = Table.of(List.of("at", "x"), rows);
    TableColumns columns = TableModel.builder().columns(table);
    assertThat(columns.schema().columns().get(0)).isInstanceOf(DateColumn.class);
    boolean hasTime = pattern.contains("m");
    LocalDateTime at = LocalDateTime.of(2021, 2, 4, hasTime ? 15 : 0, 0);
    float[] written = columns.features(Map.of("at", format.format(at), "x", 1));
    assertThat(written).doesNotContain(Float.NaN);
    List<Object> same =
        new ArrayList<>(
            List.of(
                at,
                Timestamp.valueOf(at),
                at.atOffset(ZoneOffset.ofHours(5)),
                at.toString().replace('T', ' ') + ":00.000+00"));
    if (!hasTime) {
      same.addAll(List.of(at.toLocalDate(), java.sql.Date.valueOf("2021-02-04"), at.plusHours(7)));
    }
    for (Object value : same) {
      assertThat(columns.features(Map.of("at", value, "x", 1)))
          .as("%s of %s", value, value.getClass())
          .isEqualTo(written);
    }
    float[] midnight = columns.features(Map.of("at", LocalDate.of(2021, 2, 4), "x", 1));
    assertThat(midnight)
        .isEqualTo(columns.features(Map.of("at", format.format(at.with(LocalTime.MIN)), "x", 1)));
    for (String none : List.of("2021-02-30", "2021-2-4", "0021-02-04", "2021-02-04T25:00", "-")) {
      assertThat(columns.features(Map.of("at", none, "x", 1))[0]).as(none).isNaN();
    }
  }
}
