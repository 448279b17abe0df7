package io.github.dae4j.cli.backend;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.nd4j.linalg.factory.Nd4jBackend;

/** The parent's classes and resources, but {@code services} as the only list of ND4J backends. */
final class SingleBackendLoader extends ClassLoader {

  private static final String LISTS = "META-INF/services/" + Nd4jBackend.class.getName();

  private final Path services;

  SingleBackendLoader(ClassLoader parent, Path services) {
    super(parent);
    this.services = services;
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return name.equals(LISTS)
        ? Collections.enumeration(List.of(services.toUri().toURL()))
        : super.getResources(name);
  }
}
