package io.github.dae4j.cli.command;

import io.github.dae4j.internal.file.WholeFile;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The model as a network that DL4J reads without this project. */
@Command(
    name = "export",
    sortOptions = false,
    description = {
      "Writes the model as a plain DL4J network.",
      "It has dense layers and gives the same output to the bit; MultiLayerNetwork.load reads it, without this program's classes; what only pretraining uses"
          + " is left out."
    })
public final class Export implements Callable<Integer> {

  @Mixin private ModelArgument model;

  @Parameters(index = "1", paramLabel = "OUT.zip", description = "The network's file.")
  private Path out;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    StackedDenoisingAutoEncoder stack = model.load().stack();
    WholeFile.writeWithFolders(
        out, bytes -> ModelSerializer.writeModel(stack.toDenseNetwork(), bytes, false));
    stack.normalization().ifPresent(this::sayThatItIsLeftOut);
    return 0;
  }

  private void sayThatItIsLeftOut(DataNormalization normalization) {
    command
        .commandLine()
        .getErr()
        .printf(
            "export: a plain network has no normalization: give it input that %s has transformed%n",
            normalization.getClass().getSimpleName());
  }
}
