package io.github.dae4j.cli.backend;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Which of the backends on the class path is used, and those before it that cannot run here. */
record BackendChoice(Candidate chosen, List<Refused> refused) {

  /** A backend by its class; {@code problem}, asked once, is empty if it can run. */
  record Candidate(String className, int priority, Supplier<Optional<String>> problem) {

    String name() {
      String simple = className.substring(className.lastIndexOf('.') + 1);
      return switch (simple) {
        case "CpuBackend" -> "CPU";
        case "JCublasBackend" -> "CUDA";
        default -> simple;
      };
    }
  }

  /** A backend that cannot run, and why. */
  record Refused(String name, String problem) {
    @Override
    public String toString() {
      return name + " (" + problem + ")";
    }
  }

  /**
   * The candidate of highest priority that can run, as ND4J chooses.
   *
   * @throws BackendException saying what is missing, if there is none
   */
  static BackendChoice among(List<Candidate> candidates) {
    if (candidates.isEmpty()) {
      throw new BackendException(
          "No ND4J backend is on the class path: add org.nd4j:nd4j-native with this host's natives");
    }
    List<Refused> refused = new ArrayList<>();
    for (Candidate candidate : byPriority(candidates)) {
      Optional<String> problem = candidate.problem().get();
      if (problem.isEmpty()) {
        return new BackendChoice(candidate, List.copyOf(refused));
      }
      refused.add(new Refused(candidate.name(), problem.get()));
    }
    throw new BackendException(
        "No ND4J backend on the class path can run here: "
            + names(refused)
            + "; add org.nd4j:nd4j-native with this host's natives to run on the CPU");
  }

  /** One line if a backend of higher priority could not run. */
  Optional<String> fallback() {
    return refused.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "ND4J backend %s cannot run here; the %s backend takes over"
                .formatted(names(refused), chosen.name()));
  }

  private static List<Candidate> byPriority(List<Candidate> candidates) {
    return candidates.stream()
        .sorted(Comparator.comparingInt(Candidate::priority).reversed())
        .toList();
  }

  private static String names(List<Refused> refused) {
    return refused.stream().map(Refused::toString).collect(Collectors.joining(", "));
  }
}
