package io.github.dae4j.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

class GzipTest {

  @Test
  void membersBehindOneAnotherAreOneTextHoweverSlowlyTheyCome() throws IOException {
    InputStream members =
        new SequenceInputStream(
            new Slow(packed("a,b\n")), new SequenceInputStream(new Slow(packed("1,2\n")), empty()));
    assertThat(text(Gzip.unpackedIfPacked(new Slow(members)))).isEqualTo("a,b\n1,2\n");
  }

  @Test
  void whatIsNotPackedStaysAsItIs() throws IOException {
    for (String text : new String[] {"", "\u001f", "a", "1,2\n"}) {
      assertThat(text(Gzip.unpackedIfPacked(bytes(text.getBytes(StandardCharsets.UTF_8)))))
          .isEqualTo(text);
    }
  }

  /** In the mark, in the header, among the bytes, in the trailer. */
  @Test
  void anyEndThatComesTooEarlyIsDamage() {
    byte[] packed = packed("1,2\n");
    for (int length = 2; length < packed.length; length++) {
      InputStream cut = bytes(Arrays.copyOf(packed, length));
      assertThatThrownBy(() -> text(Gzip.unpackedIfPacked(cut)))
          .isInstanceOf(ZipException.class)
          .hasMessage("it ends too early");
    }
  }

  @Test
  void bytesThatDifferAreDamage() {
    byte[] packed = packed("1,2\n");
    packed[packed.length - 7] ^= 1; // of the checksum
    assertThatThrownBy(() -> text(Gzip.unpackedIfPacked(bytes(packed))))
        .isInstanceOf(ZipException.class);
  }

  /** A pipe whose writer sleeps before every byte. */
  private static final class Slow extends FilterInputStream {

    Slow(byte[] bytes) {
      this(bytes(bytes));
    }

    Slow(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      return super.read(bytes, from, Math.min(1, length));
    }

    @Override
    public int available() {
      return 0;
    }
  }

  private static InputStream empty() {
    return bytes(new byte[0]);
  }

  private static InputStream bytes(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  private static String text(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  private static byte[] packed(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }
}
