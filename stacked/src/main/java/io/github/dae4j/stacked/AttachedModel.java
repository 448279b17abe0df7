package io.github.dae4j.stacked;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A model with what another package keeps in its file, as bytes that only that package understands.
 *
 * <p>The file is a model's like any other: {@link StackedDenoisingAutoEncoder#load} reads it
 * without the attachment.
 */
public record AttachedModel(StackedDenoisingAutoEncoder stack, byte[] attachment) {

  public AttachedModel {
    Objects.requireNonNull(stack, "stack");
    Objects.requireNonNull(attachment, "attachment");
  }

  /**
   * Writes both, whole or not at all, without the updater's state.
   *
   * @throws IOException naming the file, which is then as it was before
   */
  public void save(Path file) throws IOException {
    ModelFile.write(file, stack.network(), stack.normalization().orElse(null), false, attachment);
  }

  /**
   * Reads what {@link #save} has written, as safely as {@link StackedDenoisingAutoEncoder#load}.
   *
   * @throws IOException naming the file and what is wrong with it, no attachment included
   */
  public static AttachedModel load(Path file) throws IOException {
    return ModelFile.readAttached(file);
  }
}
