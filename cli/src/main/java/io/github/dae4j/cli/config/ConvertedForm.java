package io.github.dae4j.cli.config;

import java.util.List;
import java.util.function.Function;

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
    BrokenRule.require(to.apply(from.apply(value)).equals(value), key, rule(), value);
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
