package io.github.dae4j.ui;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.core.storage.StatsStorageEvent;
import org.deeplearning4j.core.storage.StatsStorageListener.EventType;
import org.deeplearning4j.ui.api.HttpMethod;
import org.deeplearning4j.ui.api.Route;
import org.deeplearning4j.ui.api.UIModule;
import org.deeplearning4j.ui.i18n.I18NResource;

/**
 * A page of DL4J's training server, {@value #PATH}: filters and reconstructions of what trains, as
 * {@link PictureListener} puts them into an attached storage. DL4J finds it by itself; its pages
 * have no link to it.
 */
public final class PicturePage implements UIModule {

  static final String PATH = "/dae4j";

  private static final String ASSETS = "deeplearning4jUiAssets/dae4j/";
  private static final int NOT_FOUND = 404;

  private final Map<String, Snapshot> stages = new LinkedHashMap<>(); // guarded by this

  @Override
  public List<String> getCallbackTypeIDs() {
    return List.of(Snapshot.TYPE);
  }

  @Override
  public List<Route> getRoutes() {
    return List.of(
        get("", context -> file(context, "live.html", "text/html; charset=utf-8")),
        get("/live.css", context -> file(context, "live.css", "text/css; charset=utf-8")),
        get("/live.js", context -> file(context, "live.js", "text/javascript; charset=utf-8")),
        get("/state", this::state),
        picture("filters", Snapshot.Pictures::filters),
        picture("clean", Snapshot.Pictures::clean),
        picture("corrupted", Snapshot.Pictures::corrupted),
        picture("reconstructed", Snapshot.Pictures::reconstructed));
  }

  private static Route get(String path, Consumer<RoutingContext> answer) {
    return new Route(PATH + path, HttpMethod.GET, (unused, context) -> answer.accept(context));
  }

  private Route picture(String name, Function<Snapshot.Pictures, byte[]> png) {
    return new Route(
        PATH + "/" + name + "/:stage",
        HttpMethod.GET,
        (arguments, context) -> png(context, stage(arguments.get(0)), png));
  }

  private static void file(RoutingContext context, String name, String type) {
    context.response().putHeader("content-type", type).sendFile(ASSETS + name);
  }

  private static void png(
      RoutingContext context, Snapshot stage, Function<Snapshot.Pictures, byte[]> png) {
    if (stage == null) {
      context.response().setStatusCode(NOT_FOUND).end();
    } else {
      context
          .response()
          .putHeader("content-type", "image/png")
          .putHeader("cache-control", "no-store")
          .end(Buffer.buffer(png.apply(stage.pictures())));
    }
  }

  private synchronized Snapshot stage(String session) {
    return stages.get(session);
  }

  private synchronized void state(RoutingContext context) {
    JsonArray all = new JsonArray();
    stages.values().forEach(stage -> all.add(json(stage)));
    context
        .response()
        .putHeader("content-type", "application/json")
        .putHeader("cache-control", "no-store")
        .end(all.encode());
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
