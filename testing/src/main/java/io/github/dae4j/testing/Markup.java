package io.github.dae4j.testing;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Markup as a reader sees it; what is not well-formed is refused. */
public record Markup(Document document) {

  public static Markup of(String text) {
    try {
      return new Markup(
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(text))));
    } catch (Exception e) {
      throw new AssertionError(e.getMessage() + " in " + text, e);
    }
  }

  /** All elements of a name. */
  public List<Element> all(String name) {
    NodeList found = document.getElementsByTagName(name);
    return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
  }

  /** The texts of all elements of a name. */
  public List<String> texts(String name) {
    return all(name).stream().map(Element::getTextContent).toList();
  }

  /** An attribute of all elements of a name. */
  public List<String> values(String name, String attribute) {
    return all(name).stream().map(element -> element.getAttribute(attribute)).toList();
  }
}
