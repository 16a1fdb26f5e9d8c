package io.lexiscope.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/// The compiled classes the rules look at.
final class Codebase {

  static final String ROOT = "io.lexiscope";

  private static final ImportOption NO_TEST_JARS = location -> !location.contains("-tests.jar") && !location.contains("/test-classes/");

  private Codebase() {}

  /// Every class of the modules' main sources.
  static JavaClasses ofTheProject() {
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .withImportOption(NO_TEST_JARS)
        .importPackages(ROOT);
  }

  /// The classes that break the rules on purpose.
  static JavaClasses ofTheFixture() {
    return new ClassFileImporter().importPackages(ROOT + ".architecture.fixture");
  }
}
