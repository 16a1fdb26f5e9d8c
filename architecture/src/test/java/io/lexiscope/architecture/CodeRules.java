package io.lexiscope.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.NullMarked;

/// The rules over compiled classes, for the modules below the package `root`.
record CodeRules(String root) {

  /// Records that need more than five components, with the reason.
  static final Map<String, String> WIDE_RECORDS =
      Map.of(
          "io.lexiscope.bench.TaskResult",
          "a JSON document, one flat row of figures for each task");

  /// Classes that may read the environment or system properties, with the reason.
  static final Map<String, String> READS_ENVIRONMENT =
      Map.of(
          "io.lexiscope.cli.terminal.CliConfiguration",
          "the command line's configuration: where things are, and who sits at the terminal",
          "io.lexiscope.library.Lexiscope",
          "the front door finds the user's cache folders; what it opens takes folders",
          "io.lexiscope.tensor.Libtorch",
          "the native loader takes its settings from system properties",
          "io.lexiscope.tensor.NativeRuntime",
          "how a test or a measurement says whether to use the kernels",
          "io.lexiscope.model.tokenizer.NativeLibrary",
          "which native library fits the machine, and where its cache folder is");

  ArchRule modulesFollow(ModuleDiagram diagram) {
    return classes()
        .that(
            resideInAnyPackage(diagram.modules().stream().map(this::module).toArray(String[]::new)))
        .should(
            condition(
                "use only the modules with an arrow into theirs in ARCHITECTURE.md",
                c ->
                    c.getDirectDependenciesFromSelf().stream()
                        .filter(d -> !allowed(diagram, moduleOf(c), moduleOf(d.getTargetClass())))
                        .map(d -> d.getDescription())
                        .toList()));
  }

  private boolean allowed(ModuleDiagram diagram, String from, String to) {
    return from.equals(to)
        || !diagram.modules().contains(to)
        || diagram.usableBy(from).contains(to);
  }

  /// Whole files, hashes and seeded randomness are in `base`, once.
  ArchRule whatBaseHasIsNotWrittenAgain() {
    var again =
        describe(
            "moves files, makes hashes or makes random generators",
            (AccessTarget.CodeUnitCallTarget target) ->
                switch (target.getOwner().getName()) {
                  case "java.nio.file.Files" -> target.getName().equals("move");
                  case "java.security.MessageDigest" -> target.getName().equals("getInstance");
                  case "java.util.Random", "java.util.SplittableRandom" ->
                      target.getName().equals("<init>");
                  case "java.util.random.RandomGeneratorFactory" -> true;
                  case "java.util.random.RandomGenerator" -> target.getName().equals("of");
                  default -> false;
                });
    return classes()
        .that(resideOutsideOfPackages(module("base")))
        .should(
            condition(
                "leave whole files, hashes and random generators to base",
                c ->
                    c.getCodeUnitCallsFromSelf().stream()
                        .filter(call -> again.test(call.getTarget()))
                        .map(call -> call.getDescription())
                        .toList()));
  }

