package io.github.dae4j.benchmarks;

import java.util.Locale;

/** What a main measured, for a script to read: a line of standard output with a key and a value. */
final class Measured {

  private Measured() {}

  static void print(String key, double value) {
    System.out.printf(Locale.ROOT, "%s %.6g%n", key, value);
  }

  static void print(String key, long value) {
    System.out.println(key + " " + value);
  }

  static void print(String key, String value) {
    System.out.println(key + " " + value);
  }
}
