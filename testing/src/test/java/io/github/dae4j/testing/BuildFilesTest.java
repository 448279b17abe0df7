package io.github.dae4j.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
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
