package io.github.dae4j.cli.command;

import io.github.dae4j.cli.config.Secrets;
import io.github.dae4j.cli.config.TableData;
import io.github.dae4j.stacked.table.Table;
import io.github.dae4j.stacked.table.TableProfile;
import io.github.dae4j.stacked.table.TableProfile.ColumnGuess;

/** What 'inspect' has found out, as a configuration for a person to edit. */
final class InspectedConfiguration {

  private InspectedConfiguration() {}

  /** With a comment at each setting; trains the same model as the table alone. */
  static String yaml(TableData data, TableProfile profile, Table table) {
    StringBuilder text = new StringBuilder();
    text.append(
        "# How %s is read and learnt. Edit it, then: dae4j train THIS.yaml\n"
            .formatted(oneLine(profile.name())));
    text.append("seed: 1\ndata:\n");
    if (data instanceof TableData.Query query) {
      text.append("  jdbc: ").append(quoted(Secrets.removed(query.jdbc())));
      text.append("\n  query: ").append(quoted(query.query())).append('\n');
    } else {
      text.append("  table: ").append(quoted(((TableData.File) data).table())).append('\n');
    }
    text.append("  # label: COLUMN      # the column to predict; never an input\n");
    table.dialect().ifPresent(dialect -> append(text, dialect));
    text.append("  missing: [")
        .append(String.join(", ", table.missing().stream().map(word -> quoted(word)).toList()))
        .append("]\n");
    text.append(
        """
          # number, whole number, category, binary, date, or text 32 (hashed to 32 features);
          # left out are text without a number, identifier, constant and skip.
          # A label is number or category; by default a number if it has more than 20 different ones.
        """);
    text.append("  columns:\n");
    for (ColumnGuess guess : profile.columns()) {
      text.append(
          "    %s: %s  # %s\n"
              .formatted(quoted(guess.name()), guess.type().word(), oneLine(guess.reason())));
    }
    text.append(
        """
        model:
          units: auto           # of a code
          corruption: auto      # the probability that a cell gets another row's value in training
          # column-corruption: {COLUMN: 0.1}
          updates: auto         # minibatches that the network learns from
          contamination: 0.01   # the share of rows that is flagged
          detector: true        # false: no scores, and a fraction of the time""");
    return text.toString();
  }

  private static void append(StringBuilder text, Table.Dialect dialect) {
    String separator = dialect.separator() == '\t' ? "tab" : "" + dialect.separator();
    text.append("  separator: ").append(quoted(separator)).append('\n');
    text.append("  decimal: ").append(quoted("" + dialect.decimal())).append('\n');
    text.append("  header: ").append(dialect.header()).append('\n');
    text.append("  encoding: ").append(dialect.encoding().name()).append('\n');
  }

  /** A text of any characters, as YAML has it between double quotes. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char mark : text.toCharArray()) {
      switch (mark) {
        case '"', '\\' -> quoted.append('\\').append(mark);
        case '\t' -> quoted.append("\\t");
        default -> {
          if (mark < ' ' || mark == 0x7f || mark >= 0x80 && mark < 0xa0 || mark == '\uFEFF') {
            quoted.append("\\u%04x".formatted((int) mark));
          } else {
            quoted.append(mark);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "?");
  }
}
