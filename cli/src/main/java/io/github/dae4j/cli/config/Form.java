package io.github.dae4j.cli.config;

import io.github.dae4j.cli.config.Located.BrokenRule;
import io.github.dae4j.cli.config.RecordForm.KeyDescription;
import io.github.dae4j.cli.config.YamlNode.Sequence;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/** How values of one kind are written: read strictly, and written so that they read back. */
interface Form<T> {

  /**
   * Reads a value.
   *
   * @throws ConfigurationException with the place, the path and the rule that is broken
   */
  T read(Located at);

  /** Scalars, lists and maps that {@link #read} gives back. */
  Object write(T value);

  /** What a value must be: "a number in [0, 1]". */
  String rule();

  /**
   * Checks a value that Java code gave.
   *
   * @throws BrokenRule at this key
   */
  default void check(String key, T value) {}

  /** The keys below a value that has this path. */
  default List<KeyDescription> keys(String path) {
    return List.of();
  }

  /** {@code true} or {@code false}, without quotes. */
  static final class FlagForm implements Form<Boolean> {

    @Override
    public Boolean read(Located at) {
      String text = at.plain();
      if (!("true".equals(text) || "false".equals(text))) {
        throw at.mustBe(rule());
      }
      return text.equals("true");
    }

    @Override
    public Object write(Boolean value) {
      return value;
    }

    @Override
    public String rule() {
      return "true or false";
    }
  }

  /** A path of a file or directory. */
  static final class PathForm implements Form<Path> {

    @Override
    public Path read(Located at) {
      String text = at.text();
      if (text == null || text.isBlank()) {
        throw at.mustBe(rule());
      }
      try {
        return Path.of(text);
      } catch (InvalidPathException e) {
        throw at.mustBe(rule());
      }
    }

    @Override
    public Object write(Path value) {
      return value.toString();
    }

    @Override
    public String rule() {
      return "a path";
    }
  }

  /** Values that are written as others are. */
  record ConvertedForm<S, T>(Form<S> source, Function<S, T> to, Function<T, S> from)
      implements Form<T> {

    @Override
    public T read(Located at) {
      S value = source.read(at);
      try {
        return to.apply(value);
      } catch (IllegalArgumentException e) {
        throw at.breaks("is refused: " + e.getMessage());
      }
    }

    /** A value that is not written as what it is would read back as another. */
    @Override
    public void check(String key, T value) {
      T again;
      try {
        again = to.apply(from.apply(value));
      } catch (IllegalArgumentException e) {
        throw new BrokenRule(key, "is refused: " + e.getMessage());
      }
      BrokenRule.require(again.equals(value), key, rule(), value);
    }

    @Override
    public Object write(T value) {
      return source.write(from.apply(value));
    }

    @Override
    public String rule() {
      return source.rule();
    }

    @Override
    public List<KeyDescription> keys(String path) {
      return source.keys(path);
    }
  }

  /** One of some words; the short names of what Java has longer ones for. */
  static final class WordForm<T> implements Form<T> {

    private final Map<String, T> meanings;

    WordForm(Map<String, T> meanings) {
      this.meanings = Collections.unmodifiableMap(new LinkedHashMap<>(meanings));
    }

    /** The constants of an enumeration, in small letters with hyphens. */
    @SafeVarargs
    static <E extends Enum<E>> WordForm<E> of(E... constants) {
      Map<String, E> meanings = new LinkedHashMap<>();
      for (E constant : constants) {
        meanings.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
      }
      return new WordForm<>(meanings);
    }

    @Override
    public T read(Located at) {
      String word = at.text();
      if (word == null || !meanings.containsKey(word)) {
        throw at.mustBe(rule());
      }
      return meanings.get(word);
    }

    @Override
    public Object write(T value) {
      return word(value);
    }

    private String word(T value) {
      return meanings.entrySet().stream()
          .filter(entry -> entry.getValue().equals(value))
          .map(Map.Entry::getKey)
          .findFirst()
          .orElse(null);
    }

