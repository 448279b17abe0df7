package io.github.dae4j.stacked.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is wrong with the content of a file, for a message: one line without control characters or
 * packages of the types that a parser names, not too long. Parts of it come from the file.
 */
public final class DamageReason {

  private static final int LONGEST = 200;
  private static final Pattern TYPE =
      Pattern.compile("`[^`]*`|\\(class [^)]*\\)"); // as Jackson names them
  private static final Pattern PACKAGES = Pattern.compile("\\b(?:[a-z]\\w*\\.)+(?=[A-Z])");
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\p{Cn}\\p{Zl}\\p{Zp}]");

  private DamageReason() {}

  /** The reason that a reader gives by what it throws. */
  public static String of(Exception fault) {
    String text =
        TYPE.matcher(text(fault))
            .replaceAll(
                type -> Matcher.quoteReplacement(PACKAGES.matcher(type.group()).replaceAll("")));
    String line =
        UNPRINTABLE
            .matcher(text)
            .replaceAll(found -> "\\\\u%04x".formatted(found.group().codePointAt(0)));
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }

  private static String text(Exception fault) {
    if (isMisfit(fault) || isMisfit(fault.getCause()) && isJson(fault)) {
      return "its parts do not fit together"; // Java's own words name its code
    }
    if (fault.getCause() instanceof IllegalArgumentException rule && isJson(fault)) {
      return String.valueOf(rule.getMessage()); // of a value that checks itself
    }
    if (fault instanceof JsonProcessingException json) {
      return at(json.getLocation() == null ? 0 : json.getLocation().getLineNr())
          + json.getOriginalMessage();
    }
    if (fault instanceof org.nd4j.shade.jackson.core.JsonProcessingException json) {
      return at(json.getLocation() == null ? 0 : json.getLocation().getLineNr())
          + json.getOriginalMessage();
    }
    return fault.getMessage() == null ? fault.getClass().getSimpleName() : fault.getMessage();
  }

  /** Of what is missing, too short or of another kind than what reads it takes for granted. */
  private static boolean isMisfit(Throwable fault) {
    return fault instanceof NullPointerException
        || fault instanceof IndexOutOfBoundsException
        || fault instanceof ClassCastException
        || fault instanceof ArithmeticException
        || fault instanceof NegativeArraySizeException;
  }

  private static boolean isJson(Exception fault) {
    return fault instanceof JsonProcessingException
        || fault instanceof org.nd4j.shade.jackson.core.JsonProcessingException;
  }

  private static String at(int line) {
    return line > 1 ? "line " + line + " of its JSON: " : "";
  }
}
