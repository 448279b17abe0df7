package io.github.dae4j.ui;

import io.github.dae4j.ui.internal.TemplateResolver;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.ui.api.Route;
import org.deeplearning4j.ui.api.UIModule;
import org.deeplearning4j.ui.i18n.DefaultI18N;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.module.train.TrainModule;

/**
 * DL4J's pages of a training: overview, model, system. The data are DL4J's answers; the pages are
 * its templates, rendered here, with a policy that names each of their inline scripts by its hash.
 */
final class Dl4jPages {

  private static final String TEMPLATE = "templates/Training%s.html.ftl";
  private static final Pattern MESSAGE = Pattern.compile("\\$\\{([^}]+)}");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,4}");
  private static final Set<String> LANGUAGES = Set.of("en", "de", "ja", "zh", "ko", "ru");

  private final TrainModule module =
      TemplateResolver.withoutCopies(
          () -> {
            DefaultI18N.getInstance(); // constructs a module too
            return new TrainModule();
          });
  private final Supplier<List<StatsStorage>> storages;

  Dl4jPages(Supplier<List<StatsStorage>> storages) {
    this.storages = storages;
  }

  UIModule module() {
    return module;
  }

  void addTo(Router router) {
    page(router, "/train/overview", "Overview");
    page(router, "/train/model", "Model");
    page(router, "/train/system", "System");
    redirect(router, "/", PicturePage.PATH);
    redirect(router, "/train", "/train/overview");
    ClasspathFiles.get(router, "/setlang/:to", this::setLanguage);
    for (Map.Entry<String, Predicate<String>> entry : dataRoutes().entrySet()) {
      Route route =
          module.getRoutes().stream()
              .filter(candidate -> candidate.getRoute().equals(entry.getKey()))
              .findFirst()
              .orElseThrow();
      ClasspathFiles.get(
          router, route.getRoute(), context -> data(route, entry.getValue(), context));
    }
  }

  /** What is left to DL4J's module, and which argument it can bear: it remembers any other. */
  private Map<String, Predicate<String>> dataRoutes() {
    return Map.of(
        "/train/multisession", none -> true,
        "/train/sessions/current", none -> true,
        "/train/sessions/info", none -> true,
        "/train/overview/data", none -> true,
        "/train/model/graph", none -> true,
        "/train/system/data", none -> true,
        "/train/model/data/:layerId", layer -> NUMBER.matcher(layer).matches(),
        "/train/sessions/lastUpdate/:sessionId", this::isSession,
        "/train/sessions/set/:to", this::isSession,
        "/train/workers/setByIdx/:to", this::isWorker);
  }

  private Stream<StatsStorage> holding(String session) {
    return storages.get().stream()
        .filter(
            storage ->
                storage.listSessionIDs().contains(session)
                    && storage.listTypeIDsForSession(session).contains(StatsListener.TYPE_ID));
  }

  private boolean isSession(String session) {
    return holding(session).findAny().isPresent();
  }

  /** An index that each session has, whichever is shown. */
  private boolean isWorker(String index) {
    return NUMBER.matcher(index).matches()
        && Integer.parseInt(index)
            < storages.get().stream()
                .flatMap(storage -> storage.listSessionIDs().stream())
                .distinct()
                .flatMap(session -> holding(session).map(storage -> workers(storage, session)))
                .mapToInt(Integer::intValue)
                .min()
                .orElse(1);
  }

  private static int workers(StatsStorage storage, String session) {
    return storage.listWorkerIDsForSessionAndType(session, StatsListener.TYPE_ID).size();
  }

  private static void data(Route route, Predicate<String> takes, RoutingContext context) {
    List<String> arguments = List.copyOf(context.pathParams().values());
    if (!arguments.stream().allMatch(takes)) {
      RequestGuard.notFound(context);
      return;
    }
    try {
      route.getConsumer().accept(arguments, context);
    } catch (IndexOutOfBoundsException | NullPointerException e) { // of a layer that is not there
      RequestGuard.notFound(context);
    }
  }

  private void setLanguage(RoutingContext context) {
    String language = context.pathParam("to");
    if (LANGUAGES.contains(language)) {
      DefaultI18N.getInstance().setDefaultLanguage(language);
      context.response().end();
    } else {
      RequestGuard.notFound(context);
    }
  }

  private static void redirect(Router router, String from, String to) {
    ClasspathFiles.get(
        router,
        from,
        context -> context.response().setStatusCode(302).putHeader("location", to).end());
  }

  private static void page(Router router, String path, String name) {
    ClasspathFiles.get(
        router,
        path,
        context -> {
          String html = render(TEMPLATE.formatted(name));
          context
              .response()
              .putHeader("content-type", "text/html; charset=utf-8")
              .putHeader("content-security-policy", InlineScripts.policyOf(html))
              .end(html);
        });
  }

  private static String render(String template) {
    DefaultI18N texts = (DefaultI18N) DefaultI18N.getInstance();
    Map<String, String> messages = texts.getMessages(texts.getDefaultLanguage());
    String html = new String(ClasspathFiles.read(template), StandardCharsets.UTF_8);
    return MESSAGE
        .matcher(html)
        .replaceAll(
            found -> {
              String key = found.group(1).replace("\\", "");
              return Matcher.quoteReplacement(messages.getOrDefault(key, key));
            })
        .replace("\r\n", "\n") // as a browser reads, and hashes, it
        .replace("href=\"javascript:void(0);\"", "href=\"#\"");
  }
}
