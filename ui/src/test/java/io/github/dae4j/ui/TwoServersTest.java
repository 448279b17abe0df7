package io.github.dae4j.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoServersTest {

  @Test
  void theyRunSideBySideAndLeaveNothingOnDisk(@TempDir Path temporary)
      throws IOException, InterruptedException {
    Path shared = temporary.resolve("missing"); // and not needed
    PagesProcess first = new PagesProcess(shared, "-Xmx64m");
    PagesProcess second = new PagesProcess(shared, "-Xmx64m");
    for (PagesProcess each : List.of(first, second)) {
      Site site = new Site(each.address());
      for (String path :
          List.of("/dae4j", "/train/overview", "/assets/css/style.css", "/train/overview/data")) {
        assertThat(site.get(path).statusCode()).as(path).isEqualTo(200);
      }
      try (Wire wire = new Wire(each.address())) {
        wire.send(
            "POST /train HTTP/1.1\nHost: localhost:%d\nContent-Length: 300000000\n"
                    .formatted(each.address().getPort())
                + "Content-Type: multipart/form-data; boundary=b\n\n"
                + "--b\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\n\n");
        wire.flood(300_000_000);
      }
      assertThat(site.get("/dae4j/state").statusCode()).isEqualTo(200);
    }
    assertThat(files(temporary)).isEmpty();
    assertThat(first.end()).isEqualTo("exit 0");
    assertThat(second.end()).isEqualTo("exit 0");
    assertThat(files(temporary)).isEmpty();
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(path -> !Files.isDirectory(path)).toList();
    }
  }
}
