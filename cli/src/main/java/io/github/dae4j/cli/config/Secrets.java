package io.github.dae4j.cli.config;

import java.util.regex.Pattern;

/** Passwords in JDBC URLs, which nobody shall see. */
public final class Secrets {

  private static final String NAMES =
      "(?:[a-z_]*password|passwd|pwd|secret|token|access_key|motherduck_token)";
  private static final Pattern SETTING =
      Pattern.compile("(?i)\\b(" + NAMES + "\\s*[=:]\\s*)[^&;,\\s'\"]+");
  private static final Pattern USER = Pattern.compile("(//[^/:@\\s]+:)[^@\\s]+@");
  private static final Pattern PARAMETER =
      Pattern.compile("(?i)([?&;])" + NAMES + "=[^&;]*(&(?=.)|;(?=.))?");

  private Secrets() {}

  /** A text that may hold such a URL, with stars in place of passwords. */
  public static String hidden(String text) {
    return USER.matcher(SETTING.matcher(text).replaceAll("$1***")).replaceAll("$1***@");
  }

  /** A JDBC URL without passwords: {@code jdbc:postgresql://host/db?user=me}. */
  public static String removed(String url) {
    String without = PARAMETER.matcher(url).replaceAll("$1").replaceAll("[?&;]$", "");
    return USER.matcher(without).replaceAll(match -> match.group(1).replaceAll(":$", "@"));
  }
}
