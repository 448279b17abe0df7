package io.github.dae4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.cli.study.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import onnx.Onnx;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a person's table to scores, filled cells, codes and labels. */
class TableCommandsTest {

  private static final String HEADER = "id,age,salary,children,married,job\n";

  @TempDir private static Path folder;
  private static Path people;
  private static Path run;
  @TempDir private Path own;

  @BeforeAll
  static void train() throws IOException {
    people = Files.writeString(folder.resolve("people.csv"), HEADER + people(150, 1));
    run = folder.resolve("run");
    Outcome outcome =
        Outcome.of(
            "train", people.toString(), "-o", run.toString(), "--label=married", "--updates=100");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .contains("150 rows, 4 of 6 columns used")
        .contains("left out     id (identifier)")
        .containsPattern("label +married: accuracy [01]\\.\\d{4}, F1 ")
        .contains("Model, report.html and report.json are in " + run);
  }

  /** Salaries follow from age and job; who has children is married. */
  private static String people(int rows, long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows; i++) {
      int age = 20 + random.nextInt(45);
      String job = List.of("smith", "teacher", "clerk").get(random.nextInt(3));
      double salary = (job.equals("smith") ? 300 : 700) * (age + random.nextInt(4));
      int children = random.nextInt(4);
      text.append(
          String.format(
              Locale.ROOT,
              "p%d,%d,%.2f,%d,%s,%s%n",
              1000 + i,
              age,
              salary,
              children,
              children > 0 ? "yes" : "no",
              job));
    }
    return text.toString();
  }

  @Test
  void aRunIsAModelAPageAndNumbers() throws IOException {
    try (Stream<Path> files = Files.list(run)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("model.zip", "report.html", "report.json");
    }
    assertThat(Files.readString(run.resolve("report.html")))
        .contains("Columns", "The most unusual rows", "Codes", "Label: married")
        .contains("all different")
        .doesNotContain("NaN");
    Outcome again = Outcome.of("train", people.toString(), "-o", run.toString());
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err()).contains("already holds a run: resume it with").hasLineCount(1);
  }

  @Test
  void inspectTellsWhatEachColumnWouldBecomeAndWhy() {
    Outcome outcome = Outcome.of("inspect", people.toString());
    assertThat(outcome.out())
        .contains("people.csv: 150 rows, 6 columns")
        .containsPattern("id +identifier, left out +150")
        .containsPattern("age +number +\\d+ different whole numbers from 20 to 64")
        .containsPattern("married +binary +two values, 'yes'")
        .containsPattern("job +category +3 different words");
    assertThat(Outcome.of("inspect", people.toString(), "--json").out())
        .startsWith("{\"event\":\"result\",\"table\":")
        .contains("\"name\":\"job\",\"type\":\"category\"")
        .hasLineCount(1);
    assertThat(Outcome.of("inspect", people.toString(), "--column", "job=skip").out())
        .containsPattern("job +skip");
    assertThat(Outcome.of("inspect", people.toString(), "--column", "age=Whole number").out())
        .containsPattern("age +whole number");
  }

  @Test
  void scoresNameTheColumnsThatExplainThemWithWhatWasExpected() throws IOException {
    String text =
        HEADER
            + "a,45,13900.00,2,yes,smith\n"
            + "b,1e30,13900.00,2,yes,smith\n"
            + "c,45,13900.00,2,yes,astronaut\n";
    Path scores = own.resolve("scores.csv");
    Outcome outcome =
        Outcome.ofInput(
            text, "score", run.toString(), "-", scores.toString(), "--top=1", "--keep=id");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err()).isEqualTo("score: 3 rows, 2 flagged (66.67 %)\n");
    List<String> lines = Files.readAllLines(scores);
    assertThat(lines.get(0))
        .isEqualTo("id,line,score,anomaly,column 1,value 1,expected 1,part 1,note 1");
    assertThat(lines.get(1)).startsWith("a,2,").contains(",no,");
    assertThat(lines.get(2)).startsWith("b,3,").contains(",yes,age,1e30,").contains("beyond all");
    assertThat(lines.get(3))
        .startsWith("c,4,")
        .contains(",yes,job,astronaut,")
        .endsWith(",never seen in training");
    String[] odd = lines.get(3).split(",");
    assertThat(Double.parseDouble(odd[7]))
        .as("part 1")
        .isPositive()
        .isLessThan(Double.parseDouble(odd[2]));
    assertThat(
            Outcome.ofInput(text, "score", run.toString(), "-", "-", "--top=0", "--flagged", "-q"))
        .satisfies(flagged -> assertThat(flagged.out()).hasLineCount(3))
        .satisfies(flagged -> assertThat(flagged.err()).isEmpty());
  }

  @Test
  void columnsAreFoundByNameInAnyOrderAndUnknownOnesAreTold() throws IOException {
    String inOrder = "age,salary,children,job\n45,31500.00,2,smith\n33,9900.5,0,clerk\n";
    String reversed = "job,x,children,salary,age\nsmith,1,2,31500.00,45\nclerk,1,0,9900.5,33\n";
    for (String command : List.of("encode", "reconstruct --errors")) {
      String[] args = (command + " MODEL - - -q").replace("MODEL", run.toString()).split(" ");
      Outcome first = Outcome.ofInput(inOrder, args);
      assertThat(first.exitCode()).as(first.err()).isZero();
      assertThat(Outcome.ofInput(reversed, args)).isEqualTo(first);
    }
    assertThat(Outcome.ofInput(reversed, "encode", run.toString(), "-", "-").err())
        .contains("encode: the model does not know [x]: passed over\n");
    Outcome absent =
        Outcome.ofInput("age,salary,children\n1,2,3\n", "encode", run.toString(), "-", "-");
    assertThat(absent.exitCode()).isEqualTo(2);
    assertThat(absent.err()).isEqualTo("error: standard input: must have the columns [job]\n");
  }

  @Test
  void onlyMissingCellsAreFilledAndAllElseStaysByteForByte() throws IOException {
    String text =
        "\uFEFFid;\"age\";salary ;children;job;note\r\n"
            + "1;45;37200,123456;;\"smith\";\"two\r\nlines; \"\"quoted\"\"\"\r\n\r\n"
            + "2;;41000,5;2; teacher ;NA\n\n"
            + "3;30;9000,0;1;astronaut;\r\n"
            + "4;31;NA;0;?;end";
    Path in = Files.writeString(own.resolve("holes.csv"), text);
    Path out = own.resolve("full.csv");
    Outcome outcome = Outcome.of("impute", run.toString(), in.toString(), out.toString());
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err())
        .contains("impute: 4 rows, 4 cells filled; no inputs, and never filled: id, married\n");
    assertThat(Files.readString(out))
        .matches(
            "\uFEFFid;\"age\";salary ;children;job;note\r\n"
                + "1;45;37200,123456;\\d;\"smith\";\"two\r\nlines; \"\"quoted\"\"\"\r\n\r\n"
                + "2;\\d+;41000,5;2; teacher ;NA\n\n"
                + "3;30;9000,0;1;astronaut;\r\n"
                + "4;31;\\d+(,\\d+)?;0;(smith|teacher|clerk);end");
  }

  @Test
  void aTableWithoutHolesIsTheSameFile() throws IOException {
    Path out = own.resolve("same.csv");
    Outcome.of("impute", run.toString(), people.toString(), out.toString());
    assertThat(Files.readAllBytes(out)).isEqualTo(Files.readAllBytes(people));
    Outcome.of("impute", run.toString(), out.toString(), out.toString());
    assertThat(Files.readAllBytes(out)).isEqualTo(Files.readAllBytes(people));
  }

  @Test
  void packedFilesAndPipesGiveTheSameAsFiles() throws IOException {
    Path packed = own.resolve("people.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(people, out);
    }
    Path codes = own.resolve("codes.csv.gz");
    Outcome.of("encode", run.toString(), packed.toString(), codes.toString(), "--threads=2");
    String unpacked;
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(codes))) {
      unpacked = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    String model = run.resolve("model.zip").toString();
    assertThat(Outcome.of("encode", model, people.toString(), "-").out()).isEqualTo(unpacked);
    assertThat(Outcome.ofInput(Files.readString(people), "encode", model, "-", "-").out())
        .isEqualTo(unpacked);
    assertThat(unpacked).hasLineCount(151).startsWith("code0,code1,");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void namedPipesAreReadOnce() throws IOException, InterruptedException {
    Path pipe = own.resolve("pipe");
    for (List<String> command :
        List.of(List.of("encode", run.toString(), "%", "-"), List.of("inspect", "%"))) {
      assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
      Process writer =
          new ProcessBuilder("cp", people.toString(), pipe.toString()).inheritIO().start();
      Outcome piped = Outcome.of(filled(command, pipe));
      writer.destroy();
      Files.delete(pipe);
      Outcome read = Outcome.of(filled(command, people));
      assertThat(piped.exitCode()).as(piped.err()).isZero();
      assertThat(piped.out()).isEqualTo(read.out().replace(people.toString(), pipe.toString()));
    }
  }

  private static String[] filled(List<String> command, Path file) {
    return command.stream().map(word -> word.replace("%", file.toString())).toArray(String[]::new);
  }

  @Test
  void reconstructionsAreInTheUsersUnitsAndWords() {
    Outcome outcome =
        Outcome.ofInput(
            "id;age;salary;children;job\nx;45;31500,5;2;smith\n",
            "reconstruct",
            run.toString(),
            "-",
            "-",
            "-q");
    assertThat(outcome.out())
        .matches("id;age;salary;children;job\nx;\\d+;-?\\d+(,\\d+)?;\\d;(smith|teacher|clerk)\n");
  }

  @Test
  void predictionsHaveAClassAndProbabilities() {
    Outcome outcome =
        Outcome.of("predict", run.toString(), people.toString(), "-", "--keep=id,married", "-q");
    List<String[]> rows = outcome.out().lines().map(line -> line.split(",")).toList();
    assertThat(rows.get(0))
        .containsExactly("id", "married", "predicted married", "p(no)", "p(yes)");
    assertThat(rows).hasSize(151);
    long right = rows.stream().skip(1).filter(row -> row[1].equals(row[2])).count();
    assertThat(right).isGreaterThan(125);
    assertThat(Double.parseDouble(rows.get(1)[3]) + Double.parseDouble(rows.get(1)[4]))
        .isBetween(0.999, 1.001);
  }

  @Test
  void theOnnxFileNamesItsFeaturesAndClasses() throws IOException {
    Path file = own.resolve("people.onnx");
    assertThat(Outcome.of("export", run.toString(), file.toString()))
        .isEqualTo(new Outcome(0, "", ""));
    assertThat(Onnx.ModelProto.parseFrom(Files.readAllBytes(file)).getMetadataPropsList())
        .extracting(entry -> entry.getKey() + " " + entry.getValue())
        .contains(
            "features [\"age\",\"salary\",\"children\","
                + "\"job=clerk\",\"job=smith\",\"job=teacher\"]",
            "classes [\"no\",\"yes\"]");
  }

  /** Children are 0 to 4: five classes, or a number, by option or configuration. */
  @Test
  void aLabelOfFewNumbersIsClassesUnlessToldOtherwise() throws IOException {
    String auto = trainedOnChildren("auto");
    assertThat(auto)
        .containsPattern("predicted +children: one of \\d classes, as numbers are up to 20; ")
        .containsPattern("label +children: accuracy ");
    String number = trainedOnChildren("number", "--column=children=number");
    assertThat(number)
        .containsPattern("predicted +children: a number, as asked for")
        .containsPattern("label +children: RMSE ");
    Path yaml = own.resolve("number").resolve("configuration.yaml");
    assertThat(yaml).content().containsPattern("children: number");
    Outcome again = Outcome.of("train", yaml.toString(), "-o", own.resolve("again").toString());
    assertThat(again.out()).as(again.err()).containsPattern("label +children: RMSE ");
    assertThat(Outcome.of("inspect", people.toString(), "--column=children=label").out())
        .containsPattern("children +label +one of \\d classes, as numbers are up to 20; ");
  }

  private String trainedOnChildren(String name, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "train",
                people.toString(),
                "-o",
                own.resolve(name).toString(),
                "--label=children",
                "--updates=2"));
    words.addAll(List.of(more));
    Outcome outcome = Outcome.of(words.toArray(String[]::new));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return outcome.out();
  }

  @Test
  void aColumnWithoutACellHasNoErrorInAnEvaluation() throws IOException {
    String text = people(20, 5).replaceAll("(?m)^([^,]*,[^,]*),[^,]*,", "$1,,"); // no salary
    Path test = Files.writeString(own.resolve("unknown.csv"), HEADER + text);
    String json = Outcome.of("evaluate", run.toString(), test.toString(), "--json").out();
    assertThat(json)
        .contains("\"cells\":0,\"reconstruction\":null,\"expected\":null,\"spread\":null")
        .doesNotContain("NaN");
    assertThat(Outcome.of("evaluate", run.toString(), test.toString()).out())
        .containsPattern("(?m)^salary *$")
        .doesNotContain("NaN");
  }

  @Test
  void evaluateMeasuresLabelAnomaliesAndEachColumn() throws IOException {
    Path test = Files.writeString(own.resolve("test.csv"), HEADER + people(100, 2));
    Outcome outcome = Outcome.of("evaluate", run.toString(), test.toString());
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .containsPattern("rows +100\n")
        .containsPattern("label +married: accuracy [01]\\.\\d{4}, F1 [01]\\.\\d{4}\n")
        .containsPattern("anomalies +\\d+ flagged, \\d+\\.\\d\\d %\n")
        .containsPattern("job +\\d+\\.\\d % wrong +\\d+\\.\\d % wrong\n")
        .doesNotContain(" \n");
    assertThat(Outcome.of("evaluate", run.toString(), test.toString(), "--json").out())
        .contains("\"rows\":100", "\"accuracy\":")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          score RUN no.csv -                 | error: no.csv: no such file, or it cannot be read
          score RUN EMPTY -                  | error: EMPTY: is empty
          impute RUN EMPTY -                 | error: EMPTY: is empty
          encode RUN EMPTY -                 | error: EMPTY: is empty
          inspect PEOPLE --size=3x3          | error: --size must be left out of a table, got 3x3
          inspect a.yaml                     | error: DATA must be a table or images, not a configuration, got a.yaml
          evaluate OLD PEOPLE                | error: OLD: no such model
          inspect EMPTY                      | error: EMPTY: is empty
          train EMPTY -o OUT                 | error: EMPTY: is empty
          score RUN SHORT -                  | error: SHORT:3: has 2 cells where
          score OLD PEOPLE -                 | error: OLD: no such model
          score RUN PEOPLE - --keep=name     | error: --keep must be among the columns
          score RUN PEOPLE - --top=-1        | error: --top must be >= 0, got -1
          score RUN PEOPLE - --contamination=1 | error: --contamination must be in (0, 0.5], got 1.0
          encode RUN PEOPLE - --layer=1      | error: --layer must be 0 of a model of a table, got 1
          encode RUN PEOPLE - --header=maybe | error: --header must be yes or no, got maybe
          encode RUN PEOPLE - --decimal=;    | error: --decimal must be '.' or ',', got ;
          encode RUN PEOPLE - --separator=" | error: --separator must be one character, no letter, digit or quote, or tab, got "
          encode RUN PEOPLE - --encoding=ISO-2022-CN | error: --encoding must be one that can be written
          encode RUN PEOPLE - --encoding=x   | error: --encoding must be one that Java knows, as UTF-8, got x
          evaluate RUN                       | error: TEST.csv must be given for a model of a table, got nothing
          train PEOPLE -o OUT --label=name   | error: --label must be among the columns
          train PEOPLE -o OUT --column=age   | error: --column must be as NAME=TYPE, got age
          train PEOPLE -o OUT --column=age=x | error: column type must be one of number,
          inspect PEOPLE --column age=text#99999999 | error: the number of features in 'text 32' must be in [2, 65536], got '99999999'
          train --jdbc=jdbc:x                | error: --query must be given with --jdbc, got nothing
          train NOTHING                      | error: DATA must be a file or a folder, got nothing
          resume NOTHING                     | error: DIR must be a folder, got nothing
          train --query=x                    | error: --jdbc must be given with --query, got nothing
          train PEOPLE -o OUT --size=3x3     | error: --size must be left out of a table, got 3x3
          evaluate RUN PEOPLE --data=x       | error: --data must be left out if the model is of a table, got x
          export RUN OUT.txt                 | error: OUT must be a name that ends with .zip or .onnx, got OUT.txt
          resume RUN --ui                    | error: --ui must be left out of a table, got 9000
          train FAR -o OUT                   | error: FAR: column 'x' has numbers too large to learn from
          train no.csv -o OUT                | error: no.csv: no such file, or it cannot be read
          train PEOPLE -o OUT --updates=0    | error: --updates must be >= 1, got 0
          """)
  void whatIsWrongIsOneLineAndExitCodeTwo(String command, String message) throws IOException {
    Path empty = Files.writeString(own.resolve("empty.csv"), "");
    Path cut =
        Files.writeString(own.resolve("short.csv"), "age,salary,children,job\n1,2,3,smith\n4,5\n");
    Path far =
        Files.writeString(
            own.resolve("far.csv"), "x,y\n" + "1e308,1\n-1e308,2\n9e307,3\n".repeat(9));
    Path out = own.resolve("out");
    Outcome outcome =
        Outcome.of(
            Arrays.stream(command.split(" "))
                .map(word -> word.equals("RUN") ? run.toString() : word)
                .map(word -> word.equals("EMPTY") ? empty.toString() : word)
                .map(word -> word.equals("SHORT") ? cut.toString() : word)
                .map(word -> word.equals("PEOPLE") ? people.toString() : word)
                .map(word -> word.equals("NOTHING") ? "" : word)
                .map(word -> word.equals("FAR") ? far.toString() : word)
                .map(word -> word.replaceFirst("^OUT", out.toString()).replace('#', ' '))
                .toArray(String[]::new));
    assertThat(outcome.err())
        .startsWith(
            message
                .replace("EMPTY", empty.toString())
                .replace("SHORT", cut.toString())
                .replace("FAR", far.toString())
                .replace("OUT.txt", out + ".txt"))
        .hasLineCount(1);
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(out).doesNotExist();
  }

  @Test
  void aTableOfWordsWithoutHeaderAndWithQuestionMarksWorks() throws IOException {
    Random random = new Random(3);
    String votes =
        Stream.generate(
                () -> {
                  boolean party = random.nextBoolean();
                  return Stream.generate(
                          () ->
                              random.nextInt(10) == 0
                                  ? "?"
                                  : party ^ random.nextInt(8) == 0 ? "y" : "n")
                      .limit(6)
                      .collect(Collectors.joining(",", (party ? "left" : "right") + ",", "\n"));
                })
            .limit(120)
            .collect(Collectors.joining());
    Path in = Files.writeString(own.resolve("votes.csv"), votes);
    Path out = own.resolve("votes");
    Outcome trained =
        Outcome.of(
            "train", in.toString(), "-o", out.toString(), "--updates=100", "--header=no", "-q");
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    Outcome full = Outcome.of("impute", out.toString(), in.toString(), "-", "--header=no", "-q");
    assertThat(full.out()).hasLineCount(120).doesNotContain("?");
    Outcome scores = Outcome.of("score", out.toString(), in.toString(), "-", "--header=no", "-q");
    assertThat(scores.out()).hasLineCount(120).startsWith("1,");
    assertThat(Outcome.of("predict", out.toString(), in.toString(), "-").err())
        .isEqualTo("error: MODEL has no label to predict: train it with --label\n");
  }

  @Test
  void datesAndDecimalCommasComeBackAsTheyWere() throws IOException {
    Random random = new Random(4);
    StringBuilder text = new StringBuilder("\uFEFFDatum;Temperatur in °C;Notiz\r\n");
    for (int i = 0; i < 150; i++) {
      text.append(
          String.format(
              Locale.GERMANY,
              "%02d.%02d.2012;%.1f;\"Zeile 1\nZeile %d\"\r\n",
              1 + i % 28,
              1 + i % 12,
              10 + 8 * Math.sin(i % 12) + random.nextGaussian(),
              i % 2));
    }
    Path in = Files.writeString(own.resolve("odd.csv"), text);
    Path out = own.resolve("odd");
    assertThat(Outcome.of("train", in.toString(), "-o", out.toString(), "--updates=100").exitCode())
        .isZero();
    Outcome made = Outcome.of("reconstruct", out.toString(), in.toString(), "-", "-q");
    assertThat(made.out()).startsWith("\uFEFFDatum;Temperatur in °C;Notiz\r\n");
    assertThat(made.out().split("\r\n")[1])
        .matches("\\d\\d\\.\\d\\d\\.\\d{4};-?\\d+,\\d;\"Zeile 1\nZeile [01]\"");
    Outcome same = Outcome.of("impute", out.toString(), in.toString(), "-", "-q");
    assertThat(same.out()).isEqualTo(text.toString());
  }
}
