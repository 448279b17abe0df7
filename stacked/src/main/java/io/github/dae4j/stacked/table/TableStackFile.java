package io.github.dae4j.stacked.table;

import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.io.IOException;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** What a table model of a stack keeps in the file of the stack, as JSON without arrays. */
final class TableStackFile {

  /** By which it is told from the models whose networks were fitted to their table. */
  static final int VERSION = 2;

  private record Content(
      @JsonProperty(required = true) int version,
      @JsonProperty(required = true) ModelColumns columns,
      @JsonProperty(required = true) double contamination,
      @JsonProperty(required = true) double[] usual,
      @JsonProperty(required = true) double sum,
      @JsonProperty(required = true) double[] scores,
      LabelUnits label) {}

  private TableStackFile() {}

  static byte[] bytes(TableModel model, StackNetworks networks) throws IOException {
    Content content =
        new Content(
            VERSION,
            model.modelColumns(),
            model.contamination(),
            networks.usual().ofColumns(),
            networks.usual().sum(),
            TableModelFile.few(networks.scores()),
            networks.label());
    return new ModelArrays.Writer().bytes(TableFile.MAPPER.writeValueAsBytes(content));
  }

  static TableModel model(byte[] json, StackedDenoisingAutoEncoder stack) throws IOException {
    Content content = TableModelFile.content(json, Content.class);
    int columns = content.columns().inputs().size();
    if (content.usual().length != columns) {
      throw new IOException("its usual errors are of other columns");
    }
    TableModelFile.requireContamination(content.contamination());
    TableModelFile.requireFinite("usual errors", content.usual());
    TableModelFile.requirePositive("usual errors", content.usual());
    TableModelFile.requireFinite("usual sum", content.sum());
    TableModelFile.requirePositive("usual sum", content.sum());
    double[] scores = TableModelFile.sorted(content.scores());
    StackNetworks networks =
        StackNetworks.of(
            content.columns().table().schema(),
            stack,
            new UsualErrors(content.usual(), content.sum()),
            scores,
            content.label());
    return new TableModel(content.columns(), networks, content.contamination());
  }
}
