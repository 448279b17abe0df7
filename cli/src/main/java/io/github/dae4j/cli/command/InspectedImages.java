package io.github.dae4j.cli.command;

import io.github.dae4j.cli.console.Console;
import io.github.dae4j.cli.experiment.Experiment;
import io.github.dae4j.datasets.ImageSet;
import io.github.dae4j.datasets.ImageShape;
import io.github.dae4j.datasets.Splits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What training would make of images; what --json says of them.
 *
 * @param classes how many images each has, empty without classes
 * @param validation how many choose the best parameters, 0 where those trained on do
 * @param test how many measure the result, 0 where those trained on do
 */
record InspectedImages(
    String data,
    int images,
    int height,
    int width,
    int channels,
    Map<String, Integer> classes,
    int train,
    int validation,
    int test) {

  static InspectedImages of(Splits splits) {
    ImageSet train = splits.train();
    boolean hasValidation = splits.validation() != null && splits.validation() != train;
    boolean hasTest = splits.test() != splits.validation() && splits.test() != train;
    Map<String, Integer> classes = new LinkedHashMap<>();
    train.classes().forEach(name -> classes.put(name, 0));
    count(train, classes);
    if (hasValidation) {
      count(splits.validation(), classes);
    }
    if (hasTest) {
      count(splits.test(), classes);
    }
    int validation = hasValidation ? splits.validation().size() : 0;
    int test = hasTest ? splits.test().size() : 0;
    ImageShape shape = train.shape();
    return new InspectedImages(
        splits.name(),
        train.size() + validation + test,
        shape.height(),
        shape.width(),
        shape.channels(),
        classes,
        train.size(),
        validation,
        test);
  }

  private static void count(ImageSet images, Map<String, Integer> classes) {
    for (int label : images.labels()) {
      classes.merge(images.classes().get(label), 1, Integer::sum);
    }
  }

  /** With every setting; trains the same model as the images alone. */
  static String yaml(Experiment experiment) {
    return "# How %s is learnt. Edit it, then: dae4j train THIS.yaml\n%s"
        .formatted(
            experiment.digits().name().replaceAll("[\\s\\p{Cntrl}]", " "),
            experiment.configuration().toYaml().stripTrailing());
  }

  void print(Console console) {
    console.line(
        "%s: %,d images of %d x %d pixels (height x width)%s",
        data, images, height, width, channels == 3 ? " in colour" : " in grey");
    console.line(
        "  classes %s",
        classes.isEmpty()
            ? "none: trained without labels"
            : classes.entrySet().stream()
                .map(entry -> "'%s' (%,d)".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", ")));
    List<String> uses =
        List.of(
            "%,d are trained on".formatted(train),
            validation == 0
                ? "the same choose the best parameters"
                : "%,d choose the best parameters".formatted(validation),
            test == 0 ? "and measure the result" : "%,d measure the result".formatted(test));
    console.line("  %s", String.join(", ", uses));
  }
}
