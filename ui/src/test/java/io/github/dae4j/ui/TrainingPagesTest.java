package io.github.dae4j.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingPagesTest {

  private static TrainingPages pages;
  private static Site site;

  @BeforeAll
  static void open() {
    pages = TrainingPages.open(0);
    site = new Site(pages.address());
  }

  @AfterAll
  static void close() {
    pages.close();
  }

  @Test
  void bothKindsOfPagesShowEachLayerAndFineTuning() throws IOException, InterruptedException {
    TwoLayers network = new TwoLayers();
    network
        .stack()
        .network()
        .setListeners(pages.listeners("stack", network.stack().network(), TwoLayers.examples(), 1));
    network.train();
    pages.refresh();

    JsonNode stages =
        site.await(
            "/dae4j/state", all -> all.size() == 3 && all.get(2).get("iteration").asInt() == 6);
    assertThat(stages.findValuesAsText("session"))
        .containsExactly("stack_layer0", "stack_layer1", "stack");
    assertThat(stages.findValuesAsText("title"))
        .containsExactly("stack, layer 0", "stack, layer 1", "stack, fine-tuning");
    assertThat(stages.findValuesAsText("epoch")).containsExactly("2", "2", "3");
    assertThat(stages.findValuesAsText("iteration")).containsExactly("4", "4", "6");
    assertThat(stages.findValuesAsText("units")).containsExactly("5", "4", "4");
    assertThat(stages.get(0).get("scores")).hasSize(4);
    assertThat(stages.get(0).get("score").asDouble())
        .isEqualTo(stages.get(0).get("scores").get(3).asDouble());

    assertThat(site.get("/train/model/data/99").statusCode()).isEqualTo(404);
    for (JsonNode stage : stages) {
      String session = stage.get("session").asText();
      assertThat(site.picture("/dae4j/filters/" + session).getWidth())
          .isEqualTo(stage.get("units").asInt() * (TwoLayers.WIDTH + 1) - 1);
      for (String row : List.of("clean", "corrupted", "reconstructed")) {
        assertThat(site.picture("/dae4j/%s/%s".formatted(row, session)).getWidth())
            .isEqualTo(8 * (TwoLayers.WIDTH + 1) - 1);
      }
      site.await("/train/sessions/info", all -> all.has(session));
      assertThat(site.get("/train/sessions/set/" + session).statusCode()).isEqualTo(200);
      assertThat(site.json("/train/overview/data").get("scores")).isNotEmpty();
      assertThat(site.json("/train/model/graph").get("vertexNames"))
          .hasSize(session.equals("stack") ? 4 : 2);
      assertThat(site.json("/train/model/data/1").get("layerInfo")).isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/dae4j,text/html; charset=utf-8,<title>dae4j training</title>",
    "/dae4j/live.css,text/css; charset=utf-8,--paper",
    "/dae4j/live.js,text/javascript; charset=utf-8,'use strict'",
    "/dae4j/state,application/json,[",
    "/train/overview,text/html; charset=utf-8,DL4J Training UI"
  })
  void aPageIsThere(String path, String type, String text)
      throws IOException, InterruptedException {
    assertThat(site.get(path).headers().firstValue("content-type").orElse(null)).isEqualTo(type);
    assertThat(new String(site.get(path).body())).contains(text);
  }

  @Test
  void aPictureThatIsNotThereIsNotFound() throws IOException, InterruptedException {
    assertThat(site.get("/dae4j/filters/none").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/train/overview", "/train/model", "/train/system", "/dae4j"})
  void allThatAPageLoadsIsThere(String page) throws IOException, InterruptedException {
    List<String> parts =
        Pattern.compile("(?:src|href)=\"(/(?:assets|dae4j)/[^\"]+)\"")
            .matcher(new String(site.get(page).body()))
            .results()
            .map((MatchResult found) -> found.group(1))
            .distinct()
            .toList();
    assertThat(parts).isNotEmpty();
    List<String> missing = new ArrayList<>();
    for (String part : parts) {
      if (site.get(part).statusCode() != 200) {
        missing.add(part);
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void otherMachinesCannotConnect() throws IOException {
    InetAddress outside =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
            .findFirst()
            .orElse(null);
    assumeTrue(outside != null);
    assertThatThrownBy(() -> new Socket(outside, pages.address().getPort()).close())
        .isInstanceOf(ConnectException.class);
    new Socket("127.0.0.1", pages.address().getPort()).close();
  }

  @Test
  void thereIsOneAtATime() {
    assertThatThrownBy(() -> TrainingPages.open(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "DL4J's training pages are open already, at http://127.0.0.1:"
                + pages.address().getPort());
  }

  @Test
  void aPortThatIsTakenIsNamed() throws IOException {
    pages.close();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThatThrownBy(() -> TrainingPages.open(taken.getLocalPort()))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageStartingWith(
              "training pages cannot be opened at port %d: ".formatted(taken.getLocalPort()));
    }
    open();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65536})
  void aPortIsInRange(int port) {
    assertThatThrownBy(() -> TrainingPages.open(port))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("TrainingPages port must be in [0, 65535], got " + port);
  }

  @Test
  void reportsAreAtLeastAnIterationApart() {
    assertThatThrownBy(
            () -> pages.listeners("a", new TwoLayers().stack().network(), TwoLayers.examples(), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("TrainingPages every must be >= 1, got 0");
  }

  @Test
  void aNameGoesIntoAddresses() {
    assertThatThrownBy(
            () ->
                pages.listeners("a/b", new TwoLayers().stack().network(), TwoLayers.examples(), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("PictureListener name must be letters, digits, '.' and '-', got a/b");
  }
}
