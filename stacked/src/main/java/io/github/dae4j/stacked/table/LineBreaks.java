package io.github.dae4j.stacked.table;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;

/**
 * Remembers the line breaks between the records of a CSV text that is read through it, empty lines
 * included, so that they can be written again as they were.
 */
final class LineBreaks extends FilterReader {

  /** Where a record begins, and the breaks since the last one. */
  private record Start(long line, String breaks) {}

  private final char separator;
  private final char quote;
  private final boolean skipsEmptyLines;
  private final ArrayDeque<Start> starts = new ArrayDeque<>();
  private final StringBuilder breaks = new StringBuilder();
  private boolean inRecord;
  private boolean inQuotes;
  private char last; // 0 at first
  private boolean closed; // a quote, just before
  private long line = 1;

  LineBreaks(Reader text, char separator, char quote, boolean skipsEmptyLines) {
    super(text);
    this.separator = separator;
    this.quote = quote;
    this.skipsEmptyLines = skipsEmptyLines;
  }

  /** The breaks before the record that begins in a line; records are asked for in their order. */
  String before(long recordLine) {
    while (!starts.isEmpty() && starts.peek().line() < recordLine) {
      starts.poll();
    }
    return starts.isEmpty() || starts.peek().line() != recordLine ? null : starts.poll().breaks();
  }

  /** The breaks after the last record, when all is read. */
  String tail() {
    return breaks.toString();
  }

  @Override
  public int read() throws IOException {
    char[] one = new char[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }

  @Override
  public int read(char[] text, int from, int length) throws IOException {
    int count = super.read(text, from, length);
    int end = from + count;
    for (int i = from; i < end; ) {
      int next = inRecord ? afterUsual(text, i, end) : i;
      if (next > i) {
        last = text[next - 1];
        closed = false;
        i = next;
      } else {
        pass(text[i++]);
      }
    }
    return count;
  }

  /** Behind what neither ends a record nor quotes; most of a text is such. */
  private int afterUsual(char[] text, int from, int end) {
    int i = from;
    while (i < end && text[i] != '\n' && text[i] != '\r' && text[i] != quote) {
      i++;
    }
    return i;
  }

  private void pass(char mark) {
    boolean isBreak = mark == '\n' || mark == '\r';
    boolean isSecond = mark == '\n' && last == '\r'; // of a break of two characters
    if (isBreak && !isSecond) {
      line++;
    }
    if (inQuotes) {
      inQuotes = mark != quote;
      closed = !inQuotes;
    } else if (isBreak) {
      endRecord(mark, isSecond);
    } else {
      boolean opens = mark == quote && (!inRecord || last == separator || closed);
      if (!inRecord) {
        begin(line);
      }
      inQuotes = opens;
      closed = false;
    }
    last = mark;
  }

  private void endRecord(char mark, boolean isSecond) {
    if (!inRecord && !skipsEmptyLines && !isSecond) {
      begin(line - 1);
    }
    inRecord = false;
    closed = false;
    breaks.append(mark);
  }

  private void begin(long at) {
    boolean isUsual = breaks.length() == 1 && breaks.charAt(0) == '\n';
    starts.add(new Start(at, isUsual ? "\n" : breaks.toString()));
    breaks.setLength(0);
    inRecord = true;
  }
}
