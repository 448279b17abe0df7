package io.github.dae4j.cli.config;

import java.util.Iterator;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;

/** The events of a text, parsed one by one; what is no YAML is a fault at its place. */
final class Events {

  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build(); // the reader has its own

  private final String text;
  private final Places places;
  private final Iterator<Event> events;

  Events(String text, Places places) {
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
