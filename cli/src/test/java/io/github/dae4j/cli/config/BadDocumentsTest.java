package io.github.dae4j.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a document is said with its place. */
class BadDocumentsTest {

  private static void assertRefused(String text, String message, String... overrides) {
    assertThatThrownBy(() -> Documents.read(text, overrides))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(message);
  }

  /** A line of the long document, what it becomes, and what is said then. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          seed: -7 | seed: 1.5 | 1:7: seed must be a whole number of 64 bits, got 1.5
          seed: -7 | seed: 99999999999999999999 | 1:7: seed must be a whole number of 64 bits, got 99999999999999999999
          seed: -7 | sed: 7 | 1:1: unknown key 'sed', did you mean 'seed'?
          seed: -7 | something-quite-else: 7 | 1:1: unknown key 'something-quite-else', expected one of seed, data, stack, pretraining, fine-tuning, checkpoint, threads
          source: mnist | source: cifar | 2:16: data.source must be one of mnist, drawn, rectangles, convex, got cifar
          source: mnist, | ~ | 2:7: missing key 'source' or 'problem' or 'images' or 'idx' or 'table' or 'jdbc' in data
          source: mnist | source: | 2:15: data.source must be one of mnist, drawn, rectangles, convex, got nothing
          source: mnist | source: drawn | 2:34: data.directory must be left out unless the source is mnist, got some where
          "some where" | "" | 2:34: data.directory must be a path, got ""
          "some where" | "  " | 2:34: data.directory must be a path, got "  "
          train: 40 | train: 0 | 2:55: data.train must be in [1, 1000000], got 0
          train: 40 | train: "40" | 2:55: data.train must be a whole number, got "40"
          train: 40 | train: [40] | 2:55: data.train must be a whole number, got a list
          train: 40 | train: 4294967336 | 2:55: data.train must be in [1, 1000000], got 4294967336
          train: 40 | train: 60000 | 2:55: data.train must be <= 59990, which 10 for validation leave of MNIST, got 60000
          validation: 10 | validation: 60000 | 2:71: data.validation must be < 60000, got 60000
          validation: 10 | validation: -1 | 2:71: data.validation must be in [0, 1000000], got -1
          validation: 10 | validation: 0 | 2:71: data.validation must be >= 1 for early stopping and patience, got 0
          test: 5 | test: 10001 | 2:81: data.test must be <= 10000 for MNIST, got 10001
          labels: 30 | labels: 41 | 2:92: data.labels must be <= train, which is 40, got 41
          labels: 30 | label: 41 | 2:84: unknown key 'label' in data, did you mean 'labels'?
          activation: sigmoid | activation: Sigmoid | 4:15: stack.activation must be one of sigmoid, tanh, relu, got Sigmoid
          initialization: sigmoid-uniform | initialization: random | 5:19: stack.initialization must be one of xavier, xavier-uniform, sigmoid-uniform, relu, relu-uniform, lecun-normal, lecun-uniform, got random
          tied: false | tied: no | 6:9: stack.tied must be true or false, got no
          tied: false | tied: "true" | 6:9: stack.tied must be true or false, got "true"
          units: 9 | units: | 9:13: stack.layers[0].units must be a whole number, got nothing
          units: 9 | units: ~ | 9:14: missing key 'units' in stack.layers[0]
          units: 9 | corruption: none | 10:7: duplicate key 'corruption', first at a.yaml:9:7
          {masking: {level: .3, fill: 0.5}} | {masking: 1.5} | 10:29: stack.layers[0].corruption.masking must be in [0, 1], got 1.5
          {masking: {level: .3, fill: 0.5}} | {masking: .nan} | 10:29: stack.layers[0].corruption.masking must be a number, got .nan
          {masking: {level: .3, fill: 0.5}} | {masking: [0.2]} | 10:29: stack.layers[0].corruption.masking must be a number, got a list
          {masking: {level: .3, fill: 0.5}} | 0.3 | 10:19: stack.layers[0].corruption must be none, or a map with one of masking, exact-masking, salt-and-pepper, gaussian, swap, per-column, got 0.3
          {masking: {level: .3, fill: 0.5}} | {maskin: 0.3} | 10:20: unknown key 'maskin' in stack.layers[0].corruption, did you mean 'masking'?
          {masking: {level: .3, fill: 0.5}} | {masking: 0.3, swap: 0.2} | 10:19: stack.layers[0].corruption must have exactly one of masking, exact-masking, salt-and-pepper, gaussian, swap, per-column, got masking, swap
          {masking: {level: .3, fill: 0.5}} | {} | 10:19: stack.layers[0].corruption must have exactly one of masking, exact-masking, salt-and-pepper, gaussian, swap, per-column, got an empty map
          fill: 0.5 | fil: 0.5 | 10:41: unknown key 'fil' in stack.layers[0].corruption.masking, did you mean 'fill'?
          fill: 0.5 | fill: 1e999 | 10:47: stack.layers[0].corruption.masking.fill must be finite, got 1e999
          fill: 0.5 | fill: 1e39 | 10:47: stack.layers[0].corruption.masking.fill must be a number that FLOAT can hold, got 1e39
          adam: 0.001 | adam: 1e-50 | 30:24: pretraining.layers[2].updater.adam must be a number that FLOAT can hold, got 1e-50
          level: 0.2, min: -1 | level: 0.2, min: 2 | 14:37: stack.layers[2].corruption.salt-and-pepper is refused: SaltAndPepperCorruption min must not exceed max, got 2.0 and 1.0
          gaussian: 0.4 | gaussian: -0.4 | 16:30: stack.layers[3].corruption.gaussian must be >= 0, got -0.4
          swap: 0.5 | swap: {level: 0.5} | 18:26: stack.layers[4].corruption.swap must be a number, got a map
          contraction: 0.1 | contraction: -0.1 | 19:49: stack.layers[5].contraction must be >= 0, got -0.1
          contraction: 0.1 | contractive: 0.1 | 19:36: unknown key 'contractive' in stack.layers[5], did you mean 'contraction'?
          rate: 0.05 | rate: 0 | 20:25: stack.layers[5].sparsity.rate must be in (0, 1), got 0
          rate: 0.05 | rate: 1 | 20:25: stack.layers[5].sparsity.rate must be in (0, 1), got 1
          weight: 3 | weight: -3 | 20:39: stack.layers[5].sparsity.weight must be >= 0, got -3
          {rate: 0.05, weight: 3} | {rate: 0.05} | 20:18: missing key 'weight' in stack.layers[5].sparsity
          {rate: 0.05, weight: 3} | 0.05 | 20:18: stack.layers[5].sparsity must be a map of rate, weight, got 0.05
          activation: sigmoid | activation: tanh | 20:18: stack.layers[5].sparsity must be left out unless the activation is sigmoid, got a map
          epochs: 3 | epoch: 3 | 22:3: unknown key 'epoch' in pretraining, did you mean 'epochs'?
          epochs: 3 | epochs: 0 | 22:11: pretraining.epochs must be in [1, 1000000], got 0
          rate: 0.2 | rate: -0.2 | 24:30: pretraining.updater.nesterov.rate must be > 0, got -0.2
          momentum: 0.8 | momentum: 1 | 24:45: pretraining.updater.nesterov.momentum must be in [0, 1), got 1
          {nesterov: {rate: 0.2, momentum: 0.8}} | 0.1 | 24:12: pretraining.updater must be a map with one of sgd, nesterov, adam, got 0.1
          {nesterov: {rate: 0.2, momentum: 0.8}} | {adam: {from: 0.1}} | 24:20: unknown key 'from' in pretraining.updater.adam, expected one of rate, beta1, beta2
          patience: 2 | patience: 0 | 26:30: pretraining.early-stopping.patience must be >= 1, got 0
          improvement: 0.01 | improvement: 1 | 26:46: pretraining.early-stopping.improvement must be in [0, 1), got 1
          - {epochs: 2} | ~ | 29:5: pretraining.layers must be one for each of the 6 layers of the stack, got 5
          - {epochs: 2} | - 2 | 28:7: pretraining.layers[0] must be a map of epochs, batch, updater, early-stopping, got 2
          objective: classification | objective: reconstruction | 42:21: fine-tuning.denoising-weight must be 0 for the objective reconstruction, got 0.25
          to: 0.001 | to: 0 | 38:41: fine-tuning.updater.sgd.rate.to must be > 0, got 0
          to: 0.001 | too: 0 | 38:37: unknown key 'too' in fine-tuning.updater.sgd.rate, did you mean 'to'?
          increase: 3 | increase: 0.5 | 40:35: fine-tuning.patience.increase must be >= 1, got 0.5
          hidden: 0.5 | hidden: 1 | 41:21: fine-tuning.dropout.hidden must be in [0, 1), got 1
          hidden: 0.5 | input: 0.5 | 41:20: fine-tuning.dropout.input must be 0 where denoising-weight is not, got 0.5
          below: 3 | below: 7 | 44:15: fine-tuning.freeze[0].below must be <= 6, so that a layer is left to train, got 7
          below: 3, epochs: 1 | below: 3 | 44:7: fine-tuning.freeze[0].epochs must be given, for a stage follows, got nothing
          below: 3 | below: 1 | 45:15: fine-tuning.freeze[1].below must be less than in the stage before, which is 1, got 1
          checkpoint: {seconds: 5} | checkpoint: 5 | 46:13: checkpoint must be a map of seconds, got 5
          threads: 2 | threads: 0 | 47:10: threads must be in [1, 256], got 0
          """)
  void ofALine(String line, String becomes, String message) {
    String replaced = Documents.LONG.replace(line, becomes.equals("~") ? "" : becomes);
    assertRefused(replaced, "a.yaml:" + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '' | 1:1: the configuration must be a map of seed, data, stack, pretraining, fine-tuning, checkpoint, threads, got nothing
          '# nothing' | 1:10: the configuration must be a map of seed, data, stack, pretraining, fine-tuning, checkpoint, threads, got nothing
          7 | 1:1: the configuration must be a map of seed, data, stack, pretraining, fine-tuning, checkpoint, threads, got 7
          - data: | 1:1: the configuration must be a map of seed, data, stack, pretraining, fine-tuning, checkpoint, threads, got a list
          seed: 1 | 1:1: missing key 'data'
          seed: 1: 2 | 1:8: no YAML: mapping values are not allowed here
          'seed: [1' | 1:9: no YAML: expected ',' or ']', but got <stream end>
          seed: "1 | 1:9: no YAML: found unexpected end of stream
          seed: @ | 1:7: no YAML: found character '@' that cannot start any token. (Do not use @ for indentation)
          seed: 1\\n---\\nseed: 2 | 2:1: a second document begins here, expected one
          seed: !!int 1 | 1:7: a tag is not allowed, got tag:yaml.org,2002:int
          seed: !!java.io.File [a] | 1:7: a tag is not allowed, got tag:yaml.org,2002:java.io.File
          seed: *a | 1:7: no value above has the anchor &a
          seed: &a [*a] | 1:11: no value above has the anchor &a
          [a, b]: 1 | 1:1: a key must be a word, got a list or map
          ? {a: b}\\n: 1 | 1:3: a key must be a word, got a list or map
          data: &d {source: drawn}\\n<<: *d | 2:1: unknown key '<<', expected one of seed, data, stack, pretraining, fine-tuning, checkpoint, threads
          """)
  void ofTheWhole(String text, String message) {
    assertRefused(text.replace("\\n", "\n"), "a.yaml:" + message);
  }

  @Test
  void whatIsTooLargeIsNotRead() {
    String deep = "data: " + "[".repeat(100_000);
    assertRefused(deep, "a.yaml:1:39: maps and lists must not be nested deeper than 32");
    String many = "data: [" + "1,".repeat(20_000) + "1]";
    assertRefused(many, "a.yaml:1:20002: a document must have at most 10000 values");
    String large = "# " + "x".repeat(1 << 20);
    assertRefused(large, "a.yaml: must have at most 1048576 bytes");
  }

  @Test
  void anchorsThatExplodeAreRefused() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 40; i++) {
      String alias = "*a" + (i - 1);
      laughs.append("a%d: &a%d [%s, %s, %s, %s]%n".formatted(i, i, alias, alias, alias, alias));
    }
    assertRefused(laughs.toString(), "a.yaml:6:20: a document must have at most 10000 values");
  }

  @Test
  void longValuesAreShortened() {
    assertRefused(
        Documents.SHORT + "threads: " + "x".repeat(100_000),
        "a.yaml:6:10: threads must be a whole number, got " + "x".repeat(80) + "...");
    assertRefused(
        "x".repeat(1000) + ": 1",
        "a.yaml:1:1: unknown key '"
            + "x".repeat(80)
            + "...', expected one of seed, data, stack, pretraining, fine-tuning, checkpoint, threads");
  }

  @Test
  void aMessageIsOneLineOfPrintableCharacters() {
    assertRefused(
        "\"se\\ned\\e[31m\": 1",
        "a.yaml:1:1: unknown key 'se\\u000aed\\u001b[31m', expected one of"
            + " seed, data, stack, pretraining, fine-tuning, checkpoint, threads");
    assertRefused("seed: \u0001", "a.yaml:1:7: no YAML: the character U+0001 is not allowed");
  }

  /** Programs read places: they have the digits 0 to 9 in every language. */
  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "fa-IR", "mr-IN", "th-TH-u-nu-thai"})
  void placesHaveTheDigitsOfMachines(String language) {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(language));
    try {
      assertThat("%d".formatted(17)).isNotEqualTo("17"); // so the test is one
      assertRefused(
          Documents.SHORT + "threads: x", "a.yaml:6:10: threads must be a whole number, got x");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void labelsWithoutFineTuningAreRefused() {
    assertRefused(
        Documents.SHORT,
        "--set data.labels=10: data.labels must be left out unless fine-tuning has the objective"
            + " classification or ladder, got 10",
        "data.labels=10");
  }

  /** It normalizes minibatches, and a single row has no variance. */
  @Test
  void aLadderOfSingleRowsIsRefused() {
    assertRefused(
        Documents.SHORT,
        "--set fine-tuning.batch=1: fine-tuning.batch must be >= 2 for the objective ladder, got 1",
        "fine-tuning.objective=ladder",
        "fine-tuning.batch=1");
    assertRefused(
        Documents.SHORT,
        "--set data.labels=1: data.labels must be >= 2 for the objective ladder, got 1",
        "fine-tuning.objective=ladder",
        "data.labels=1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          problem: bg-image | data.problem must be one of basic, rot, bg-rand, bg-img, bg-img-rot, rectangles, rect-img, convex, got bg-image
          problem: bg-img | data.photos must be a folder of photographs for bg-img, got nothing
          problem: rot, photos: p | data.photos must be left out for rot, got p
          problem: rot, shared-photos: true | data.shared-photos must be left out for rot, got true
          problem: convex, directory: d | data.directory must be left out unless the problem is of MNIST's digits, got d
          problem: rot, digits: drawn, directory: d | data.directory must be left out unless the problem is of MNIST's digits, got d
          problem: convex, train: 6001 | data.train must be <= 6000, the paper's, got 6001
          problem: rot, train: 50, labels: 51 | data.labels must be <= train, which is 50, got 51
          """)
  void aProblemOfThePaperIsHeldToIt(String data, String message) {
    assertThatThrownBy(() -> Documents.read(Documents.SHORT, "data={%s}".formatted(data)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageEndingWith(message);
  }
}
