package io.github.dae4j.stacked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.dataset.api.preprocessor.serializer.StandardizeSerializerStrategy;

/** Files that are broken, of something else, or made to harm. */
class HostileModelFileTest {

  /** A class that tells whether it was deserialized. */
  static final class Trap implements Serializable {
    private static final long serialVersionUID = 1L;
    static boolean sprung;

    private void readObject(ObjectInputStream in) {
      sprung = true;
    }
  }

  /** A class that tells whether it was instantiated. */
  static final class TrapStrategy extends StandardizeSerializerStrategy {
    public TrapStrategy() {
      Trap.sprung = true;
    }
  }

  /** A class that tells whether it was initialized. */
  static final class Initialized {
    static {
      Trap.sprung = true;
    }
  }

  private static final String NO_NETWORK =
      "its configuration.json describes no network of known layers";

  @TempDir private Path folder;
  private Path file;
  private Map<String, byte[]> entries;

  @BeforeEach
  void save() throws IOException {
    Trap.sprung = false;
    file = folder.resolve("model.zip");
    NormalizerStandardize normalization = new NormalizerStandardize();
    normalization.fit(SmallStacks.labelled(5));
    StackedDenoisingAutoEncoder stack = SmallStacks.two().normalization(normalization).build();
    stack.network().fit(SmallStacks.labelled(5));
    stack.save(file, true);
    entries = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    assertThat(entries).hasSize(4);
  }

