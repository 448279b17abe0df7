package io.github.dae4j.stacked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.slf4j.LoggerFactory;

/** What is outside of [0, 1] in use, where cross-entropy learnt what is within. */
class InputRangeTest {

  private final ListAppender<ILoggingEvent> heard = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(StackedDenoisingAutoEncoder.class);

  @BeforeEach
  void listen() {
    heard.start();
    logger.addAppender(heard);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(heard);
  }

  @Test
  void isSaidOnce() {
    StackedDenoisingAutoEncoder stack = SmallStacks.two().build();
    stack.encode(SmallStacks.data(3));
    assertThat(heard.list).isEmpty();
    stack.encode(SmallStacks.data(3).muli(255));
    stack.reconstruct(SmallStacks.data(3).muli(-1));
    assertThat(heard.list).hasSize(1);
    assertThat(heard.list.get(0).getFormattedMessage())
        .startsWith("input should be in [0, 1], as in training by cross-entropy, got ")
        .contains(" in row 0, column 0 of a minibatch");
  }

  @Test
  void isSaidByReconstructToo() {
    SmallStacks.two().build().reconstruct(SmallStacks.data(3).muli(-1));
    assertThat(heard.list).hasSize(1);
  }

  @Test
  void isNotSaidWhereItIsRightOrUnchecked() {
    SmallStacks.two().inputRangeChecked(false).build().encode(SmallStacks.data(3).muli(255));
    SmallStacks.two()
        .visible(Activation.IDENTITY, LossFunction.MSE)
        .build()
        .encode(SmallStacks.data(3).muli(255));
    assertThat(heard.list).isEmpty();
  }

  @Test
  void isScoredHigherTheFartherItIs() {
    StackedDenoisingAutoEncoder stack = SmallStacks.two().build();
    INDArray x = SmallStacks.data(5).putScalar(2, 3, 1);
    double[] end = SmallStacks.exact(stack.reconstructionErrorPerFeature(x));
    double total = stack.reconstructionError(x).getDouble(2);
    for (double beyond : new double[] {0.0005, 1, 1e6}) {
      INDArray outside = x.dup().putScalar(2, 3, 1 + beyond);
      double[] errors = SmallStacks.exact(stack.reconstructionErrorPerFeature(outside));
      int cell = 2 * SmallStacks.WIDTH + 3;
      assertThat(errors[cell]).isCloseTo(end[cell] + 16 * beyond, within(1e-3 * (1 + beyond)));
      errors[cell] = end[cell];
      assertThat(errors).containsExactly(end);
      assertThat(stack.reconstructionError(outside).getDouble(2))
          .isCloseTo(total + 16 * beyond, within(1e-3 * (1 + beyond)));
    }
    INDArray below = x.dup().putScalar(2, 3, -2);
    INDArray zero = x.dup().putScalar(2, 3, 0);
    assertThat(stack.reconstructionErrorPerFeature(below).getDouble(2, 3))
        .isCloseTo(stack.reconstructionErrorPerFeature(zero).getDouble(2, 3) + 32, within(1e-3));
  }
}
