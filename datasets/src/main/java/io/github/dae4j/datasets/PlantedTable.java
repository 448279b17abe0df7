package io.github.dae4j.datasets;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Made-up readings of a pump, which hang together, and a few rows in which they do not: one cell
 * has the value of another row, so that it is in the range of its column and wrong in its row.
 *
 * @param values [rows, columns] FLOAT
 * @param planted for each row the column with the wrong cell, or -1
 */
public record PlantedTable(List<String> columns, INDArray values, int[] planted) {

  /** One row in so many is planted. */
  public static final int ROWS_FOR_ONE = 100;

  private static final List<String> COLUMNS =
      List.of(
          "load %",
          "speed rpm",
          "power kW",
          "current A",
          "ambient C",
          "motor C",
          "vibration mm/s",
          "valve %",
          "flow m3/h",
          "pressure bar");

  /** How far a planted value is from the right one, in the column's standard deviations. */
  private static final double LEAST_SHIFT = 1.5;

  /**
   * Makes a table; in each hundred rows, one is planted.
   *
   * @throws IllegalArgumentException unless rows is at least 100
   */
  public static PlantedTable make(int rows, long seed) {
    if (rows < ROWS_FOR_ONE) {
      throw new IllegalArgumentException(
          "PlantedTable rows must be >= %d, got %d".formatted(ROWS_FOR_ONE, rows));
    }
    Random random = new Random(seed);
    float[][] values = new float[rows][];
    for (int row = 0; row < rows; row++) {
      values[row] = reading(random);
    }
    int[] planted = plant(values, random);
    return new PlantedTable(COLUMNS, Nd4j.createFromArray(values), planted);
  }

  /** Load, valve and ambient temperature are free, all else follows. */
  private static float[] reading(Random random) {
    double load = 0.2 + 0.8 * random.nextDouble();
    double speed = 0.5 * load + 0.5 * random.nextDouble();
    double ambient = 20 + 6 * random.nextGaussian();
    double valve = 0.3 + 0.7 * random.nextDouble();
    double power = 40 * load * (0.4 + 0.6 * speed);
    double[] exact = {
      100 * load,
      600 + 900 * speed,
      power,
      2.6 * power,
      ambient,
      ambient + 1.1 * power,
      0.5 + 4 * speed * speed,
      100 * valve,
      60 * speed * valve,
      6 * speed * speed * (1.3 - valve)
    };
    double[] noise = {1, 8, 0.3, 1, 0.3, 0.8, 0.12, 1, 0.8, 0.1};
    float[] measured = new float[exact.length];
    for (int column = 0; column < measured.length; column++) {
      measured[column] = (float) (exact[column] + noise[column] * random.nextGaussian());
    }
    return measured;
  }

  private static int[] plant(float[][] values, Random random) {
    double[] leastShift =
        IntStream.range(0, COLUMNS.size())
            .mapToDouble(column -> LEAST_SHIFT * deviation(values, column))
            .toArray();
    int[] planted = new int[values.length];
    Arrays.fill(planted, -1);
    for (int first = 0; first + ROWS_FOR_ONE <= values.length; first += ROWS_FOR_ONE) {
      int row = first + random.nextInt(ROWS_FOR_ONE);
      int column = random.nextInt(COLUMNS.size());
      float right = values[row][column];
      while (!(Math.abs(values[row][column] - right) >= leastShift[column])) {
        values[row][column] = values[random.nextInt(values.length)][column];
      }
      planted[row] = column;
    }
    return planted;
  }

  private static double deviation(float[][] values, int column) {
    double mean = Arrays.stream(values).mapToDouble(row -> row[column]).average().orElseThrow();
    return Math.sqrt(
        Arrays.stream(values)
            .mapToDouble(row -> (row[column] - mean) * (row[column] - mean))
            .average()
            .orElseThrow());
  }

  /** Whether each row is planted. */
  public boolean[] isPlanted() {
    boolean[] flags = new boolean[planted.length];
    for (int row = 0; row < flags.length; row++) {
      flags[row] = planted[row] >= 0;
    }
    return flags;
  }
}
