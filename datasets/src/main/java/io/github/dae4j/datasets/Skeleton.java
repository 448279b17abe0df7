package io.github.dae4j.datasets;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One way to write a digit, as the points the pen passes through; the forms are in {@code
 * digits.txt}.
 *
 * @param weight how often this form is chosen, relative to the others of its digit
 */
record Skeleton(int digit, int weight, List<Stroke> strokes) {

  /**
   * What is drawn without lifting the pen.
   *
   * @param x rightwards, about 0 to 6
   * @param y downwards, about 0 to 10
   * @param corner where the pen turns sharply
   */
  record Stroke(double[] x, double[] y, boolean[] corner) {}

  private static final List<List<Skeleton>> BY_DIGIT = read("digits.txt");

  /** The forms of a digit. */
  static List<Skeleton> of(int digit) {
    return BY_DIGIT.get(digit);
  }

  private static List<List<Skeleton>> read(String resource) {
    List<List<Skeleton>> byDigit = new ArrayList<>();
    for (int digit = 0; digit < 10; digit++) {
      byDigit.add(new ArrayList<>());
    }
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Skeleton.class.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
      lines
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(Skeleton::parse)
          .forEach(form -> byDigit.get(form.digit).add(form));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return byDigit;
  }

  private static Skeleton parse(String line) {
    String[] fields = line.split(" ", 3);
    List<Stroke> strokes =
        Arrays.stream(fields[2].split(" / ")).map(Skeleton::parseStroke).toList();
    return new Skeleton(Integer.parseInt(fields[0]), Integer.parseInt(fields[1]), strokes);
  }

  private static Stroke parseStroke(String text) {
    String[] points = text.trim().split(" +");
    double[] x = new double[points.length];
    double[] y = new double[points.length];
    boolean[] corner = new boolean[points.length];
    for (int i = 0; i < points.length; i++) {
      String[] point = points[i].replace("!", "").split(",");
      x[i] = Double.parseDouble(point[0]);
      y[i] = Double.parseDouble(point[1]);
      corner[i] = points[i].endsWith("!");
    }
    return new Stroke(x, y, corner);
  }
}
