package io.github.dae4j.ui;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.core.storage.StatsStorageEvent;
import org.deeplearning4j.core.storage.StatsStorageListener.EventType;
import org.deeplearning4j.ui.api.Route;
import org.deeplearning4j.ui.api.UIModule;
import org.deeplearning4j.ui.i18n.I18NResource;

/**
 * The page of filters and reconstructions, {@value #PATH}, of what {@link PictureListener} puts
 * into an attached storage. It has neither inline scripts nor inline styles.
 */
final class PicturePage implements UIModule {

  static final String PATH = "/dae4j";

  private static final String ASSETS = "deeplearning4jUiAssets/dae4j/";
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final Map<String, Snapshot> stages = new LinkedHashMap<>(); // guarded by this

  @Override
  public List<String> getCallbackTypeIDs() {
    return List.of(Snapshot.TYPE);
  }

  @Override
  public List<Route> getRoutes() {
    return List.of(); // they are added by addTo
  }

  void addTo(Router router) {
    file(router, "", "live.html", "text/html; charset=utf-8");
    file(router, "/live.css", "live.css", "text/css; charset=utf-8");
    file(router, "/live.js", "live.js", "text/javascript; charset=utf-8");
    ClasspathFiles.get(router, PATH + "/state", this::state);
    picture(router, "filters", Snapshot.Pictures::filters);
    picture(router, "clean", Snapshot.Pictures::clean);
    picture(router, "corrupted", Snapshot.Pictures::corrupted);
    picture(router, "reconstructed", Snapshot.Pictures::reconstructed);
  }

  private static void file(Router router, String path, String name, String type) {
    Buffer content = Buffer.buffer(ClasspathFiles.read(ASSETS + name));
    ClasspathFiles.get(
        router,
        PATH + path,
        context ->
            context
                .response()
                .putHeader("content-type", type)
                .putHeader("content-security-policy", POLICY)
                .end(content));
  }

  private void picture(Router router, String name, Function<Snapshot.Pictures, byte[]> png) {
    ClasspathFiles.get(
        router,
        PATH + "/" + name + "/:stage",
        context -> {
          Snapshot stage = stage(context.pathParam("stage"));
          if (stage == null) {
            RequestGuard.notFound(context);
          } else {
            context
                .response()
                .putHeader("content-type", "image/png")
                .end(Buffer.buffer(png.apply(stage.pictures())));
          }
        });
  }

  private synchronized Snapshot stage(String session) {
    return stages.get(session);
  }

  private synchronized void state(RoutingContext context) {
    JsonArray all = new JsonArray();
    stages.values().forEach(stage -> all.add(json(stage)));
    context.response().putHeader("content-type", "application/json").end(all.encode());
  }

  private static JsonObject json(Snapshot stage) {
    double score = stage.progress().score();
    return new JsonObject()
        .put("session", stage.getSessionID())
        .put("time", stage.getTimeStamp())
        .put("title", stage.title())
        .put("epoch", stage.progress().epoch())
        .put("iteration", stage.progress().iteration())
        .put("score", Double.isFinite(score) ? score : null)
        .put("scores", new JsonArray(stage.scores()))
        .put("iterationsPerScore", stage.iterationsPerScore())
        .put("units", stage.pictures().units())
        .put("filtersShown", stage.pictures().filtersShown());
  }

  @Override
  public synchronized void reportStorageEvents(Collection<StatsStorageEvent> events) {
    for (StatsStorageEvent event : events) {
      if (event.getEventType() == EventType.PostStaticInfo) {
        show(event.getStatsStorage(), event.getSessionID());
      }
    }
  }

  @Override
  public synchronized void onAttach(StatsStorage storage) {
    storage.listSessionIDs().forEach(session -> show(storage, session));
  }

  @Override
  public synchronized void onDetach(StatsStorage storage) {
    stages.keySet().removeAll(storage.listSessionIDs());
  }

  private void show(StatsStorage storage, String session) {
    if (storage.getStaticInfo(session, Snapshot.TYPE, PictureListener.WORKER)
        instanceof Snapshot stage) {
      stages.put(session, stage);
    }
  }

  @Override
  public List<I18NResource> getInternationalizationResources() {
    return List.of();
  }
}
