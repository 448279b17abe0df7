package io.github.dae4j.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.ui.api.UIServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestGuardTest {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static TrainingPages pages;
  private static URI server;
  private static Site site;

  @BeforeAll
  static void open() {
    pages = TrainingPages.open(0, PATIENCE);
    server = pages.address();
    site = new Site(server);
  }

  @AfterAll
  static void close() {
    pages.close();
  }

  @AfterEach
  void thePagesAreStillThere() throws IOException, InterruptedException {
    for (String path : List.of("/dae4j", "/dae4j/state", "/train/overview", "/train/model")) {
      assertThat(site.get(path).statusCode()).as(path).isEqualTo(200);
    }
    for (String path : List.of("/train/overview/data", "/train/sessions/info")) {
      assertThat(site.get(path).statusCode()).as(path).isEqualTo(200);
    }
  }

  private static String status(String request) throws IOException {
    return Wire.exchange(server, request.replace("PORT", String.valueOf(server.getPort())))
        .lines()
        .findFirst()
        .orElse("nothing");
  }

  private static String get(String path, String headers) throws IOException {
    return status("GET %s HTTP/1.1\n%sConnection: close\n\n".formatted(path, headers));
  }

  private static String get(String path) throws IOException {
    return get(path, "Host: localhost:PORT\n");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:PORT, 200",
    "localhost:PORT, 200",
    "LocalHost:PORT, 200",
    "[::1]:PORT, 200",
    "evil.example, 421",
    "evil.example:PORT, 421",
    "localhost, 421",
    "localhost:1, 421",
    "localhost.evil.example:PORT, 421",
    "127.0.0.1.nip.io:PORT, 421",
    "0.0.0.0:PORT, 421",
    "user@localhost:PORT, 421",
    "'', 421"
  })
  void onlyThisMachinesNamesAreAnswered(String host, int expected) throws IOException {
    assertThat(get("/dae4j/state", "Host: " + host + "\n")).startsWith("HTTP/1.1 " + expected);
  }

  @Test
  void aHostIsNamedOnce() throws IOException {
    assertThat(get("/dae4j", "")).startsWith("HTTP/1.1 421");
    assertThat(status("GET /dae4j HTTP/1.0\n\n")).contains(" 421 ");
    assertThat(get("/dae4j", "Host: localhost:PORT\nHost: evil.example\n")).contains(" 421 ");
    assertThat(get("http://evil.example/dae4j")).contains(" 404 ");
  }

  @ParameterizedTest
  @CsvSource({
    "Origin: http://localhost:PORT, 200",
    "Origin: http://127.0.0.1:PORT, 200",
    "Origin: http://evil.example, 403",
    "Origin: https://localhost:PORT, 403",
    "Origin: http://localhost:1, 403",
    "Origin: null, 403",
    "Sec-Fetch-Site: same-origin, 200",
    "Sec-Fetch-Site: none, 200",
    "Sec-Fetch-Site: cross-site, 403",
    "Sec-Fetch-Site: same-site, 403"
  })
  void otherSitesAreNotAnswered(String header, int expected) throws IOException {
    assertThat(get("/dae4j/state", "Host: localhost:PORT\n" + header + "\n"))
        .startsWith("HTTP/1.1 " + expected);
  }

  @ParameterizedTest
  @CsvSource({"/dae4j, document, 200", "/dae4j, iframe, 403", "/setlang/de, document, 403"})
  void otherSitesMayHaveLinks(String path, String destination, int expected) throws IOException {
    String headers =
        "Host: localhost:PORT\nSec-Fetch-Site: cross-site\nSec-Fetch-Mode: navigate\n"
            + "Sec-Fetch-Dest: %s\n".formatted(destination);
    assertThat(get(path, headers)).startsWith("HTTP/1.1 " + expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST",
        "PUT",
        "DELETE",
        "PATCH",
        "OPTIONS",
        "TRACE",
        "CONNECT",
        "PROPFIND",
        "get"
      })
  void onlyReadingIsAllowed(String method) throws IOException {
    for (String path : List.of("/dae4j", "/remoteReceive", "/tsne/upload", "*")) {
      assertThat(status(method + " " + path + " HTTP/1.1\nHost: localhost:PORT\n\n"))
          .isEqualTo("HTTP/1.1 405 Method Not Allowed");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5",
        "Content-Length: 99999999999",
        "Transfer-Encoding: chunked",
        "Content-Length: 5\nExpect: 100-continue",
        "Transfer-Encoding: chunked\nUpgrade: websocket\nConnection: Upgrade"
      })
  void aRequestWithABodyIsRefusedBeforeItIsRead(String headers) throws IOException {
    assertThat(status("GET /dae4j HTTP/1.1\nHost: localhost:PORT\n" + headers + "\n\n"))
        .isEqualTo("HTTP/1.1 413 Request Entity Too Large");
  }

  @Test
  void aRequestOfTwoLengthsIsNotAnswered() throws IOException {
    String lengths = "Host: localhost:PORT\nTransfer-Encoding: chunked\nContent-Length: 0\n";
    assertThat(get("/dae4j", lengths)).matches("HTTP/1.1 4.*|nothing");
    assertThat(get("/dae4j", "Host: localhost:PORT\nContent-Length: 0\nContent-Length: 5\n"))
        .matches("HTTP/1.1 4.*|nothing");
  }

  @Test
  void aPostIsRefusedAndItsConnectionClosed() throws IOException {
    try (Wire wire = new Wire(server)) {
      wire.send("POST /dae4j HTTP/1.1\nHost: localhost\nContent-Length: 1000000000\n\n");
      assertThat(wire.flood(1_000_000_000)).isLessThan(100_000_000);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/assets/webjars/nothing/1/a.js",
        "/assets/nothing.js",
        "/assets/",
        "/assets",
        "/assets/webjars/",
        "/assets/js/train",
        "/assets/js/train/",
        "/assets/../META-INF/MANIFEST.MF",
        "/assets/webjars/../../MANIFEST.MF",
        "/assets/webjars/%2e%2e/%2e%2e/MANIFEST.MF",
        "/assets/webjars/..%2f..%2fMANIFEST.MF",
        "/assets/js/..\\..\\logback-test.xml",
        "/assets//etc/passwd",
        "//assets/img/favicon.ico",
        "/assets/img/./favicon.ico",
        "/assets/.hidden",
        "/assets/img/favicon.ico%00.js",
        "/%",
        "/%zz",
        "/dae4j/filters/none",
        "/dae4j/filters/%F0%9F%98%80",
        "/dae4j/none",
        "/setlang/xx",
        "/setlang/",
        "/train/sessions/set/none",
        "/train/sessions/set/",
        "/train/sessions/set/%00",
        "/train/sessions/set/a%20b",
        "/train/sessions/set/-",
        "/train/sessions/lastUpdate/none",
        "/train/workers/setByIdx/1",
        "/train/workers/setByIdx/-1",
        "/train/workers/setByIdx/99999999999",
        "/train/workers/setByIdx/x",
        "/train/model/data/x",
        "/train/model/data/99999999999",
        "/remoteReceive",
        "/tsne",
        "/samediff",
        "/activations/data",
        "/a;jsessionid=1",
        "nothing"
      })
  void whatIsNotThereIsNotFound(String path) throws IOException {
    assertThat(get(path)).as(path).isEqualTo("HTTP/1.1 404 Not Found");
  }

  @Test
  void anArgumentInTheQueryIsNoArgument() throws IOException {
    assertThat(get("/train/workers/setByIdx/0?to=7&:to=7")).contains(" 200 ");
    assertThat(get("/setlang/en?to=xx")).contains(" 200 ");
    assertThat(get("/dae4j/state?%zz=%")).matches("HTTP/1.1 (200|400) .*");
  }

  @Test
  void aLineOrAHeadThatIsTooLongEndsTheConnection() throws IOException {
    String longName = "a".repeat(100_000);
    assertThat(get("/" + longName)).contains(" 414 ");
    assertThat(get("/dae4j", "Host: localhost:PORT\nX: " + longName + "\n"))
        .matches("HTTP/1.1 (400|413|431) .*");
    assertThat(status("\0\1\2 nonsense\n\n")).matches("HTTP/1.. 400 .*|nothing");
    assertThat(status("GET /dae4j HTTP/2.0\nHost: localhost:PORT\n\n")).doesNotContain(" 200 ");
    assertThat(get("/dae4j", "Host: localhost:PORT\nno colon\n")).doesNotContain(" 500 ");
  }

  @Test
  void headHasTheHeadersOfGetAndNoBody() throws IOException {
    String answer =
        Wire.exchange(
            server,
            "HEAD /dae4j HTTP/1.1\nHost: localhost:%d\nConnection: close\n\n"
                .formatted(server.getPort()));
    assertThat(answer)
        .startsWith("HTTP/1.1 200 OK")
        .contains("content-type: text/html; charset=utf-8", "x-frame-options: DENY")
        .endsWith("\r\n\r\n")
        .doesNotContain("<html");
  }

  @Test
  void requestsInARowAreAnsweredInTheirOrder() throws IOException {
    String head = " HTTP/1.1\nHost: localhost:%d\n".formatted(server.getPort());
    String answer =
        Wire.exchange(
            server,
            "GET /dae4j/live.css%s\nGET /nothing%1$s\nPOST /dae4j%1$s\nGET /dae4j/live.js%1$s\n"
                .formatted(head));
    assertThat(answer.lines().filter(line -> line.startsWith("HTTP/1.1")))
        .containsExactly(
            "HTTP/1.1 200 OK", "HTTP/1.1 404 Not Found", "HTTP/1.1 405 Method Not Allowed");
    assertThat(answer).doesNotContain("use strict");
  }

  @Test
  void aClientThatDoesNotReadIsLeft() throws IOException {
    String request =
        "GET /assets/webjars/jquery/3.4.1/dist/jquery.min.js HTTP/1.1\nHost: localhost:%d\n\n"
            .formatted(server.getPort());
    try (Wire wire = new Wire(server)) {
      long sent = 0;
      try {
        for (; sent < 100_000; sent++) {
          wire.send(request);
        }
      } catch (IOException e) {
        // closed
      }
      assertThat(sent).isLessThan(100_000);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET /dae4j HTT", "GET /dae4j HTTP/1.1\nHost: loc"})
  void aConnectionWithoutARequestIsClosed(String beginning) throws IOException {
    long start = System.nanoTime();
    assertThat(Wire.exchange(server, beginning)).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(PATIENCE.dividedBy(2), PATIENCE.multipliedBy(5));
  }

  @Test
  void aClientThatDripsIsClosedToo() throws Exception {
    try (Wire wire = new Wire(server)) {
      wire.send("GET /dae4j HTTP/1.1\n");
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 50; i++) {
                  wire.send("X: y\n");
                  Thread.sleep(PATIENCE.toMillis() / 4);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void thereAreOnlySoManyConnections() throws Exception {
    List<Wire> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 3 * ConnectionLimits.MOST; i++) {
        idle.add(new Wire(server));
      }
      assertThat(idle.get(idle.size() - 1).rest()).isEmpty();
    } finally {
      for (Wire wire : idle) {
        wire.close();
      }
    }
    Thread.sleep(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/dae4j",
        "/dae4j/live.js",
        "/dae4j/state",
        "/train/overview",
        "/train/overview/data",
        "/assets/css/style.css",
        "/nothing",
        "/assets/nothing.js",
        "/train/sessions/set/none"
      })
  void eachAnswerHasTheHeadersOfSafety(String path) throws IOException, InterruptedException {
    Map<String, List<String>> headers = site.get(path).headers().map();
    assertThat(headers)
        .containsEntry("x-content-type-options", List.of("nosniff"))
        .containsEntry("x-frame-options", List.of("DENY"))
        .containsEntry("referrer-policy", List.of("no-referrer"))
        .containsEntry("cross-origin-resource-policy", List.of("same-origin"))
        .containsEntry("cross-origin-opener-policy", List.of("same-origin"))
        .containsKeys("content-type", "cache-control", "content-security-policy")
        .doesNotContainKey("access-control-allow-origin");
    assertThat(headers.get("content-security-policy").get(0))
        .startsWith("default-src 'none'; ")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe-eval")
        .doesNotContain("script-src 'self' 'unsafe-inline'");
  }

  @Test
  void ourPageHasNothingInline() throws IOException, InterruptedException {
    assertThat(site.get("/dae4j").headers().firstValue("content-security-policy").orElseThrow())
        .doesNotContain("unsafe", "sha256");
    assertThat(new String(site.get("/dae4j").body()))
        .doesNotContain("<script>", "style=", "<style", "onclick", "javascript:");
  }

  @Test
  void reportsOverTheNetworkAreNotTaken() {
    assertThatThrownBy(() -> UIServer.getInstance().enableRemoteListener())
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageStartingWith("the training pages take no reports over the network");
  }
}
