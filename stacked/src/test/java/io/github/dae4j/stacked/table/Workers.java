package io.github.dae4j.stacked.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** Made-up people whose salary follows from age and job, and whose membership from both. */
final class Workers {

  private static final String[] JOBS = {"smith", "teacher", "clerk"};

  private Workers() {}

  static List<Map<String, Object>> rows(int n, int seed) {
    Random random = new Random(seed);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int row = 0; row < n; row++) {
      int job = random.nextInt(3);
      int age = 20 + random.nextInt(46);
      double salary = 12_000 + 500 * age + 7000 * job + 1500 * random.nextGaussian();
      Map<String, Object> person = new LinkedHashMap<>();
      person.put("id", 1000 + row);
      person.put("age", age);
      person.put("salary", Math.round(salary));
      person.put("job", JOBS[job]);
      person.put("member", age + 10 * job + 3 * random.nextGaussian() > 52 ? "yes" : "no");
      person.put("unit", "EUR");
      rows.add(person);
    }
    return rows;
  }

  static Path csv(Path file, List<Map<String, Object>> rows, List<String> columns)
      throws IOException {
    List<String> lines = new ArrayList<>(List.of(String.join(",", columns)));
    for (Map<String, Object> row : rows) {
      lines.add(columns.stream().map(c -> "" + row.get(c)).collect(Collectors.joining(",")));
    }
    return Files.write(file, lines);
  }
}
