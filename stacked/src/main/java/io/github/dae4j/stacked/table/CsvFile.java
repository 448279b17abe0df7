package io.github.dae4j.stacked.table;

import io.github.dae4j.internal.file.Gzip;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;

/** A CSV file or stream whose dialect is known from its beginning. */
final class CsvFile {

  private static final int HEAD_BYTES = 1 << 20;
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  /** Opens the bytes of the text, unpacked, from the beginning. */
  @FunctionalInterface
  private interface Opener {
    InputStream open() throws IOException;
  }

  private final String name;
  private final Opener opener;
  private final boolean isStream;
  private final int markBytes;
  private final Table.Dialect dialect;
  private final List<String> columns;

  private CsvFile(
      String name,
      Opener opener,
      boolean isStream,
      int markBytes,
      Table.Dialect dialect,
      List<String> columns) {
    this.name = name;
    this.opener = opener;
    this.isStream = isStream;
    this.markBytes = markBytes;
    this.dialect = dialect;
    this.columns = columns;
  }

  static CsvFile open(Path file, CsvOptions options) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString(), null, "no such file");
    }
    if (Files.isDirectory(file)) {
      throw new TableException(file + ": is a folder, not a CSV file");
    }
    String name = file.toString();
    boolean[] gzip = {false};
    Opener opener = () -> unpacked(Files.newInputStream(file), name, gzip);
    try (InputStream in = opener.open()) {
      byte[] head = in.readNBytes(HEAD_BYTES);
      return of(name, opener, false, head, options, gzip[0], () -> isUtf8(opener));
    } catch (ZipException e) {
      throw damaged(name, e);
    }
  }

  static CsvFile open(InputStream stream, String name, CsvOptions options) throws IOException {
    boolean[] gzip = {false};
    InputStream in;
    byte[] head;
    try {
      in = unpacked(stream, name, gzip);
      head = in.readNBytes(HEAD_BYTES);
    } catch (ZipException e) {
      throw damaged(name, e);
    }
    InputStream[] whole = {new SequenceInputStream(new ByteArrayInputStream(head), in)};
    Opener once =
        () -> {
          InputStream first = whole[0];
          if (first == null) {
            throw new IllegalStateException(name + ": can be read only once");
          }
          whole[0] = null;
          return first;
        };
    return of(name, once, true, head, options, gzip[0], () -> true);
  }

  static TableException damaged(String name, ZipException e) {
    return new TableException(name + ": is a damaged gzip file: " + e.getMessage(), e);
  }

  @FunctionalInterface
  private interface Check {
    boolean holds() throws IOException;
  }

  private static CsvFile of(
      String name,
      Opener opener,
      boolean isStream,
      byte[] head,
      CsvOptions options,
      boolean gzip,
      Check restIsUtf8)
      throws IOException {
    requireText(name, head);
    boolean isWhole = head.length < HEAD_BYTES;
    List<String> reasons = new ArrayList<>();
    if (gzip) {
      reasons.add("gzip: the file begins with gzip's mark");
    }
    ByteOrderMark mark = ByteOrderMark.of(head);
    Charset encoding = encoding(head, mark, isWhole, options, restIsUtf8, reasons);
    int skipped = mark != null && mark.charset().equals(encoding) ? mark.bytes() : 0;
    String text = new String(head, skipped, head.length - skipped, encoding);
    if (text.isBlank()) {
      throw new TableException(name + ": is empty");
    }
    if (text.indexOf('\0') >= 0) {
      throw new TableException(name + ": is no text: it holds zero bytes");
    }
    DialectDetection detection = new DialectDetection(name, text, isWhole, options);
    Table.Dialect dialect = detection.dialect(encoding, skipped > 0, gzip, reasons);
    return new CsvFile(name, opener, isStream, skipped, dialect, detection.columns());
  }

  private static InputStream unpacked(InputStream raw, String name, boolean[] gzip)
      throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw, 1 << 16);
    try {
      gzip[0] = Gzip.isAt(in);
      return gzip[0] ? Gzip.unpacked(in) : in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private static void requireText(String name, byte[] head) {
    if (head.length == 0) {
      throw new TableException(name + ": is empty");
    }
    String mark = new String(head, 0, Math.min(4, head.length), StandardCharsets.ISO_8859_1);
    if (mark.equals("PK\3\4")) {
      throw new TableException(
          name + ": is a zip file, not CSV; a spreadsheet (.xlsx) must be saved as CSV first");
    }
    if (mark.equals("PAR1")) {
      throw new TableException(name + ": is a Parquet file, not CSV; read it by JDBC (DuckDB)");
    }
  }

  /** A byte order mark at the beginning of a text. */
  private record ByteOrderMark(Charset charset, int bytes) {

    static ByteOrderMark of(byte[] head) {
      if (begins(head, 0xef, 0xbb, 0xbf)) {
        return new ByteOrderMark(StandardCharsets.UTF_8, 3);
      }
      if (begins(head, 0xff, 0xfe)) {
        return new ByteOrderMark(StandardCharsets.UTF_16LE, 2);
      }
      return begins(head, 0xfe, 0xff) ? new ByteOrderMark(StandardCharsets.UTF_16BE, 2) : null;
    }

    private static boolean begins(byte[] head, int... mark) {
      boolean begins = head.length >= mark.length;
      for (int i = 0; begins && i < mark.length; i++) {
        begins = (head[i] & 0xff) == mark[i];
      }
      return begins;
    }
  }

  private static Charset encoding(
      byte[] head,
      ByteOrderMark mark,
      boolean isWhole,
      CsvOptions options,
      Check restIsUtf8,
      List<String> reasons)
      throws IOException {
    if (options.encoding() != null) {
      reasons.add("encoding %s: as asked for".formatted(options.encoding()));
      return options.encoding();
    }
    if (mark != null) {
      reasons.add(
          "encoding %s: the file begins with its byte order mark".formatted(mark.charset()));
      return mark.charset();
    }
    CharsetDecoder decoder = strict(StandardCharsets.UTF_8);
    CharBuffer out = CharBuffer.allocate(head.length);
    boolean headIsUtf8 = !decoder.decode(ByteBuffer.wrap(head), out, isWhole).isError();
    if (headIsUtf8 && (isWhole || restIsUtf8.holds())) {
      return StandardCharsets.UTF_8;
    }
    reasons.add("encoding windows-1252: the bytes are not UTF-8");
    return WINDOWS_1252;
  }

  private static CharsetDecoder strict(Charset charset) {
    return charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  private static boolean isUtf8(Opener opener) throws IOException {
    CharsetDecoder decoder = strict(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
    CharBuffer chars = CharBuffer.allocate(1 << 16);
    try (InputStream in = opener.open()) {
      boolean end = false;
      while (!end) {
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        end = read < 0;
        bytes.position(bytes.position() + Math.max(0, read)).flip();
        CoderResult result = decoder.decode(bytes, chars.clear(), end);
        if (result.isError()) {
          return false;
        }
        bytes.compact();
      }
    }
    return true;
  }

  String name() {
    return name;
  }

  List<String> columns() {
    return columns;
  }

  Table.Dialect dialect() {
    return dialect;
  }

  Table.Rows rows() {
    try {
      InputStream in = opener.open();
      try {
        in.skipNBytes(markBytes);
        Reader text = new InputStreamReader(in, strict(dialect.encoding()));
        return new CsvRows(name, text, dialect, columns.size(), isStream);
      } catch (IOException | RuntimeException e) {
        in.close();
        throw e;
      }
    } catch (CharacterCodingException e) {
      throw new TableException(name + ": is not in " + dialect.encoding(), e);
    } catch (ZipException e) {
      throw damaged(name, e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + name + ": " + e.getMessage(), e);
    }
  }
}
