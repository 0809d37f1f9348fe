package dev.torii.desktop;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.torii.model.ArchitectureRules;

/// Who may use whom in the desktop app. CONTRIBUTING has the same as a table.
@AnalyzeClasses(
        packages = "dev.torii.desktop",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest static final ArchRule NULL_MARKED = ArchitectureRules.PACKAGES_ARE_NULL_MARKED;

    @ArchTest static final ArchRule LOGGING = ArchitectureRules.LOGS_THROUGH_SLF4J;

    @ArchTest
    static final ArchRule NO_ENGINE =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.torii.engine..")
                    .because("the app talks to the engine over its ports, as any client does");

    @ArchTest
    static final ArchRule VIEW_MODELS_SEE_NO_SCENES =
            noClasses()
                    .that()
                    .haveSimpleNameEndingWith("ViewModel")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("javafx.scene..", "javafx.stage..", "javafx.fxml..")
                    .because("what a screen does is tested without a screen");

    @ArchTest
    static final ArchRule NO_AWT =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.awt..", "javax.swing..")
                    .because("two toolkits in one window fight over its thread");
}