  ArchRule onlyTensorSeesTheNativeBinding() {
    return noClasses()
        .that(resideOutsideOfPackages(module("tensor")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.bytedeco..");
  }

  ArchRule modelFilesAreReadBySourcesOnly() {
    var opened =
        describe(
            "opens a folder's tokenizer or weights",
            (AccessTarget.MethodCallTarget target) ->
                target.getName().equals("open")
                    && Set.of(
                            "io.lexiscope.model.tokenizer.Tokenizer",
                            "io.lexiscope.model.weights.Checkpoint")
                        .contains(target.getOwner().getName()));
    return classes()
        .that(resideOutsideOfPackages("io.lexiscope.model.source.."))
        .should(
            condition(
                "leave it to a ModelSource to open the files of a model",
                c ->
                    c.getMethodCallsFromSelf().stream()
                        .filter(call -> opened.test(call.getTarget()))
                        .map(call -> call.getDescription())
                        .toList()));
  }

  ArchRule noTensorIsSeenAboveAnalysis() {
    return noClasses()
        .that(resideInAnyPackage(module("workbench"), module("server"), module("cli")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(module("tensor"));
  }

  ArchRule httpStaysInTheServer() {
    return noClasses()
        .that(resideOutsideOfPackages(module("server")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..", "com.sun.net.httpserver..");
  }

  ArchRule terminalLibrariesStayInTheCommandLine() {
    return noClasses()
        .that(resideOutsideOfPackages(module("cli")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("picocli..", "org.jline..");
  }

  ArchRule packagesAreFreeOfCycles() {
    return slices().matching(root + ".(**)").should().beFreeOfCycles();
  }

  ArchRule noFieldIsMutableAndStatic() {
    return fields().that().areStatic().and(not(synthetic())).should().beFinal();
  }

  private static DescribedPredicate<JavaField> synthetic() {
    return describe(
        "made by the compiler", field -> field.getModifiers().contains(JavaModifier.SYNTHETIC));
  }

  ArchRule theEnvironmentIsReadInFewPlaces() {
    var read =
        describe(
            "reads the environment or system properties",
            (AccessTarget.MethodCallTarget target) ->
                (target.getOwner().isEquivalentTo(System.class)
                        && Set.of("getenv", "getProperty", "getProperties", "setProperty")
                            .contains(target.getName()))
                    || (target.getOwner().isEquivalentTo(Boolean.class)
                        && target.getName().equals("getBoolean"))
                    || (target.getOwner().isEquivalentTo(Integer.class)
                        && target.getName().equals("getInteger"))
                    || (target.getOwner().isEquivalentTo(Long.class)
                        && target.getName().equals("getLong")));
    return classes()
        .that(
            not(
                describe(
                    "may read the environment",
                    c -> READS_ENVIRONMENT.containsKey(outermost(c).getName()))))
        .should(
            condition(
                "not read the environment or system properties",
                c ->
                    c.getMethodCallsFromSelf().stream()
                        .filter(call -> read.test(call.getTarget()))
                        .map(call -> call.getDescription())
                        .toList()));
  }

  ArchRule noGenericExceptionIsThrown() {
    return GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
  }

  ArchRule onlyPortsWriteToTheTerminal() {
    return noClasses()
        .that(resideOutsideOfPackages(module("cli")))
        .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);
  }

  /// Records that stand in requests and results are JSON documents, as wide as what they describe.
  ArchRule recordsAreNarrow() {
    return classes()
        .that(isRecord())
        .and(
            not(
                describe(
                    "stand in a request or a result", c -> standsInADocument(c, new HashSet<>()))))
        .and(not(describe("have a reason to be wide", c -> WIDE_RECORDS.containsKey(c.getName()))))
        .should(
            condition(
                "have at most five components",
                c ->
                    components(c).size() <= 5
                        ? List.of()
                        : List.of(c.getName() + " has " + components(c).size() + " components")));
  }

  /// Whether a record is a request, the result a request names, or a part of one of them.
  private boolean standsInADocument(JavaClass c, Set<JavaClass> seen) {
    if (!seen.add(c)) return false;
    if (isRequest(c)) return true;
    return c.getDirectDependenciesToSelf().stream()
        .map(d -> d.getOriginClass())
        .filter(JavaClass::isRecord)
        .distinct()
        .anyMatch(
            owner ->
                (isRequest(owner) && involves(owner.getInterfaces(), c))
                    || (involves(components(owner).stream().map(JavaField::getType).toList(), c)
                        && standsInADocument(owner, seen)));
  }

  private boolean isRequest(JavaClass c) {
    return c.isRecord()
        && c.getRawInterfaces().stream()
            .anyMatch(i -> i.getName().equals(root + ".workbench.ask.Request"));
  }

  private static boolean involves(Collection<? extends JavaType> types, JavaClass c) {
    return types.stream().anyMatch(type -> type.getAllInvolvedRawTypes().contains(c));
  }

  ArchRule publicRecordsHoldNoArrays() {
    return classes()
        .that(isRecord())
        .and()
        .arePublic()
        .should(
            condition(
                "hold no array",
                c ->
                    components(c).stream()
                        .filter(f -> f.getRawType().isArray())
                        .map(f -> f.getFullName() + " is an array")
                        .toList()));
  }

  ArchRule optionalIsAReturnTypeOnly() {
    return fields().should().notHaveRawType(Optional.class);
  }

  ArchRule packagesAreNullMarked() {
    return classes()
        .should(
            condition(
                "be in a package marked @NullMarked",
                c ->
                    c.getPackage().isAnnotatedWith(NullMarked.class)
                        ? List.of()
                        : List.of(
                            c.getName() + " is in " + c.getPackageName() + ", which is not")));
  }

  private String module(String name) {
    return root + "." + name + "..";
  }

  private String moduleOf(JavaClass c) {
    return moduleBelow(root, c);
  }

  /// The first segment below the root, or an empty text for a class from elsewhere.
  static String moduleBelow(String root, JavaClass c) {
    var name = c.getBaseComponentType().getPackageName() + ".";
    if (!name.startsWith(root + ".")) return "";
    var rest = name.substring(root.length() + 1);
    return rest.substring(0, rest.indexOf('.'));
  }

  private static JavaClass outermost(JavaClass c) {
    return c.getEnclosingClass().map(CodeRules::outermost).orElse(c);
  }

  private static DescribedPredicate<JavaClass> isRecord() {
    return describe("are records", JavaClass::isRecord);
  }

  private static List<JavaField> components(JavaClass record) {
    return record.getFields().stream()
        .filter(f -> !f.getModifiers().contains(JavaModifier.STATIC))
        .toList();
  }

  static ArchCondition<JavaClass> condition(
      String description, Function<JavaClass, List<String>> violations) {
    return new ArchCondition<>(description) {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        violations.apply(item).forEach(v -> events.add(SimpleConditionEvent.violated(item, v)));
      }
    };
  }
}
