package dev.torii.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.model.config.EntityKind;
import org.junit.jupiter.api.Test;

class NavigationTest {

    private static final Location LAB = new Location.Lab(null);
    private static final Location SERVICES = Location.Listing.of(EntityKind.SERVICES);

    private final Navigation navigation = new Navigation();

    @Test
    void startsAtTheOverviewWithNowhereToGoBackTo() {
        assertThat(navigation.location().get()).isEqualTo(new Location.Overview());
        assertThat(navigation.canGoBack().get()).isFalse();
    }

    @Test
    void goesBackAndForwardThroughPlaces() {
        navigation.go(LAB);
        navigation.go(SERVICES);

        navigation.back();
        assertThat(navigation.location().get()).isEqualTo(LAB);
        navigation.forward();
        assertThat(navigation.location().get()).isEqualTo(SERVICES);
        assertThat(navigation.canGoForward().get()).isFalse();
    }

    @Test
    void goingElsewhereForgetsTheWayForward() {
        navigation.go(LAB);
        navigation.back();

        navigation.go(SERVICES);

        assertThat(navigation.canGoForward().get()).isFalse();
    }

    @Test
    void stayingWhereOneIsAddsNoStep() {
        navigation.go(new Location.Overview());

        assertThat(navigation.canGoBack().get()).isFalse();
    }

    @Test
    void aReplacedPlaceIsNotReturnedTo() {
        navigation.go(SERVICES);
        navigation.go(new Location.Creating(EntityKind.SERVICES, null, null));
        navigation.replace(new Location.Listing(EntityKind.SERVICES, "1", "chat-service"));

        navigation.back();

        assertThat(navigation.location().get()).isEqualTo(SERVICES);
    }

    @Test
    void aPluginOpenedFromAServiceLeadsBackThroughIt() {
        var service = new Location.Listing(EntityKind.SERVICES, "1", "chat-service");
        var plugin = new Location.Editing(EntityKind.PLUGINS, "2", "ai-proxy", service);

        assertThat(plugin.trail()).containsExactly(SERVICES, service, plugin);
        assertThat(plugin.screen()).isEqualTo(Screen.SERVICES);
    }
}
