package dev.torii.engine;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import dev.torii.engine.balancer.TargetAddress;
import dev.torii.engine.balancer.UpstreamHealth;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.ArchitectureRules;

/// Who may use whom in the engine. CONTRIBUTING has the same as a table.
@AnalyzeClasses(packages = "dev.torii.engine", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ENGINE = "dev.torii.engine..";
    private static final String ROOT = "dev.torii.engine";

    private static final Class<?>[] VALUES = {
        ConfigSnapshot.class, UpstreamHealth.class, TargetAddress.class
    };

    @ArchTest static final ArchRule NULL_MARKED = ArchitectureRules.PACKAGES_ARE_NULL_MARKED;

    @ArchTest static final ArchRule LOGGING = ArchitectureRules.LOGS_THROUGH_SLF4J;

    @ArchTest static final ArchRule EXCHANGE = only("exchange", "dialect");

    @ArchTest static final ArchRule SSE = only("sse");

    @ArchTest static final ArchRule ROUTER = only("router", "exchange");

    @ArchTest static final ArchRule BALANCER = only("balancer", "exchange", "tls");

    @ArchTest static final ArchRule AUTH = only("auth", "exchange");

    @ArchTest static final ArchRule TELEMETRY = only("telemetry", "exchange", "dialect");

    @ArchTest static final ArchRule PLUGIN = only("plugin", "exchange", "dialect");

    @ArchTest static final ArchRule DIALECT = only("dialect", "sse");

    @ArchTest static final ArchRule PROVIDER = only("provider", "dialect", "sse", "exchange");

    @ArchTest static final ArchRule TLS = only("tls", "store");

    @ArchTest static final ArchRule STORE = only("store", "telemetry");

    @ArchTest
    static final ArchRule PROXY =
            only(
                    "proxy",
                    "router",
                    "tls",
                    "balancer",
                    "auth",
                    "telemetry",
                    "plugin",
                    "provider",
                    "dialect",
                    "sse",
                    "exchange",
                    "vault");

    @ArchTest static final ArchRule VAULT = only("vault", "store");

    @ArchTest static final ArchRule OPENAPI = only("openapi");

    @ArchTest static final ArchRule DECLARATIVE = only("declarative", "store");

    @ArchTest
    static final ArchRule ADMIN =
            only(
                    "admin",
                    "balancer",
                    "declarative",
                    "openapi",
                    "store",
                    "plugin",
                    "telemetry",
                    "tls",
                    "vault");

    @ArchTest static final ArchRule SETTINGS = only("settings", "admin");

    @ArchTest
    static final ArchRule COMMAND =
            only(
                    "command",
                    "gateway",
                    "settings",
                    "declarative",
                    "demo",
                    "store",
                    "admin",
                    "plugin",
                    "telemetry",
                    "tls");

    /// Classes of `name` use of the engine only themselves, `others`, and the snapshot and the
    /// health of upstreams, which are values.
    private static ArchRule only(String name, String... others) {
        String own = ROOT + "." + name + "..";
        var allowed = resideInAPackage(own);
        for (String other : others) {
            allowed = allowed.or(resideInAPackage(ROOT + "." + other + ".."));
        }
        return noClasses()
                .that()
                .resideInAPackage(own)
                .should()
                .dependOnClassesThat(
                        resideInAPackage(ENGINE).and(not(allowed)).and(not(belongToAnyOf(VALUES))))
                .because("a line of code should know its room");
    }

    @ArchTest static final ArchRule NOBODY_USES_THE_PROGRAM = usedOnlyBy(ROOT);

    @ArchTest
    static final ArchRule THE_PROGRAM_RUNS_COMMANDS = usedOnlyBy(ROOT + ".command..", ROOT);

    @ArchTest
    static final ArchRule COMMANDS_START_GATEWAYS =
            usedOnlyBy(ROOT + ".gateway..", ROOT + ".command..");

    private static ArchRule usedOnlyBy(String own, String... users) {
        return noClasses()
                .that(not(resideInAPackage(own)).and(not(resideInAnyPackage(users))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(own)
                .because("calls run one way: the program, its commands, the gateway, its parts");
    }

    @ArchTest
    static final ArchRule PLUGINS_STAND_ALONE =
            slices().matching("dev.torii.engine.plugin.(*)..")
                    .should()
                    .notDependOnEachOther()
                    .because("deleting a plugin's folder leaves a product that compiles");

    @ArchTest
    static final ArchRule PROVIDERS_STAND_ALONE =
            slices().matching("dev.torii.engine.provider.(*)..")
                    .should()
                    .notDependOnEachOther()
                    .allowEmptyShould(true)
                    .because("deleting a provider's folder leaves a product that compiles");

    @ArchTest
    static final ArchRule DIALECTS_STAND_ALONE =
            slices().matching("dev.torii.engine.dialect.(*)..")
                    .should()
                    .notDependOnEachOther()
                    .allowEmptyShould(true)
                    .because("all say what they mean through the canonical model");

    @ArchTest
    static final ArchRule NOBODY_NAMES_A_PLUGIN =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.torii.engine.plugin.*..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.torii.engine.plugin.*..")
                    .because("plugins are found, not listed");

    @ArchTest
    static final ArchRule NOBODY_NAMES_A_PROVIDER =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.torii.engine.provider.*..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.torii.engine.provider.*..")
                    .because("providers are found, not listed");

    @ArchTest
    static final ArchRule ONLY_STORE_KNOWS_SQL =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.torii.engine.store..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..")
                    .because("the road of a request touches no database");

    @ArchTest
    static final ArchRule ONLY_COMMANDS_KNOW_PICOCLI =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(ROOT + ".command..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("picocli..")
                    .because("whoever starts a gateway needs no command line");

    @ArchTest
    static final ArchRule ONLY_SERVERS_KNOW_JETTY =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("dev.torii.engine.proxy..", "dev.torii.engine.admin..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.eclipse.jetty..", "jakarta.servlet..")
                    .because("plugins and codecs are plain code that a test runs without a server");

    @ArchTest
    static final ArchRule ONLY_PROXY_USES_THE_PROXY_SERVLET =
            classes()
                    .that()
                    .resideInAPackage("org.eclipse.jetty.ee10.proxy..")
                    .should()
                    .onlyHaveDependentClassesThat()
                    .resideInAnyPackage("dev.torii.engine.proxy..", "org.eclipse.jetty..")
                    .allowEmptyShould(true)
                    .because("one room knows how the road is laid on Jetty");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("dev.torii.engine.(*)..")
                    .should()
                    .beFreeOfCycles()
                    .because("a reader can take the packages one after the other");

    @ArchTest
    static final ArchRule ONLY_THE_PROGRAM_KNOWS_THE_TERMINAL =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(ROOT)
                    .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                    .because("commands print where they are told to, and everything else logs");
}
