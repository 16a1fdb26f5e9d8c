package io.lexiscope.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The rules of packages that say `internal` in their name: what is below may change at any time.
record InternalRules(String root) {

  /// Who may use a class can also name every type that it speaks of.
  ArchRule publicSignaturesNameNothingInternal() {
    return classes()
        .that()
        .arePublic()
        .and(DescribedPredicate.not(DescribedPredicate.describe("are internal", this::isInternal)))
        .should(
            CodeRules.condition(
                "name no internal type where others see it",
                c ->
                    Stream.concat(
                            leaks(c.getFullName(), supertypes(c)),
                            c.getMembers().stream()
                                .filter(InternalRules::isSeenByOthers)
                                .flatMap(
                                    m ->
                                        leaks(
                                            m.getFullName(), m.getAllInvolvedRawTypes().stream())))
                        .toList()));
  }

  ArchRule internalsAreUsedByTheirModuleOnly() {
    return classes()
        .should(
            CodeRules.condition(
                "leave the internal packages of other modules alone",
                c ->
                    c.getDirectDependenciesFromSelf().stream()
                        .filter(d -> isInternal(d.getTargetClass().getBaseComponentType()))
                        .filter(d -> !moduleOf(d.getTargetClass()).equals(moduleOf(c)))
                        .map(d -> d.getDescription())
                        .toList()));
  }

  private Stream<String> leaks(String place, Stream<JavaClass> types) {
    return types
        .map(JavaClass::getBaseComponentType)
        .filter(this::isInternal)
        .map(type -> place + " names " + type.getName());
  }

  private static Stream<JavaClass> supertypes(JavaClass c) {
    return Stream.concat(c.getSuperclass().stream(), c.getInterfaces().stream())
        .map(JavaType::getAllInvolvedRawTypes)
        .flatMap(Set::stream);
  }

  private static boolean isSeenByOthers(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC)
        || member.getModifiers().contains(JavaModifier.PROTECTED);
  }

  private boolean isInternal(JavaClass c) {
    var name = c.getPackageName();
    return name.startsWith(root + ".")
        && List.of(name.substring(root.length()).split("\\.")).contains("internal");
  }

  private String moduleOf(JavaClass c) {
    return CodeRules.moduleBelow(root, c);
  }
}
