package io.github.dae4j.cli.command;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import picocli.CommandLine.IVersionProvider;

/** Which program this is. */
public final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "dae4j " + (version == null ? "(not from a jar)" : version),
      "Java ${java.version} (${java.vm.name}), ${os.name} ${os.arch}"
    };
  }

  /** What one types to run this program, as {@code java -jar examples/target/dae4j.jar}. */
  static String program() {
    CodeSource source = Version.class.getProtectionDomain().getCodeSource();
    if (source == null || !source.getLocation().getPath().endsWith(".jar")) {
      return "dae4j";
    }
    try {
      Path jar = Path.of(source.getLocation().toURI());
      Path here = Path.of("").toAbsolutePath();
      return "java -jar " + (jar.startsWith(here) ? here.relativize(jar) : jar);
    } catch (URISyntaxException e) {
      return "dae4j";
    }
  }
}
