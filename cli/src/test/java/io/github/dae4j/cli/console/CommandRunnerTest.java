package io.github.dae4j.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.InvalidPathException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Whatever a command throws is one line for a person. */
class CommandRunnerTest {

  @Command(name = "throws")
  private static final class Throwing implements Runnable {
    private final Throwable failure;

    Throwing(Throwable failure) {
      this.failure = failure;
    }

    @Override
    public void run() {
      if (failure instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) failure;
    }
  }

  private static String err(Throwable failure) {
    StringWriter err = new StringWriter();
    CommandLine line = new CommandLine(new Throwing(failure)).setErr(new PrintWriter(err));
    assertThat(CommandRunner.execute(line)).isEqualTo(1);
    return err.toString().stripTrailing();
  }

  @Test
  void memoryThatRunsOutComesWithAdvice() {
    assertThat(err(new OutOfMemoryError("Java heap space")))
        .startsWith(
            "error: not enough memory (Java heap space); java -Xmx8g -jar dae4j.jar gives it 8 GB")
        .hasLineCount(1);
  }

  @Test
  void messagesOfSeveralLinesAreOne() {
    assertThat(err(new IllegalStateException("one\n  two\u001b[31m\nthree")))
        .isEqualTo("error: one two\\u001b[31m three");
    assertThat(err(new IllegalStateException("x".repeat(100_000)))).hasSizeLessThan(1000);
  }

  @Test
  void namesThatTheLocaleLacksComeWithAdvice() {
    StringWriter err = new StringWriter();
    CommandLine line =
        new CommandLine(new Throwing(new InvalidPathException("gr\u001b", "Malformed input")))
            .setErr(new PrintWriter(err));
    assertThat(CommandRunner.execute(line)).isEqualTo(2);
    assertThat(err.toString().strip())
        .isEqualTo(
            "error: no file can be called gr\\u001b in this locale; LC_ALL=C.UTF-8 allows all"
                + " names");
  }

  @Test
  void whatIsUnexpectedSaysWhereToLook() {
    assertThat(err(new NullPointerException()))
        .isEqualTo("error: java.lang.NullPointerException (--stacktrace shows where)");
  }
}
