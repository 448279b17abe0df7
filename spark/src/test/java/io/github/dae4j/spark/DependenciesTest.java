package io.github.dae4j.spark;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What this module may see: what is public of stacks and the layer, nothing internal. */
class DependenciesTest {

  private static final JavaClasses MODULE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.github.dae4j.spark");

  @Test
  void onlyWhatIsPublicOfStacksAndTheLayer() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.github.dae4j..")
                .and(
                    not(
                        resideInAnyPackage(
                            "io.github.dae4j.spark",
                            "io.github.dae4j.corruption",
                            "io.github.dae4j.layer",
                            "io.github.dae4j.listener",
                            "io.github.dae4j.stacked",
                            "io.github.dae4j.stacked.anomaly",
                            "io.github.dae4j.stacked.pretraining",
                            "io.github.dae4j.stacked.table"))))
        .check(MODULE);
  }

  @Test
  void nothingPrintsButTheMain() {
    noClasses()
        .that()
        .doNotHaveSimpleName("SparkTrain")
        .should(ACCESS_STANDARD_STREAMS)
        .check(MODULE);
  }
}
