package dev.torii.model;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.torii.model", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest static final ArchRule NULL_MARKED = ArchitectureRules.PACKAGES_ARE_NULL_MARKED;

    @ArchTest static final ArchRule LOGGING = ArchitectureRules.LOGS_THROUGH_SLF4J;

    @ArchTest
    static final ArchRule VALUES_KNOW_NO_ONE =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.torii.engine..",
                            "dev.torii.desktop..",
                            "java.sql..",
                            "java.net.http..",
                            "javafx..",
                            "org.eclipse.jetty..")
                    .because("values are what both sides speak; they do not know who speaks them");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("dev.torii.model.(*)..")
                    .should()
                    .beFreeOfCycles()
                    .because("a reader can take the packages one after the other");
}
