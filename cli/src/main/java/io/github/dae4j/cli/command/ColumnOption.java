package io.github.dae4j.cli.command;

import io.github.dae4j.cli.config.TableData;
import io.github.dae4j.cli.console.OptionException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What columns are, where the guess is wrong. */
final class ColumnOption {

  @Option(
      names = "--column",
      paramLabel = "NAME=TYPE",
      description =
          "What a column is, where the guess is wrong: number, category, binary, date, skip, or"
              + " 'text 32' to hash words to 32 features; of the label number or category. Can be"
              + " given more than once.")
  private List<String> columns = List.of();

  /**
   * Types by column name.
   *
   * @throws io.github.dae4j.stacked.table.TableException naming a type that there is not
   */
  Map<String, String> choices() {
    Map<String, String> choices = new LinkedHashMap<>();
    for (String column : columns) {
      int sign = column.lastIndexOf('=');
      OptionException.require("--column", "as NAME=TYPE", sign > 0, column);
      String type = TableData.Words.columnType(column.substring(sign + 1));
      choices.put(column.substring(0, sign), type);
    }
    return choices;
  }
}
