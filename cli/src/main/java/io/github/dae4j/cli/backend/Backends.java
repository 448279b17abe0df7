package io.github.dae4j.cli.backend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.common.config.ND4JSystemProperties;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.Nd4jBackend;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the ND4J backend of this process, says which it is, and gives it its threads. */
public final class Backends {

  /**
   * On minibatches of 20 examples a second thread gains little on idle cores and loses much on busy
   * ones, where the two spin for each other.
   */
  public static final int DEFAULT_THREADS = 1;

  /** OpenMP and OpenBLAS end the process by a signal where there are many more. */
  public static final int MOST_THREADS = 256;

  private static final String OPEN_MP_THREADS = "OMP_NUM_THREADS";

  private static final Logger log = LoggerFactory.getLogger(Backends.class);

  private static BackendChoice choice;

  private Backends() {}

  /**
   * Starts ND4J with {@code threads} CPU threads and logs backend, devices, BLAS and threads; warns
   * if the CPU took over from CUDA, or a CUDA device cannot run the kernels.
   *
   * @return what it logged
   * @throws BackendException if no backend on the class path can run here
   */
  public static String start(int threads) {
    String description = startQuietly(threads);
    log.info(description);
    return description;
  }

  /** As {@link #start}, but logs warnings alone. */
  public static String startQuietly(int threads) {
    useThreads(threads);
    choice.fallback().ifPresent(log::warn);
    Backend backend =
        Backend.of(Nd4j.getExecutioner().getEnvironmentInformation(), Threads.current());
    backend.warnings().forEach(log::warn);
    return backend.description();
  }

  /**
   * Sets the CPU backend's threads for the whole process, OpenMP's for the calling thread; on CUDA
   * nothing changes.
   *
   * @return the threads before, whose {@link Threads#use()} brings them back
   */
  public static Threads useThreads(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, got " + threads);
    }
    load();
    Threads before = Threads.current();
    new Threads(threads, threads, threads).use();
    return before;
  }

  private static synchronized void load() {
    if (choice != null) {
      return;
    }
    requireNumber(OPEN_MP_THREADS, System.getenv(OPEN_MP_THREADS));
    BlasKernels.choose();
    if (System.getProperty(ND4JSystemProperties.LOG_INITIALIZATION) == null) {
      System.setProperty(ND4JSystemProperties.LOG_INITIALIZATION, "false");
    }
    BackendChoice made =
        BackendChoice.among(
            ND4JClassLoading.loadService(Nd4jBackend.class).stream()
                .map(ServiceLoader.Provider::get)
                .map(Backends::candidate)
                .toList());
    if (made.refused().isEmpty()) {
      initialise(made);
    } else {
      initialiseWithout(made);
    }
    choice = made;
  }

  /** ND4J's own message says nothing of the variable. */
  static void requireNumber(String variable, String value) {
    boolean isBad = value != null && !value.strip().matches("[1-9]\\d{0,2}");
    if (isBad || value != null && Integer.parseInt(value.strip()) > MOST_THREADS) {
      throw new BackendException(
          "%s in the environment must be in [1, %d], got %s"
              .formatted(variable, MOST_THREADS, value));
    }
  }

  private static BackendChoice.Candidate candidate(Nd4jBackend backend) {
    return new BackendChoice.Candidate(
        backend.getClass().getName(), backend.getPriority(), () -> problem(backend));
  }

  private static Optional<String> problem(Nd4jBackend backend) {
    try {
      return backend.canRun() ? Optional.empty() : Optional.of("it does not say why");
    } catch (RuntimeException | LinkageError e) {
      return Optional.of(rootMessage(e));
    }
  }

  private static void initialise(BackendChoice made) {
    try {
      Nd4j.getBackend();
    } catch (ExceptionInInitializerError | NoClassDefFoundError e) {
      throw new BackendException(
          "ND4J did not start on its %s backend: %s"
              .formatted(made.chosen().name(), rootMessage(e)),
          e);
    }
  }

  /**
   * Initialises ND4J where it sees the chosen backend alone; on its own it would come to the same
   * choice, but print a stack trace for each backend that cannot run.
   */
  private static void initialiseWithout(BackendChoice made) {
    ClassLoader all = ND4JClassLoading.getNd4jClassloader();
    try {
      Path services = Files.createTempFile("backend", null);
      try {
        Files.write(services, List.of(made.chosen().className()));
        ND4JClassLoading.setNd4jClassloader(new SingleBackendLoader(all, services));
        initialise(made);
      } finally {
        ND4JClassLoading.setNd4jClassloader(all);
        Files.delete(services);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The message of the first cause, without the path of the library that could not be linked. */
  static String rootMessage(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null
        ? root.toString()
        : root.getMessage().replaceFirst("^/[^:]+: (?=[^ ]+: )", "");
  }

  /** The parent's classes and resources, but {@code services} as the only list of ND4J backends. */
  static final class SingleBackendLoader extends ClassLoader {

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
}