  private void pack() throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
  }

  private void assertRefused(String reason) {
    assertRefused(() -> StackedDenoisingAutoEncoder.load(file), reason);
    if (!reason.contains("normalizer")) { // which a network has not
      assertRefused(() -> PretrainableNetwork.load(file.toFile(), true), reason);
    }
  }

  private void assertRefused(ThrowingCallable load, String reason) {
    assertThatThrownBy(load)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            "Cannot load "
                + file
                + ": expected a model that StackedDenoisingAutoEncoder has saved, but ")
        .hasMessageContaining(reason)
        .hasMessageNotContaining("\n");
    assertThat(Trap.sprung).isFalse();
  }

  private static byte[] serialized(Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  @Test
  void theTrapWorks() throws IOException {
    entries.put(ModelSerializer.PREPROCESSOR_BIN, serialized(new Trap()));
    pack();
    assertThatThrownBy(() -> ModelSerializer.restoreMultiLayerNetwork(file.toFile(), true))
        .isInstanceOf(ClassCastException.class);
    assertThat(Trap.sprung).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"preprocessor.bin", "normaliser.bin", "objects/x", "../escape", "a/"})
  void foreignEntriesAreRefused(String name) throws IOException {
    entries.put(name, name.endsWith("/") ? new byte[0] : serialized(new Trap()));
    pack();
    assertRefused(
        "it has an entry "
            + name
            + ", which is none of [attachment.bin, coefficients.bin, configuration.json,"
            + " normalizer.bin, properties.json, updaterState.bin]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1]",
        "{\"a\": 1}",
        "{\"a\": {\"b\": \"c\"}}",
        "{\"a\"",
        "null",
        "{} {}",
        "DEEP",
        "{\"a\": DEEP"
      })
  void propertiesThatAreNoWordsAreRefused(String json) throws IOException {
    entries.put(
        "properties.json",
        json.replace("DEEP", "[".repeat(100_000)).getBytes(StandardCharsets.UTF_8));
    pack();
    assertThatThrownBy(() -> StackedDenoisingAutoEncoder.load(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Cannot load " + file)
        .hasMessageNotContaining("\n");
  }

  /** DL4J's reader goes by the local headers, the table of contents leaves the entry out. */
  @Test
  void anEntryThatTheTableOfContentsHidesIsNotRead() throws IOException {
    pack();
    byte[] model = Files.readAllBytes(file);
    entries = new LinkedHashMap<>();
    entries.put(ModelSerializer.PREPROCESSOR_BIN, serialized(new Trap()));
    pack();
    byte[] trap = Files.readAllBytes(file);
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.write(trap, 0, indexOf(trap, new byte[] {'P', 'K', 1, 2}));
    both.write(model);
    Files.write(file, both.toByteArray());

    assertThat(StackedDenoisingAutoEncoder.load(file).network().getnLayers()).isEqualTo(3);
    assertThat(Trap.sprung).isFalse();
    assertThatThrownBy(() -> ModelSerializer.restoreMultiLayerNetwork(file.toFile(), true));
    assertThat(Trap.sprung).isTrue();
  }

  private static int indexOf(byte[] bytes, byte[] mark) {
    int at = 0;
    while (!Arrays.equals(bytes, at, at + mark.length, mark, 0, mark.length)) {
      at++;
    }
    return at;
  }

  @Test
  void aSerializedObjectIsNoNormalizer() throws IOException {
    entries.put(ModelSerializer.NORMALIZER_BIN, serialized(new Trap()));
    pack();
    assertRefused("the content of its entry normalizer.bin is damaged");
  }

  @Test
  void aNormalizerDoesNotNameClasses() throws IOException {
    entries.put(ModelSerializer.NORMALIZER_BIN, normalizer("CUSTOM", TrapStrategy.class.getName()));
    pack();
    assertRefused("its normalizer must be STANDARDIZE, MIN_MAX or IMAGE_MIN_MAX, got CUSTOM");
  }

  private static byte[] normalizer(String type, String rest) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF("NORMALIZER");
    out.writeInt(1);
    out.writeUTF(type);
    out.writeUTF(rest);
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, 1L << 40, 1L << 61, -1, 0})
  void anArrayThatClaimsToBeHugeIsNotAllocated(long length) throws IOException {
    for (String name : new String[] {"coefficients.bin", "updaterState.bin"}) {
      byte[] before = entries.put(name, array(length));
      pack();
      assertRefused("it has an array of " + length + " x FLOAT");
      entries.put(name, before);
    }
  }

  private static byte[] array(long length) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF("MIXED_DATA_TYPES");
    out.writeLong(1);
    out.writeUTF("LONG");
    out.writeLong(0);
    out.writeUTF("MIXED_DATA_TYPES");
    out.writeLong(length);
    out.writeUTF("FLOAT");
    return bytes.toByteArray();
  }

  @Test
  void anEntryThatUnpacksToTooMuchIsNotUnpacked() throws IOException {
    entries.put(ModelSerializer.CONFIGURATION_JSON, new byte[(16 << 20) + 1]);
    pack();
    assertThat(Files.size(file)).isLessThan(1 << 16);
    assertRefused("its entry configuration.json has 16777217 bytes, more than 16777216");
  }

  /** Sizes are in the table of contents: 4 bytes, 24 after an entry's mark. */
  @Test
  void aSmallFileCannotClaimToBeLarge() throws IOException {
    entries = new LinkedHashMap<>(Map.of(ModelSerializer.COEFFICIENTS_BIN, array(500_000_000)));
    pack();
    byte[] bytes = Files.readAllBytes(file);
    int at = indexOf(bytes, new byte[] {'P', 'K', 1, 2}) + 24;
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, 2_000_000_100);
    Files.write(file, bytes);
    assertRefused(
        "its entry coefficients.bin has 2000000100 bytes, more than " + 1032 * bytes.length);
  }

  /** Jackson initializes a class before it looks at its type. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.deeplearning4j.nn.conf.layers.OutputLayer",
        "org.nd4j.linalg.activations.impl.ActivationSigmoid",
        "org.nd4j.linalg.learning.config.Adam"
      })
  void aClassOfNoKnownKindIsNotEvenInitialized(String name) throws IOException {
    String json =
        new String(entries.get(ModelSerializer.CONFIGURATION_JSON), StandardCharsets.UTF_8);
    assertThat(json).contains(name);
    json(json.replace(name, Initialized.class.getName()));
    assertRefused(
        "its configuration.json names the class "
            + Initialized.class.getName()
            + ", which is no part of a network");
    json(json.replace(name, "org.example.None"));
    assertRefused(NO_NETWORK);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void parametersThatAreNoNumbersAreRefused(float value) throws IOException {
    StackedDenoisingAutoEncoder stack = SmallStacks.two().build();
    stack.network().params().putScalar(5, value);
    stack.save(file, false);
    assertRefused(
        "its parameters must be finite numbers, got %s at 5 of %d"
            .formatted((double) value, stack.network().numParams()));
  }

  @Test
  void nestedJsonIsRefused() throws IOException {
    String frozen = "{\"@class\":\"%s\",\"layer\":".formatted(FrozenLayer.class.getName());
    json("{\"confs\":[{\"layer\":" + frozen.repeat(100_000));
    assertRefused(NO_NETWORK);
    json("{\"confs\":" + "[".repeat(1_000_000));
    assertRefused(NO_NETWORK);
  }

  private void json(String json) throws IOException {
    entries.put(ModelSerializer.CONFIGURATION_JSON, json.getBytes(StandardCharsets.UTF_8));
    pack();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "{}", "[]", "42", "{\"confs\":[{}]}", "{\"vertices\":{}}"})
  void otherJsonIsRefused(String json) throws IOException {
    json(json);
    assertRefused(NO_NETWORK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"configuration.json", "coefficients.bin"})
  void aMissingEntryIsNamed(String name) throws IOException {
    entries.remove(name);
    pack();
    assertRefused("it has no entry " + name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"coefficients.bin", "updaterState.bin", "normalizer.bin"})
  void anEntryThatIsTooShortOrTooLongIsNamed(String name) throws IOException {
    byte[] whole = entries.get(name);
    entries.put(name, Arrays.copyOf(whole, whole.length + 1));
    pack();
    assertRefused("the content of its entry " + name + " is damaged");
    for (int length : new int[] {0, 1, 20, whole.length - 1}) {
      entries.put(name, Arrays.copyOf(whole, length));
      pack();
      assertRefused(() -> StackedDenoisingAutoEncoder.load(file), "");
      if (!name.equals("normalizer.bin")) {
        assertRefused("");
      }
    }
  }

  @Test
  void parametersOfAnotherNetworkAreRefused() throws IOException {
    json(
        StackedDenoisingAutoEncoder.builder(3, 2)
            .build()
            .network()
            .getLayerWiseConfigurations()
            .toJson());
    assertRefused("its configuration asks for 11 parameters in FLOAT where it has");
  }

  @Test
  void aTruncatedFileIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 1, 30, whole.length / 2, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertRefused("it is no whole zip file: ");
    }
  }

  @Test
  void aFlippedBitNeverGivesAnotherModel() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    byte[] coefficients = entries.get(ModelSerializer.COEFFICIENTS_BIN);
    StackedDenoisingAutoEncoder stack = StackedDenoisingAutoEncoder.load(file);
    assertThat(coefficients.length).isGreaterThan(400);
    for (int at = 0; at < whole.length; at += 97) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 4;
      Files.write(file, flipped);
      try {
        StackedDenoisingAutoEncoder read = StackedDenoisingAutoEncoder.load(file);
        assertThat(SmallStacks.exact(read.encode(SmallStacks.data(2))))
            .as("byte %d", at)
            .containsExactly(SmallStacks.exact(stack.encode(SmallStacks.data(2))));
      } catch (IOException e) {
        assertThat(e).hasMessageStartingWith("Cannot load " + file);
      }
    }
  }

  @Test
  void garbageIsRefused() throws IOException {
    Files.writeString(file, "this is no model");
    assertRefused("it is no whole zip file: ");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Path none = folder.resolve("none.zip");
    assertThatThrownBy(() -> StackedDenoisingAutoEncoder.load(none))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(none.toString())
        .hasMessageContaining("no model to load");
  }
}
