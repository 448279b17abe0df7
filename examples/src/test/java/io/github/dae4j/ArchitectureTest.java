package io.github.dae4j;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.io.ObjectInputStream;
import org.deeplearning4j.core.util.ModelGuesser;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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
    ROOT + ".stacked..",
    ROOT + ".datasets..",
    ROOT + ".report..",
    ROOT + ".listener..",
    ROOT + ".internal..",
    ROOT + ".ui.."
  };

  private static JavaClasses project;

  @BeforeAll
  static void read() {
    project =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);
  }

  @Test
  void corruptionSeesComputeAndNd4j() {
    check(
        seesOnly(
            ".corruption..", ROOT + ".corruption..", ROOT + ".internal.compute..", "org.nd4j.."));
  }

  @Test
  void computeSeesOnlyNd4jAndItsBlas() {
    check(
        seesOnly(
            ".internal.compute..", ROOT + ".internal.compute..", "org.nd4j..", "org.bytedeco.."));
  }

  @Test
  void solverSeesComputeAndDl4j() {
    check(
        seesOnly(
            ".internal.solver..",
            ROOT + ".internal.solver..",
            ROOT + ".listener..",
            ROOT + ".internal.compute..",
            "org.nd4j..",
            "org.slf4j..",
            "org.deeplearning4j.."));
  }

  @Test
  void layerSeesTheRestOfThePluginAndDl4j() {
    check(
        seesOnly(
            ".layer..",
            ROOT + ".layer..",
            ROOT + ".corruption..",
            ROOT + ".internal.compute..",
            ROOT + ".internal.solver..",
            "org.nd4j..",
            "org.deeplearning4j.."));
  }

  @Test
  void stackedSeesThePluginAndDl4j() {
    check(
        seesOnly(
            ".stacked..",
            ROOT + ".stacked..",
            ROOT + ".layer..",
            ROOT + ".corruption..",
            ROOT + ".listener..",
            ROOT + ".internal..",
            "org.nd4j..",
            "org.deeplearning4j..",
            "org.slf4j..",
            "com.fasterxml.jackson..",
            "de.siegmar.fastcsv..",
            "org.apache.commons.math3.."));
  }

  @Test
  void onlyTheMarginalizedLayerSeesCommonsMathAndNothingSeesIt() {
    String marginalized = ROOT + ".stacked.marginalized..";
    check(
        libraries()
            .and()
            .resideOutsideOfPackage(marginalized)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(marginalized, "org.apache.commons.math3.."));
    check(
        seesOnly(
            ".stacked.marginalized..",
            marginalized,
            ROOT + ".stacked.internal..",
            ROOT + ".internal.file..",
            ROOT + ".layer..",
            "org.nd4j..",
            "org.deeplearning4j..",
            "org.apache.commons.math3.."));
  }

  @Test
  void onlyConfigurationSeesYamlAndTheLibrariesDoNotSeeConfiguration() {
    String config = ROOT + ".cli.config..";
    check(
        libraries()
            .and()
            .resideOutsideOfPackage(config)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(config, "org.snakeyaml.."));
  }

  @Test
  void configurationSeesStacksAndTheirTraining() {
    check(
        seesOnly(
            ".cli.config..",
            ROOT + ".cli.config..",
            ROOT + ".stacked",
            ROOT + ".stacked.pretraining..",
            ROOT + ".stacked.finetuning..",
            ROOT + ".layer..",
            ROOT + ".corruption..",
            "org.nd4j..",
            "org.deeplearning4j..",
            "org.snakeyaml.engine.."));
  }

  @Test
  void whatStackedSharesSeesFilesAndDl4j() {
    check(
        seesOnly(
            ".stacked.internal..",
            ROOT + ".stacked.internal..",
            ROOT + ".internal.file..",
            "org.nd4j..",
            "org.deeplearning4j.."));
  }

  @Test
  void noLibrarySeesAnomalyDetection() {
    String anomaly = ROOT + ".stacked.anomaly..";
    check(
        libraries()
            .and()
            .resideOutsideOfPackage(anomaly)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(anomaly));
    check(
        seesOnly(
            ".stacked.anomaly..",
            anomaly,
            ROOT + ".stacked",
            "org.nd4j..",
            "org.deeplearning4j.nn.conf.."));
  }

  @Test
  void tablesSeeStacksAndThePlugin() {
    check(
        seesOnly(
            ".stacked.table..",
            ROOT + ".stacked.table..",
            ROOT + ".stacked",
            ROOT + ".stacked.internal..",
            ROOT + ".internal.file..",
            ROOT + ".layer..",
            ROOT + ".corruption..",
            "de.siegmar.fastcsv..",
            "org.deeplearning4j.nn.api..",
            "org.nd4j.."));
  }

  @Test
  void pagesSeeTheLayerScoresAndDl4jAndNoLibrarySeesThem() {
    String ui = ROOT + ".ui..";
    check(
        seesOnly(
            ".ui..",
            ui,
            ROOT + ".layer..",
            ROOT + ".corruption..",
            ROOT + ".listener..",
            "org.nd4j..",
            "org.deeplearning4j..",
            "io.vertx..",
            "org.slf4j..",
            "javax.imageio.."));
    check(
        libraries()
            .and()
            .resideOutsideOfPackage(ui)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ui, "io.vertx.."));
  }

  @Test
  void nothingSeesTheCommandsButTheirMain() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".cli.command..")
            .and()
            .doNotHaveFullyQualifiedName(ROOT + ".cli.Dae4j")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".cli.command.."));
  }

  @Test
  void experimentsKnowNoTerminal() {
    String[] experiments = {ROOT + ".cli.experiment.."};
    check(
        noClasses()
            .that()
            .resideInAnyPackage(experiments)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".cli.console..", "picocli..", "me.tongfei.."));
    check(noClasses().that().resideInAnyPackage(experiments).should(ACCESS_STANDARD_STREAMS));
  }

  @Test
  void reportsSeePicturesAndFilesAlone() {
    check(
        seesOnly(
            ".report..",
            ROOT + ".report..",
            ROOT + ".internal.file..",
            "org.nd4j..",
            "org.knowm.xchart..",
            "com.fasterxml.jackson..",
            "javax.imageio.."));
  }

  @Test
  void progressSeesListenersAndDataAlone() {
    check(
        seesOnly(
            ".cli.experiment..",
            ROOT + ".cli.experiment..",
            ROOT + ".listener..",
            ROOT + ".datasets..",
            "org.nd4j..",
            "org.deeplearning4j.."));
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

  private static ArchRule seesOnly(String room, String... visible) {
    return classes()
        .that()
        .resideInAPackage(ROOT + room)
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(visible).or(resideInAnyPackage("java..")));
  }

  private static void check(ArchRule rule) {
    rule.check(project);
  }
}