    @Override
    public String rule() {
      return "one of " + String.join(", ", meanings.keySet());
    }

    @Override
    public void check(String key, T value) {
      BrokenRule.require(word(value) != null, key, rule(), value);
    }
  }

  /** A value, or the word auto where the data decide, which is null. */
  record AutoForm<T>(Form<T> form) implements Form<T> {

    private static final String WORD = "auto";

    @Override
    public T read(Located at) {
      if (WORD.equals(at.text())) {
        return null;
      }
      return form.read(at);
    }

    @Override
    public Object write(T value) {
      return value == null ? WORD : form.write(value);
    }

    @Override
    public String rule() {
      return "auto, or " + form.rule();
    }

    @Override
    public void check(String key, T value) {
      form.check(key, value);
    }
  }

  /** A value, or a word that stands for a certain one. */
  record NamedForm<T>(String word, T meaning, Form<T> form) implements Form<T> {

    @Override
    public T read(Located at) {
      return word.equals(at.text()) ? meaning : form.read(at);
    }

    @Override
    public Object write(T value) {
      return form.write(value);
    }

    @Override
    public String rule() {
      return word + ", or " + form.rule();
    }

    @Override
    public void check(String key, T value) {
      form.check(key, value);
    }

    @Override
    public List<KeyDescription> keys(String path) {
      return form.keys(path);
    }
  }

  /** A text, which may be empty. */
  record TextForm(String rule) implements Form<String> {

    @Override
    public String read(Located at) {
      String text = at.text();
      if (text == null) {
        throw at.mustBe(rule);
      }
      return text;
    }

    @Override
    public Object write(String value) {
      return value;
    }
  }

  /** Values of one form by any names. */
  record MapForm<T>(Form<T> value) implements Form<Map<String, T>> {

    @Override
    public Map<String, T> read(Located at) {
      if (!(at.node() instanceof YamlNode.Mapping mapping)) {
        throw at.mustBe(rule());
      }
      Map<String, T> read = new LinkedHashMap<>();
      mapping
          .entries()
          .forEach((key, entry) -> read.put(key, value.read(at.key(key, entry.value()))));
      return read;
    }

    @Override
    public Object write(Map<String, T> values) {
      Map<String, Object> written = new LinkedHashMap<>();
      values.forEach((key, each) -> written.put(key, value.write(each)));
      return written;
    }

    @Override
    public String rule() {
      return "a map of names to " + value.rule();
    }

    @Override
    public void check(String key, Map<String, T> values) {
      values.forEach((name, each) -> value.check(Located.join(key, name), each));
    }
  }

  /** A copy that nobody changes. */
  static <T> Map<String, T> inOrder(Map<String, T> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /** A list of values of one form. */
  record ListForm<T>(Form<T> element, boolean mayBeEmpty) implements Form<List<T>> {

    static <T> ListForm<T> ofAny(Form<T> element) {
      return new ListForm<>(element, true);
    }

    static <T> ListForm<T> ofSome(Form<T> element) {
      return new ListForm<>(element, false);
    }

    @Override
    public List<T> read(Located at) {
      if (!(at.node() instanceof Sequence sequence)) {
        throw at.mustBe(rule());
      }
      if (sequence.items().isEmpty() && !mayBeEmpty) {
        throw at.breaks("must not be empty");
      }
      return IntStream.range(0, sequence.items().size())
          .mapToObj(index -> element.read(at.item(index)))
          .toList();
    }

    @Override
    public Object write(List<T> value) {
      return value.stream().map(element::write).toList();
    }

    @Override
    public String rule() {
      return element instanceof NumberForm ? "a list of numbers" : "a list";
    }

    @Override
    public void check(String key, List<T> value) {
      if (value.isEmpty() && !mayBeEmpty) {
        throw new BrokenRule(key, "must not be empty");
      }
      IntStream.range(0, value.size())
          .forEach(index -> element.check(key + "[" + index + "]", value.get(index)));
    }

    @Override
    public List<KeyDescription> keys(String path) {
      return element.keys(path + "[]");
    }
  }
}
