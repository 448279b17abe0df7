package io.github.dae4j.stacked.table;

import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;

/**
 * The networks that {@link TableFitting} fits to a table.
 *
 * @param stack that the net was trained as
 * @param detector null for none
 * @param head null for none
 */
record FittedNetworks(
    StackedDenoisingAutoEncoder stack, TableNet net, RowDetector detector, LabelHead head)
    implements RowNetworks {

  @Override
  public int codeLength() {
    return net.net().hidden();
  }

  @Override
  public float[] encode(float[] row) {
    return net.encode(row);
  }

  @Override
  public float[] expected(float[] row) {
    return net.expected(row);
  }

  @Override
  public boolean hasDetector() {
    return detector != null;
  }

  @Override
  public double[] contributions(EncodedRow row) {
    return detector.contributions(row);
  }

  @Override
  public double threshold(double contamination) {
    return detector.threshold(contamination);
  }

  @Override
  public LabelUnits label() {
    return head == null ? null : head.units();
  }

  @Override
  public float[] told(float[] row) {
    return head.told().output(net.filled(row), head.units().outputs());
  }
}
