package io.lexiscope.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/// The compiled classes the rules look at.
final class Codebase {

  static final String ROOT = "io.lexiscope";

  /// Wherever a build writes them; a quick one has folders of its own.
  private static final ImportOption NO_TESTS =
      location -> !location.contains("-tests.jar") && !location.contains("/test-classes/");

  private Codebase() {}

  /// Every class of the modules' main sources.
  static JavaClasses ofTheProject() {
    return new ClassFileImporter().withImportOption(NO_TESTS).importPackages(ROOT);
  }

  /// The classes that break the rules on purpose.
  static JavaClasses ofTheFixture() {
    return new ClassFileImporter().importPackages(ROOT + ".architecture.fixture");
  }
}
