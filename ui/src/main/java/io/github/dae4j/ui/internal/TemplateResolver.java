package io.github.dae4j.ui.internal;

import java.io.File;
import java.io.InputStream;
import java.util.function.Supplier;
import org.nd4j.common.resources.Resolver;

/**
 * Keeps DL4J from copying page templates into the temporary directory while its training module is
 * constructed. The module asks for a template's file, and uses no more than the name of its folder,
 * because {@code TrainingPages} renders the pages itself. ND4J finds this class through {@code
 * META-INF/services}; outside {@link #withoutCopies} it resolves nothing.
 */
public final class TemplateResolver implements Resolver {

  private static final int BEFORE_OTHERS = 0;
  private static final String TEMPLATES = "templates/Training";
  private static final ThreadLocal<Boolean> ACTIVE = ThreadLocal.withInitial(() -> false);

  /** Constructs what asks for templates, on this thread. */
  public static <T> T withoutCopies(Supplier<T> construction) {
    ACTIVE.set(true);
    try {
      return construction.get();
    } finally {
      ACTIVE.remove();
    }
  }

  @Override
  public int priority() {
    return BEFORE_OTHERS;
  }

  @Override
  public boolean exists(String path) {
    return ACTIVE.get() && path.startsWith(TEMPLATES);
  }

  /** A name in a folder that exists everywhere. */
  @Override
  public File asFile(String path) {
    return new File(System.getProperty("java.home"), new File(path).getName());
  }

  @Override
  public boolean directoryExists(String path) {
    return false;
  }

  @Override
  public InputStream asStream(String path) {
    throw new UnsupportedOperationException("templates are named, not read: " + path);
  }

  @Override
  public void copyDirectory(String path, File destination) {
    throw new UnsupportedOperationException("templates are named, not copied: " + path);
  }

  @Override
  public boolean hasLocalCache() {
    return false;
  }

  @Override
  public File localCacheRoot() {
    return null;
  }

  @Override
  public String normalizePath(String path) {
    return path;
  }
}
