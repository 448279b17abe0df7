package io.github.dae4j;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.io.ObjectInputStream;
import java.util.List;
import org.deeplearning4j.core.util.ModelGuesser;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.common.util.SerializationUtils;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.dataset.api.preprocessor.serializer.NormalizerSerializer;
import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4j;

/** Keeps docs/architecture.md true: who may see whom, and what a library must not do. */
class ArchitectureTest {

  private static final String ROOT = "io.github.dae4j";
  private static final String[] LIBRARIES = {
    ROOT + ".corruption..",
    ROOT + ".layer..",
    ROOT + ".listener..",
    ROOT + ".internal..",
    ROOT + ".stacked..",
    ROOT + ".datasets..",
    ROOT + ".report..",
    ROOT + ".ui.."
  };

  /** Each room, then those of ours that it may see, besides itself. */
  private static final List<List<String>> ROOMS =
      List.of(
          List.of("internal.file"),
          List.of("internal.compute"),
          List.of("listener"),
          List.of("corruption", "internal.compute"),
          List.of("internal.solver", "internal.compute", "listener"),
          List.of("layer", "corruption", "listener", "internal.compute", "internal.solver"),
          List.of("stacked", "corruption", "listener", "layer", "internal"),
          List.of("datasets", "stacked", "internal.file"),
          List.of("report", "internal.file"),
          List.of("ui", "corruption", "listener", "layer"),
          List.of(
              "cli",
              "corruption",
              "listener",
              "layer",
              "stacked",
              "datasets",
              "report",
              "ui",
              "internal"),
          List.of("examples", "corruption", "listener", "layer", "stacked", "datasets", "report"));

  /** Libraries that only the rooms named first may see. */
  private static final List<List<String>> DOORS =
      List.of(
          List.of("org.bytedeco..", "internal.compute", "cli"),
          List.of("de.siegmar.fastcsv..", "stacked.table", "datasets", "cli"),
          List.of("org.apache.commons.math3..", "stacked"),
          List.of("onnx..", "stacked.internal"),
          List.of("com.github.weisj.jsvg..", "report"),
          List.of("io.vertx..", "ui"),
          List.of("picocli..", "cli"),
          List.of("me.tongfei..", "cli"),
          List.of("org.jline..", "cli"),
          List.of("org.snakeyaml..", "cli.config"));

  private static JavaClasses project;

  @BeforeAll
  static void read() {
    project =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);
  }

  static List<List<String>> rooms() {
    return ROOMS;
  }

  static List<List<String>> doors() {
    return DOORS;
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void dependenciesGoOneWay(List<String> room) {
    DescribedPredicate<JavaClass> visible =
        resideInAnyPackage(room.stream().map(ArchitectureTest::inside).toArray(String[]::new));
    check(
        noClasses()
            .that()
            .resideInAPackage(inside(room.get(0)))
            .should()
            .dependOnClassesThat(
                resideInAPackage(ROOT + "..").and(DescribedPredicate.not(visible))));
  }

  @ParameterizedTest
  @MethodSource("doors")
  void librariesComeInByOneDoor(List<String> door) {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                door.stream().skip(1).map(ArchitectureTest::inside).toArray(String[]::new))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(door.get(0)));
  }

  /** All that is internal to the stack belongs to its own module. */
  @Test
  void whatIsInternalToStacksStaysThere() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(inside("stacked"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(inside("stacked.internal")));
  }

  /** Of the plugin's internals, others than stacks see no more than the writer of whole files. */
  @Test
  void whatIsInternalToThePluginIsForStacks() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(inside("datasets"), inside("report"), inside("ui"), inside("cli"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(inside("internal.compute"), inside("internal.solver")));
  }

  @Test
  void nothingSeesTheCommandsButTheirMain() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(inside("cli.command"), inside("cli.study"))
            .and()
            .doNotHaveFullyQualifiedName(ROOT + ".cli.Dae4j")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(inside("cli.command")));
  }

  @Test
  void experimentsKnowNoTerminal() {
    String experiments = inside("cli.experiment");
    check(
        noClasses()
            .that()
            .resideInAPackage(experiments)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(inside("cli.console"), "picocli..", "me.tongfei.."));
    check(noClasses().that().resideInAPackage(experiments).should(ACCESS_STANDARD_STREAMS));
  }

  @Test
  void noCycles() {
    check(slices().matching(ROOT + ".(**)").should().beFreeOfCycles());
  }

  @Test
  void librariesDoNotPrint() {
    check(libraries().should(ACCESS_STANDARD_STREAMS));
  }

  @Test
  void librariesLeaveGlobalStateAlone() {
    DescribedPredicate<JavaCall<?>> setter =
        target(nameStartingWith("set"))
            .and(
                target(owner(type(Nd4j.class).or(type(Environment.class)).or(type(Random.class)))));
    // A run that goes on puts the generator back to where it was, so does a step whose input is
    // refused, and a loop of steps the number of threads; who draws moves the generator on.
    check(
        libraries()
            .and()
            .doNotHaveFullyQualifiedName(ROOT + ".stacked.internal.RandomState")
            .and()
            .doNotHaveFullyQualifiedName(ROOT + ".layer.DenoisingStep")
            .and()
            .doNotHaveFullyQualifiedName(ROOT + ".internal.solver.TrainingThreads$Count")
            .and()
            .doNotHaveFullyQualifiedName(ROOT + ".internal.compute.BernoulliMask")
            .should()
            .callMethodWhere(setter));
  }

  /** They make whatever class a file names. */
  @Test
  void nothingDeserializesJavaObjects() {
    DescribedPredicate<JavaCall<?>> reader =
        target(owner(type(ObjectInputStream.class)))
            .or(target(owner(type(ModelGuesser.class).or(type(SerializationUtils.class)))))
            .or(
                target(nameStartingWith("restore"))
                    .and(
                        target(
                            owner(
                                type(ModelSerializer.class).or(type(NormalizerSerializer.class))))))
            .or(
                target(nameStartingWith("load"))
                    .and(
                        target(
                            owner(
                                type(MultiLayerNetwork.class).or(type(ComputationGraph.class))))));
    check(noClasses().should().callCodeUnitWhere(reader));
  }

  private static GivenClassesConjunction libraries() {
    return noClasses().that().resideInAnyPackage(LIBRARIES);
  }

  /** A package of ours and those below it. */
  private static String inside(String room) {
    return ROOT + "." + room + "..";
  }

  private static void check(ArchRule rule) {
    rule.check(project);
  }
}
