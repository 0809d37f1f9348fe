package dev.torii.model;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/// The rules that hold in every module. A module's `ArchitectureTest` runs them beside its own.
public final class ArchitectureRules {

    private ArchitectureRules() {}

    /// Null is decided for each package, and checked by the compiler.
    public static final ArchRule PACKAGES_ARE_NULL_MARKED =
            classes()
                    .should(
                            new ArchCondition<>("lie in a package that is @NullMarked") {
                                @Override
                                public void check(JavaClass item, ConditionEvents events) {
                                    boolean marked =
                                            item.getPackage().isAnnotatedWith(NullMarked.class);
                                    events.add(
                                            new SimpleConditionEvent(
                                                    item,
                                                    marked,
                                                    item.getPackageName()
                                                            + " of "
                                                            + item.getName()));
                                }
                            })
                    .because("what may be null is said in the code, not found out at run time");

    public static final ArchRule LOGS_THROUGH_SLF4J =
            noClasses()
                    .that()
                    .doNotHaveSimpleName("EngineLog")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "java.util.logging..", "org.apache.logging..", "ch.qos.logback..")
                    .allowEmptyShould(true)
                    .because("one way to log: SLF4J with keys; EngineLog alone sets how much");
}
