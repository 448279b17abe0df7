package io.github.dae4j.cli.config;

import io.github.dae4j.cli.config.YamlNode.Entry;
import io.github.dae4j.cli.config.YamlNode.Mapping;
import io.github.dae4j.cli.config.YamlNode.Scalar;
import io.github.dae4j.cli.config.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.Event.ID;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;

/**
 * Makes a tree of YAML's events, which the parser gives one by one, so that limits hold before
 * there is much of it.
 */
final class YamlParser {

  private static final int MOST_NODES = 10_000;
  private static final int DEEPEST = 32;

  private final Events events;
  private final SourcePosition places;
  private final Map<String, YamlNode> anchors = new HashMap<>();
  private long nodes;

  private YamlParser(Events events, SourcePosition places) {
    this.events = events;
    this.places = places;
  }

  /**
   * The tree of a text that is one document.
   *
   * @throws ConfigurationException at the first place where it is none
   */
  static YamlNode compose(String text, SourcePosition places) {
    return new YamlParser(new Events(text, places), places).document();
  }

  private YamlNode document() {
    events.next(); // the stream's start
    Event start = events.next();
    if (start.getEventId() == ID.StreamEnd) {
      return new Scalar(place(start), "", true);
    }
    YamlNode root = node(events.next(), 0);
    events.next(); // the document's end
    Event end = events.next();
    if (end.getEventId() != ID.StreamEnd) {
      throw fault(end, "a second document begins here, expected one");
    }
    return root;
  }

  private YamlNode node(Event event, int depth) {
    if (event instanceof AliasEvent alias) {
      return known(alias);
    }
    requireFew(event, 1);
    if (depth > DEEPEST) {
      throw fault(event, "maps and lists must not be nested deeper than " + DEEPEST);
    }
    YamlNode node = built(event, depth);
    ((NodeEvent) event).getAnchor().ifPresent(anchor -> anchors.put(anchor.getValue(), node));
    return node;
  }

  private YamlNode built(Event event, int depth) {
    if (event instanceof SequenceStartEvent start) {
      requireNoTag(event, start.getTag());
      return sequence(event, depth);
    }
    if (event instanceof MappingStartEvent start) {
      requireNoTag(event, start.getTag());
      return mapping(event, depth);
    }
    ScalarEvent scalar = (ScalarEvent) event;
    requireNoTag(event, scalar.getTag());
    return new Scalar(place(event), scalar.getValue(), scalar.isPlain());
  }

  private Sequence sequence(Event start, int depth) {
    List<YamlNode> items = new ArrayList<>();
    for (Event event = events.next(); event.getEventId() != ID.SequenceEnd; event = events.next()) {
      items.add(node(event, depth + 1));
    }
    return new Sequence(place(start), items);
  }

  private Mapping mapping(Event start, int depth) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (Event event = events.next(); event.getEventId() != ID.MappingEnd; event = events.next()) {
      if (!(node(event, depth + 1) instanceof Scalar key)) {
        throw fault(event, "a key must be a word, got a list or map");
      }
      Entry entry = new Entry(place(event), node(events.next(), depth + 1));
      Entry before = entries.putIfAbsent(key.text(), entry);
      if (before != null) {
        throw fault(
            event,
            "duplicate key '%s', first at %s"
                .formatted(OneLine.shortened(key.text()), before.keyPlace()));
      }
    }
    return new Mapping(place(start), entries);
  }

  private YamlNode known(AliasEvent alias) {
    String name = alias.getAlias().getValue();
    YamlNode node = anchors.get(name);
    if (node == null) {
      throw fault(alias, "no value above has the anchor &" + OneLine.shortened(name));
    }
    requireFew(alias, node.size());
    return node;
  }

  /** An alias counts as what it stands for: a few lines of them can stand for more than memory. */
  private void requireFew(Event event, long more) {
    nodes += more;
    if (nodes > MOST_NODES) {
      throw fault(event, "a document must have at most %d values".formatted(MOST_NODES));
    }
  }

  private void requireNoTag(Event event, Optional<String> tag) {
    if (tag.isPresent()) {
      throw fault(event, "a tag is not allowed, got " + OneLine.shortened(tag.get()));
    }
  }

  private String place(Event event) {
    return places.of(event.getStartMark());
  }

  private ConfigurationException fault(Event event, String problem) {
    return new ConfigurationException(place(event), problem);
  }

  /** The events of a text, parsed one by one; what is no YAML is a fault at its place. */
  static final class Events {

    private static final LoadSettings SETTINGS =
        LoadSettings.builder()
            .setCodePointLimit(Integer.MAX_VALUE)
            .build(); // the reader has its own

    private final String text;
    private final SourcePosition places;
    private final Iterator<Event> events;

    Events(String text, SourcePosition places) {
      this.text = text;
      this.places = places;
      events = new Parse(SETTINGS).parseString(text).iterator();
    }

    Event next() {
      try {
        return events.next();
      } catch (MarkedYamlEngineException e) {
        String problem = e.getProblem() == null ? e.getContext() : e.getProblem();
        throw fault(places.of(e.getProblemMark()), problem, e);
      } catch (ReaderException e) {
        int first = Math.max(0, text.indexOf(e.getCodePoint()));
        String problem = "the character U+%04X is not allowed".formatted(e.getCodePoint());
        throw fault(places.after(text.substring(0, first)), problem, e);
      } catch (YamlVersionException e) {
        throw fault(places.after(""), "its version is not 1", e);
      } catch (YamlEngineException e) {
        throw fault(places.after(""), e.getMessage(), e);
      }
    }

    private static ConfigurationException fault(String place, String problem, Exception cause) {
      return new ConfigurationException(place, "no YAML: " + problem, cause);
    }
  }

  /**
   * What messages call the places in a text.
   *
   * @param name of the text
   * @param hasLines whether line and column follow, both counted from 1: name:line:column
   */
  record SourcePosition(String name, boolean hasLines) {

    String of(Optional<Mark> mark) {
      return mark.map(known -> at(known.getLine() + 1, known.getColumn() + 1)).orElse(name);
    }

    /** The place behind a beginning of the text. */
    String after(String beginning) {
      int line = 1 + (int) beginning.chars().filter(symbol -> symbol == '\n').count();
      int column = beginning.length() - beginning.lastIndexOf('\n');
      return at(line, column);
    }

    private String at(int line, int column) {
      return hasLines ? "%s:%s:%s".formatted(name, line, column) : name;
    }
  }
}
