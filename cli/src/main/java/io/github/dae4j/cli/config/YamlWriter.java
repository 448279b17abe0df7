package io.github.dae4j.cli.config;

import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Scalars, lists and maps as YAML text. */
final class YamlWriter {

  private YamlWriter() {}

  /** A document of many lines. */
  static String document(Object tree) {
    return dump(tree, FlowStyle.BLOCK);
  }

  /** A value on one line. */
  static String inline(Object tree) {
    return dump(tree, FlowStyle.FLOW).strip();
  }

  private static String dump(Object tree, FlowStyle style) {
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(style)
            .setSplitLines(false)
            .setDereferenceAliases(true)
            .setIndicatorIndent(2)
            .setIndentWithIndicator(true)
            .setSchema(new CoreSchema()) // quotes a text that reads as null, a number or a flag
            .build();
    return new Dump(settings).dumpToString(tree);
  }
}
