package io.github.dae4j.stacked.table;

import io.github.dae4j.internal.file.FileErrors;
import io.github.dae4j.internal.file.OutputFolder;
import io.github.dae4j.internal.file.WholeFile;
import io.github.dae4j.listener.ScoreListener;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.internal.DamageReason;
import io.github.dae4j.stacked.internal.SealedFile;
import io.github.dae4j.stacked.run.CheckpointException;
import io.github.dae4j.stacked.run.TrainingStoppedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.shade.jackson.core.JsonProcessingException;

/**
 * The networks of one training, one after the other: each is told of as it learns, and kept in a
 * file when it is done, from which the same training takes it the next time.
 *
 * <p>Each network is drawn from seeds of its own, so that a training that goes on comes to the same
 * bits.
 */
final class TableTraining {

  /** Trains a network, which has this listener, or none if that is null. */
  @FunctionalInterface
  interface Trainer<T> {
    T train(TrainingListener listener);
  }

  /** How a trained network is written and read. */
  interface Form<T> {
    void write(Path file, T network) throws IOException;

    T read(Path file) throws IOException;
  }

  /** The fact that is a list of names, in the order of the features; old trainings lack it. */
  static final String INPUTS = "inputs";

  private final String table;
  private final Path directory;
  private final TableModel.Progress progress;
  private final List<Double> works;
  private int done;

  /**
   * A training that has not begun.
   *
   * @param table its name
   * @param directory of the files; null for none
   * @param progress null if nobody wants to know
   * @param works how long each of the networks will take, in any unit
   */
  TableTraining(String table, Path directory, TableModel.Progress progress, List<Double> works) {
    this.table = table;
    this.directory = directory;
    this.progress = progress;
    this.works = List.copyOf(works);
  }

  /**
   * Compares what is trained, by what, with what the files were made of; of the first training it
   * is written down.
   *
   * @throws CheckpointException naming what has changed
   */
  void examine(Map<String, Object> facts) {
    if (directory == null) {
      return;
    }
    Path file = directory.resolve("table.json");
    try {
      OutputFolder.make(directory);
      WholeFile.clearLeftovers(directory);
      if (!Files.exists(file)) {
        byte[] json = TableFile.MAPPER.writeValueAsBytes(new TreeMap<>(facts));
        WholeFile.write(file, out -> out.write(json));
        return;
      }
      Map<?, ?> before = TableFile.MAPPER.readValue(Files.readAllBytes(file), Map.class);
      requireSame(before == null ? Map.of() : before, facts);
    } catch (JsonProcessingException e) {
      throw new CheckpointException(
          "cannot use %s for a run: table.json: %s".formatted(directory, DamageReason.of(e)), e);
    } catch (IOException e) {
      throw new CheckpointException(
          "cannot use %s for a run: %s".formatted(directory, FileErrors.reason(e)), e);
    }
  }

  private void requireSame(Map<?, ?> before, Map<String, Object> facts) {
    TreeSet<String> names =
        new TreeSet<>(
            Comparator.comparing((String name) -> name.startsWith("column "))
                .thenComparing(Comparator.naturalOrder()));
    names.addAll(facts.keySet());
    before.keySet().forEach(name -> names.add(name.toString()));
    names.remove(INPUTS);
    List<String> changes = new ArrayList<>();
    for (String name : names) {
      Object was = before.get(name);
      Object is = facts.get(name);
      if (was == null || is == null) {
        changes.add("%s is %s".formatted(name, was == null ? "new" : "gone"));
      } else if (!was.equals(is)) {
        changes.add(
            name.startsWith("column ")
                ? name + " has other cells"
                : "%s: %s, was %s".formatted(name, is, was));
      }
    }
    Object order = before.get(INPUTS);
    if (changes.isEmpty() && order != null && !order.equals(facts.get(INPUTS))) {
      changes.add("order of columns: %s, was %s".formatted(facts.get(INPUTS), order));
    }
    if (!changes.isEmpty()) {
      throw new CheckpointException(
          "the run cannot be resumed, for %s has changed: %s"
              .formatted(
                  table, String.join("; ", changes.subList(0, Math.min(3, changes.size())))));
    }
  }

  /** Trains a network, or takes it from its file. */
  <T> T network(String name, int minibatches, Form<T> form, Trainer<T> trainer) {
    Path file = directory == null ? null : directory.resolve(name.replace(' ', '-') + ".bin");
    done++;
    T network = file == null ? null : read(file, form);
    if (network == null) {
      stopIfAsked();
      network = trainer.train(progress == null ? null : new Watch(name, minibatches));
      if (file != null) {
        write(file, form, network);
      }
    }
    return network;
  }

  /** Null if it is not there, or not whole: then it is trained again. */
  private static <T> T read(Path file, Form<T> form) {
    try {
      return Files.exists(file) ? form.read(file) : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static <T> void write(Path file, Form<T> form, T network) {
    try {
      form.write(file, network);
    } catch (IOException e) {
      throw new CheckpointException("cannot write the checkpoint: " + e.getMessage(), e);
    }
  }

  private void stopIfAsked() {
    if (progress != null && progress.isStopped()) {
      throw new TrainingStoppedException(
          "training was stopped; its checkpoint holds: %s of %s networks"
              .formatted(directory == null ? 0 : done - 1, works.size()));
    }
  }

  /** The share of all work that is done with so much of the present network. */
  private double share(double ofNetwork) {
    double before = works.stream().limit(done - 1).mapToDouble(work -> work).sum();
    double all = works.stream().mapToDouble(work -> work).sum();
    return Math.min(1, (before + ofNetwork * works.get(done - 1)) / all);
  }

  /** Passes on what happens to one network. */
  private final class Watch extends BaseTrainingListener implements ScoreListener {

    private final String name;
    private final int minibatches;
    private int minibatch;

    Watch(String name, int minibatches) {
      this.name = name;
      this.minibatches = minibatches;
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
      minibatch++;
      progress.update(
          new TableModel.TrainingStep(
              name,
              done,
              works.size(),
              Math.min(minibatch, minibatches),
              minibatches,
              model.score(),
              share(Math.min(1.0, (double) minibatch / minibatches))));
      stopIfAsked();
    }
  }

  /** A stack with all that its file has. */
  static final Form<StackedDenoisingAutoEncoder> STACK =
      new Form<>() {
        @Override
        public void write(Path file, StackedDenoisingAutoEncoder network) throws IOException {
          network.save(file, false);
        }

        @Override
        public StackedDenoisingAutoEncoder read(Path file) throws IOException {
          return StackedDenoisingAutoEncoder.load(file);
        }
      };

  /** Matrices, one after the other. */
  static final Form<List<float[][]>> ARRAYS =
      new Form<>() {
        @Override
        public void write(Path file, List<float[][]> arrays) throws IOException {
          ModelArrays.Writer writer = new ModelArrays.Writer();
          arrays.forEach(writer::put);
          byte[] bytes =
              writer.bytes(String.valueOf(arrays.size()).getBytes(StandardCharsets.US_ASCII));
          SealedFile.write(file, out -> out.write(bytes));
        }

        @Override
        public List<float[][]> read(Path file) throws IOException {
          return SealedFile.read(
              file,
              (in, size) -> {
                ModelArrays.Reader reader = new ModelArrays.Reader(in.readNBytes((int) size));
                int count = Integer.parseInt(new String(reader.json(), StandardCharsets.US_ASCII));
                List<float[][]> arrays = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                  arrays.add(reader.next());
                }
                return arrays;
              });
        }
      };
}
