package io.github.dae4j.examples.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever bytes a file has, reading gives its contents or the documented exception. */
class IdxFilePropertyTest {

  @Property(tries = 200)
  void anyBytes(@ForAll byte[] bytes) throws IOException {
    readsOrSaysWhy(bytes);
  }

  @Property(tries = 200)
  void anyHeader(@ForAll @Size(3) List<Integer> sizes, @ForAll byte[] values) throws IOException {
    int[] shape = sizes.stream().mapToInt(Integer::intValue).toArray();
    readsOrSaysWhy(IdxBytes.file(0x803, shape, values));
  }

  @Property(tries = 200)
  void damagedFiles(
      @ForAll boolean gzip,
      @ForAll @IntRange(min = 0, max = 100) int at,
      @ForAll byte value,
      @ForAll @IntRange(min = 0, max = 100) int length)
      throws IOException {
    byte[] whole = IdxBytes.images(2, 4, 5);
    byte[] bytes = gzip ? IdxBytes.gzip(whole) : whole;
    bytes[at % bytes.length] = value;
    readsOrSaysWhy(bytes);
    readsOrSaysWhy(Arrays.copyOf(bytes, length));
  }

  private static void readsOrSaysWhy(byte[] bytes) throws IOException {
    Path path = Files.createTempFile("idx", null);
    try {
      Files.write(path, bytes);
      IdxFile file = IdxFile.readImages(path);
      assertThat(Arrays.stream(file.shape()).reduce(1, Math::multiplyExact))
          .isEqualTo(file.values().length);
    } catch (DataException e) {
      assertThat(e).hasMessageStartingWith(path + " ").hasMessageContaining("expected");
    } finally {
      Files.delete(path);
    }
  }
}
