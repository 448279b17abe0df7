package io.github.dae4j.cli.config;

import io.github.dae4j.cli.config.Form.AutoForm;
import io.github.dae4j.cli.config.Form.FlagForm;
import io.github.dae4j.cli.config.Form.MapForm;
import io.github.dae4j.cli.config.NumberForm.Interval;
import io.github.dae4j.cli.config.RecordForm.Key;
import io.github.dae4j.stacked.table.TableModel;
import java.nio.file.Path;
import java.util.Map;

/**
 * Everything that determines the training of a table's model, as a configuration file says it.
 *
 * @param seed of everything that is drawn
 * @param threads of the CPU, null where the file leaves it to who runs it
 */
public record TableConfiguration(
    long seed, TableData data, ModelConfiguration model, Integer threads) implements Configuration {

  static final RecordForm<TableConfiguration> FORM =
      RecordForm.of(
          TableConfiguration.class,
          Key.withDefault("seed", NumberForm.seed(), 1L),
          Key.required("data", TableData.FORM),
          Key.withDefault("model", ModelConfiguration.FORM, ModelConfiguration.DEFAULT),
          Key.optional("threads", NumberForm.whole(Interval.THREADS)));

  public TableConfiguration {
    FORM.check(seed, data, model, threads);
  }

  /** The same with the whole path of its file, so that it can be read from anywhere. */
  public TableConfiguration located() {
    if (!(data instanceof TableData.File file) || file.locations().isEmpty()) {
      return this;
    }
    TableData.File whole =
        new TableData.File(
            Path.of(file.table()).toAbsolutePath().normalize().toString(),
            file.label(),
            file.columns(),
            file.missing(),
            file.separator(),
            file.decimal(),
            file.header(),
            file.encoding());
    return new TableConfiguration(seed, whole, model, threads);
  }

  /** What trains the model. */
  public TableModel.Builder builder() {
    TableModel.Builder builder =
        TableModel.builder().contamination(model.contamination()).seed(seed);
    if (data.columns() != null) {
      data.columns().forEach(builder::column);
    }
    if (data.label() != null) {
      builder.label(data.label());
    }
    if (model.units() != null) {
      builder.units(model.units());
    }
    if (model.updates() != null) {
      builder.updates(model.updates());
    }
    if (model.corruption() != null) {
      builder.corruption(model.corruption());
    }
    if (model.columnCorruption() != null) {
      model.columnCorruption().forEach(builder::corruption);
    }
    return model.detector() ? builder : builder.withoutDetector();
  }

  /** Without passwords. */
  @Override
  public String toYaml() {
    TableData shown =
        data instanceof TableData.Query query
            ? new TableData.Query(
                Secrets.removed(query.jdbc()),
                query.query(),
                query.label(),
                query.columns(),
                query.missing())
            : data;
    return YamlWriter.document(FORM.write(new TableConfiguration(seed, shown, model, threads)));
  }

  /**
   * The model of a table.
   *
   * @param units of a code; null, as below, for what suits the table
   * @param corruption the probability that a cell gets another row's value
   * @param columnCorruption that of some columns
   * @param updates minibatches that the network learns from
   * @param contamination the share of rows that is flagged
   * @param detector whether rows can be scored
   */
  public record ModelConfiguration(
      Integer units,
      Double corruption,
      Map<String, Double> columnCorruption,
      Integer updates,
      double contamination,
      boolean detector) {

    static final RecordForm<ModelConfiguration> FORM =
        RecordForm.of(
            ModelConfiguration.class,
            Key.auto("units", new AutoForm<>(NumberForm.whole(Interval.COUNT))),
            Key.auto("corruption", new AutoForm<>(NumberForm.decimal(Interval.BELOW_ONE))),
            Key.optional(
                "column-corruption", new MapForm<>(NumberForm.decimal(Interval.BELOW_ONE))),
            Key.auto("updates", new AutoForm<>(NumberForm.whole(Interval.COUNT))),
            Key.withDefault("contamination", NumberForm.decimal(Interval.UP_TO_HALF), 0.01),
            Key.withDefault("detector", new FlagForm(), true));

    public static final ModelConfiguration DEFAULT = FORM.ofDefaults();

    public ModelConfiguration {
      FORM.check(units, corruption, columnCorruption, updates, contamination, detector);
      columnCorruption = columnCorruption == null ? null : Form.inOrder(columnCorruption);
    }
  }
}
