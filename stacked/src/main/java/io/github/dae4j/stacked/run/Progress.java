package io.github.dae4j.stacked.run;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.github.dae4j.stacked.finetuning.FineTuningResult;
import io.github.dae4j.stacked.internal.FineTuningState;
import io.github.dae4j.stacked.internal.NetworkState;
import io.github.dae4j.stacked.internal.PretrainingState;
import io.github.dae4j.stacked.internal.PretrainingState.LayerState;
import io.github.dae4j.stacked.pretraining.LayerResult;
import java.util.List;

/** How far a run has come, with all that is needed to go on. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Progress.Pretraining.class, name = "pretraining"),
  @JsonSubTypes.Type(value = Progress.Tuning.class, name = "fine-tuning"),
  @JsonSubTypes.Type(value = Progress.Finished.class, name = "finished")
})
sealed interface Progress {

  /** The place in words; layers and epochs count from 0. */
  String place();

  /** Pretraining has begun. */
  record Pretraining(PretrainingState<LayerResult> state) implements Progress {

    @Override
    public String place() {
      LayerState current = state.current();
      if (current == null) {
        int done = state.finished().size();
        return done == 0
            ? "before pretraining"
            : "layer %s, finished".formatted(state.finished().get(done - 1).layer());
      }
      int epochs = current.losses().size();
      return current.position() == null
          ? "layer %s, epoch %s".formatted(current.layer(), epochs - 1)
          : "layer %s, epoch %s, after %s examples"
              .formatted(current.layer(), epochs, current.position().next());
    }
  }

  /**
   * Fine-tuning has begun.
   *
   * @param stack the pretrained network, null unless another, unrolled one is tuned
   */
  record Tuning(
      List<LayerResult> pretraining, NetworkState stack, FineTuningState<FineTuningResult> state)
      implements Progress {

    @Override
    public String place() {
      int epochs = state.result().epochs().size();
      return state.position() == null
          ? "fine-tuning, epoch " + (epochs - 1)
          : "fine-tuning, epoch %s, after %s minibatches"
              .formatted(epochs, state.position().minibatches());
    }
  }

  /**
   * All is done.
   *
   * @param fineTuning null if there was none
   * @param network the final one
   */
  record Finished(List<LayerResult> pretraining, FineTuningResult fineTuning, NetworkState network)
      implements Progress {

    @Override
    public String place() {
      return "finished";
    }
  }
}
