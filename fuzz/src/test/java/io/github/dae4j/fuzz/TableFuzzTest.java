package io.github.dae4j.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.dae4j.stacked.table.CsvOptions;
import io.github.dae4j.stacked.table.Table;
import io.github.dae4j.stacked.table.TableException;
import io.github.dae4j.stacked.table.TableProfile;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Bytes are a table whose columns can be guessed, or refused in the name of their file. */
class TableFuzzTest {

  @FuzzTest
  void csv(byte[] bytes) throws IOException {
    try {
      Table table = Table.read(new ByteArrayInputStream(bytes), "in.csv", CsvOptions.DETECT).held();
      TableProfile profile = TableProfile.of(table);
      assertThat(profile.columns()).hasSameSizeAs(table.columns());
      assertThat(table.columns()).doesNotHaveDuplicates();
      if (profile.columns().stream().anyMatch(guess -> guess.input().isPresent())) {
        profile.schema();
      }
    } catch (TableException e) {
      assertThat(e.getMessage()).startsWith("in.csv");
    }
  }
}
