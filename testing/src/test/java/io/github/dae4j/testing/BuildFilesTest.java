package io.github.dae4j.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the poms of the modules have to agree about. */
class BuildFilesTest {

  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  @Test
  void theBomNamesEveryModuleThatIsPublished() throws IOException {
    List<String> published = new ArrayList<>();
    for (String module : pom("pom.xml").texts("module")) {
      Markup pom = pom(module + "/pom.xml");
      boolean isPublished =
          !module.equals("bom") && !pom.texts("maven.deploy.skip").contains("true");
      if (isPublished) {
        published.add(artifact(pom));
      }
    }
    Markup bom = pom("bom/pom.xml");
    List<String> named =
        bom.texts("artifactId").stream().filter(id -> !id.endsWith("bom")).toList();
    assertThat(named).containsExactlyInAnyOrderElementsOf(published).hasSizeGreaterThan(3);
    assertThat(bom.texts("version").get(0)).isEqualTo(pom("pom.xml").texts("version").get(0));
    assertThat(bom.all("parent")).isEmpty();
  }

  @Test
  void everyModuleHasAModuleNameOfItsOwn() throws IOException {
    TreeMap<String, String> names = new TreeMap<>();
    List<String> modules =
        pom("pom.xml").texts("module").stream().filter(m -> !m.equals("bom")).toList();
    for (String module : modules) {
      List<String> name = pom(module + "/pom.xml").texts("module.name");
      assertThat(name).as(module).hasSize(1);
      names.put(name.get(0), module);
    }
    assertThat(names).hasSameSizeAs(modules);
  }

  /** SECURITY.md has a row for each version that replaces one of DL4J's, and the version is so. */
  @Test
  void replacedVersionsAreListedWithTheirReasons() throws IOException {
    Map<String, String> replaced = new TreeMap<>();
    Matcher row =
        Pattern.compile("(?m)^\\| ([^|]+) \\| [^|]+ \\| ([\\w.]+) \\| [^|]{10,} \\|$")
            .matcher(Files.readString(ROOT.resolve("SECURITY.md")));
    while (row.find()) {
      for (String artifact : row.group(1).split(", ")) {
        replaced.put(artifact, row.group(2));
      }
    }
    String pom = Files.readString(ROOT.resolve("pom.xml"));
    Map<String, String> inPom = new TreeMap<>();
    Matcher dependency =
        Pattern.compile("<artifactId>([^<]+)</artifactId>\\s*<version>([^<]+)</version>")
            .matcher(pom);
    while (dependency.find()) {
      inPom.putIfAbsent(dependency.group(1).replace("netty-bom", "netty"), dependency.group(2));
    }
    assertThat(replaced).hasSizeGreaterThan(15);
    replaced.forEach(
        (artifact, version) -> {
          String set = inPom.get(artifact);
          assertThat(set).as(artifact).isNotNull();
          boolean isProperty = set.startsWith("${");
          assertThat(isProperty ? property(pom, set) : set).as(artifact).isEqualTo(version);
        });
    String newer = pom.substring(pom.indexOf("Newer releases of what DL4J brings"));
    Matcher override =
        Pattern.compile("<artifactId>([^<]+)</artifactId>")
            .matcher(newer.substring(0, newer.indexOf("</dependencies>")));
    while (override.find()) {
      assertThat(replaced).containsKey(override.group(1));
    }
  }

  private static String property(String pom, String reference) {
    String name = reference.substring(2, reference.length() - 1);
    Matcher property = Pattern.compile("<" + name + ">([^<]+)</").matcher(pom);
    assertThat(property.find()).as(name).isTrue();
    return property.group(1);
  }

  @Test
  void aReleaseListsItsComponents() throws IOException {
    String pom = Files.readString(ROOT.resolve("pom.xml"));
    String release = pom.substring(pom.indexOf("<id>release</id>"));
    assertThat(release.substring(0, release.indexOf("</profile>")))
        .contains("cyclonedx-maven-plugin", "<goal>makeBom</goal>", "<includeTestScope>false");
  }

  /**
   * {@code -Pdemo} resolves what tests depend on, too. A profile of that name in the same pom turns
   * off the one with ONNX Runtime, which is active by default.
   */
  @Test
  void theDemoDoesNotDownloadOnnxRuntime() throws IOException {
    List<String> profiles =
        pom("stacked/pom.xml").texts("profile").stream().map(String::strip).toList();
    assertThat(profiles).contains("demo");
    assertThat(profiles)
        .filteredOn(profile -> profile.contains("onnxruntime"))
        .singleElement()
        .satisfies(profile -> assertThat(profile).startsWith("onnx-runtime").contains("true"));
    String stacked = Files.readString(ROOT.resolve("stacked/pom.xml"));
    assertThat(stacked.substring(0, stacked.indexOf("<profiles>"))).doesNotContain("onnxruntime");
  }

  private static String artifact(Markup pom) {
    return pom.texts("artifactId").stream()
        .filter(id -> !id.equals("dae4j-parent"))
        .findFirst()
        .orElseThrow();
  }

  private static Markup pom(String file) throws IOException {
    return Markup.of(Files.readString(ROOT.resolve(file)));
  }
}
