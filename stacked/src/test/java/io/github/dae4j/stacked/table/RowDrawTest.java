package io.github.dae4j.stacked.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is learnt from some of many rows is learnt of all kinds, however these take turns. */
class RowDrawTest {

  @Test
  void drawsSoManyInTheirOrderByTheSeed() {
    int[] rows = IntStream.range(0, 2000).toArray();
    int[] drawn = RowDraw.of(rows, 1000, 1);
    assertThat(drawn).hasSize(1000).isSorted().doesNotHaveDuplicates();
    assertThat(drawn).isEqualTo(RowDraw.of(rows, 1000, 1)).isNotEqualTo(RowDraw.of(rows, 1000, 2));
    assertThat(IntStream.of(drawn).filter(row -> row % 2 == 0).count()).isBetween(450L, 550L);
    assertThat(IntStream.of(drawn).filter(row -> row < 1000).count()).isBetween(450L, 550L);
    assertThat(RowDraw.of(rows, 2000, 1)).isEqualTo(rows);
    assertThat(RowDraw.of(rows, 2001, 1)).isEqualTo(rows);
    assertThat(RowDraw.of(rows, 0, 1)).isEmpty();
  }

  @Test
  void scalesOfColumnsWhoseRowsTakeTurns() {
    int n = 2 * TableDefaults.MOST_CELLS_FOR_SCALES;
    Table table =
        Table.of(
            List.of("pressure", "seldom"),
            IntStream.range(0, n)
                .mapToObj(row -> List.of(row % 2 == 0 ? "1" : "101", row == n - 1 ? "7" : ""))
                .toList());
    TableSchema schema =
        new TableSchema(
            List.of(new NumericColumn("pressure"), new NumericColumn("seldom")), List.of(""));
    ScaleFitting.Fitted fitted = new ScaleFitting(table, schema, 1).fit();
    assertThat(fitted.scales().get("pressure").mean()).isCloseTo(51, within(1.0));
    assertThat(fitted.scales().get("pressure").standardDeviation()).isCloseTo(50, within(0.1));
    assertThat(fitted.scales().get("seldom")).isEqualTo(new Scale(7, 0));
    assertThat(fitted.ranges().get("pressure")).isEqualTo(new ScaleFitting.Range(1, 101));
    assertThat(fitted).isEqualTo(new ScaleFitting(table, schema, 1).fit());
  }

  @Test
  void deviationsOfUnitsWhoseRowsTakeTurns() {
    DenoisingNet net =
        new DenoisingNet(
            new float[][] {{1}}, new float[] {0}, new float[][] {{1}}, new float[] {0});
    float[][] rows = new float[10_000][];
    Arrays.setAll(rows, row -> new float[] {row % 2 == 0 ? 1 : 5});
    float[] factors = CodeScaling.of(net, rows, 1).factors();
    assertThat(factors[0]).isCloseTo(0.5f, within(0.01f));
  }

  @Test
  void labelsSpreadOverRowsOfAllKinds() {
    Random random = new Random(1);
    float[][] rows = new float[8000][];
    Arrays.setAll(rows, row -> new float[] {(row < 6000 ? -5 : 5) + (float) random.nextGaussian()});
    double[] targets = new double[rows.length];
    Arrays.fill(targets, Double.NaN);
    targets[0] = 0;
    targets[7999] = 1;
    LabelSpreading spreading = LabelSpreading.fit(rows, targets, 2, 1);
    assertThat(Arrays.stream(spreading.rows()).filter(row -> row[0] > 0).count())
        .isBetween(1100L, 1400L);
  }

  /** As many as there are nearest rows, times two: every second would be of one kind. */
  @Test
  void nearestRowsOfKindsThatTakeTurns() {
    List<List<String>> rows =
        IntStream.range(0, 2000)
            .mapToObj(row -> List.of(row % 2 == 0 ? "treated" : "control", "" + row % 7))
            .toList();
    TableModel model =
        TableModel.builder()
            .withoutDetector()
            .updates(1)
            .units(4)
            .fit(Table.of(List.of("arm", "dose"), rows));
    float[][] near = ((FittedNetworks) model.networks()).net().near().rows();
    assertThat(near).hasNumberOfRows(1000);
    assertThat(Arrays.stream(near).filter(row -> row[0] == 1).count()).isBetween(450L, 550L);
  }
}
