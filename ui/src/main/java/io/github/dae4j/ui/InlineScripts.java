package io.github.dae4j.ui;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The inline scripts and event handlers of a page of DL4J, by hash: a browser runs these and no
 * other. Styles may be inline, since DL4J's pages and the libraries that draw on them have such.
 */
final class InlineScripts {

  private static final Pattern SCRIPT = Pattern.compile("(?s)<script>(.*?)</script>");
  private static final Pattern HANDLER = Pattern.compile("\\son[a-z]+=(?:\"([^\"]*)\"|'([^']*)')");
  private static final String POLICY =
      "default-src 'none'; script-src 'self' 'unsafe-hashes' %s; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'";

  private InlineScripts() {}

  /** The strictest content security policy under which the page works. */
  static String policyOf(String html) {
    Stream<String> scripts = SCRIPT.matcher(html).results().map(found -> found.group(1));
    Stream<String> handlers =
        HANDLER
            .matcher(html)
            .results()
            .map(found -> found.group(1) == null ? found.group(2) : found.group(1));
    return POLICY.formatted(
        Stream.concat(scripts, handlers)
            .distinct()
            .map(InlineScripts::hash)
            .collect(Collectors.joining(" ")));
  }

  private static String hash(String script) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each Java has SHA-256", e);
    }
  }
}
