package io.github.dae4j.cli.command;

import io.github.dae4j.cli.csv.CsvMap;
import io.github.dae4j.datasets.DataException;
import io.github.dae4j.internal.file.OutputFolder;
import io.github.dae4j.internal.file.WholeFile;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.table.TableModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The model as a file that is used without this project. */
@Command(
    name = "export",
    sortOptions = false,
    description = {
      "Writes the model as a plain DL4J network, or as an ONNX file.",
      "A plain network has dense layers and gives the same output to the bit; MultiLayerNetwork.load"
          + " reads it, without this program's classes; what only pretraining uses is left out.",
      "An ONNX file is for programs in any language: rows x -> code, reconstruction and, where there"
          + " is an output layer or a label, prediction."
    })
public final class Export implements Callable<Integer> {

  private static final String ENDING = ".onnx";

  @Mixin private ModelArgument model;

  @Parameters(
      index = "1",
      paramLabel = "OUT",
      description = "The file: NAME.onnx, or NAME.zip of a plain network.")
  private Path out;

  @Option(names = "--onnx", description = "Writes an ONNX file, whatever its name is.")
  private boolean onnx;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    if (out.toString().equals(CsvMap.STANDARD)) {
      throw new DataException("OUT must be a file, got -");
    }
    if (!onnx) {
      OutputPath.requireEnding("OUT", out, ".zip", ENDING);
    }
    if (onnx || out.toString().toLowerCase(Locale.ROOT).endsWith(ENDING)) {
      exportOnnx();
    } else {
      exportNetwork(model.load().stack());
    }
    return 0;
  }

  private void exportNetwork(StackedDenoisingAutoEncoder stack) {
    WholeFile.writeWithFolders(
        out, bytes -> ModelSerializer.writeModel(stack.toDenseNetwork(), bytes, false));
    stack.normalization().ifPresent(this::sayThatItIsLeftOut);
  }

  private void exportOnnx() {
    Optional<TableModel> table = model.table();
    try {
      OutputFolder.make(out.toAbsolutePath().getParent());
      if (table.isPresent()) {
        table.get().exportOnnx(out);
      } else {
        exportOnnx(model.load());
      }
    } catch (UnsupportedOperationException e) {
      throw new DataException("MODEL cannot be exported: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private void exportOnnx(Model loaded) throws IOException {
    loaded.stack().exportOnnx(out);
    try {
      loaded.requireReconstruction();
    } catch (DataException e) {
      say("the file has no reconstruction: " + e.getMessage());
    }
  }

  private void sayThatItIsLeftOut(DataNormalization normalization) {
    say(
        "a plain network has no normalization: give it input that %s has transformed"
            .formatted(normalization.getClass().getSimpleName()));
  }

  private void say(String what) {
    command.commandLine().getErr().printf("export: %s%n", what);
  }
}
