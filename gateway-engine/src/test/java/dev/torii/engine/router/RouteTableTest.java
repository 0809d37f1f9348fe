package dev.torii.engine.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.exchange.FakeClientRequest;
import dev.torii.engine.exchange.MatchedRoute;
import dev.torii.engine.store.ConfigChange;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which of several routes gets a request. Source: Kong's router flavour `traditional_compatible`.
class RouteTableTest {

    private static final String DEFAULTS =
            """
            {'protocols':['http','https'],'https_redirect_status_code':426,'regex_priority':0,
             'strip_path':true,'preserve_host':false,'request_buffering':true,
             'response_buffering':true}\
            """;

    /// Routes named `a`, `b`, … in this order, with ids that rise with their names.
    private static RouteTable table(String... routes) {
        Map<String, ObjectNode> all = new LinkedHashMap<>();
        for (int i = 0; i < routes.length; i++) {
            String name = Character.toString('a' + i);
            String id = "00000000-0000-4000-8000-00000000000" + name;
            ObjectNode route = json(DEFAULTS);
            route.setAll(json("{" + routes[i] + "}"));
            all.put(id, route.put("id", id).put("name", name));
        }
        ConfigSnapshot snapshot = new ConfigSnapshot(1, Map.of(EntityKind.ROUTES, all));
        return RouteTable.EMPTY.with(all.keySet(), snapshot::route, snapshot::service);
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) Json.parse(text.replace('\'', '"'));
        } catch (MalformedJsonException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String winner(RouteTable table, FakeClientRequest request) {
        MatchedRoute match = table.match(request);
        return match == null ? "none" : String.valueOf(match.route().name());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    a kind more                      | 'paths':['/chat']                     | 'paths':['/'],'methods':['POST']                 | b
                    a plain host before a wildcard   | 'hosts':['*.test'],'paths':['/chat']  | 'hosts':['api.test'],'paths':['/']               | b
                    more headers                     | 'headers':{'x':['1']},'paths':['/chat'] | 'headers':{'x':['1'],'y':['2']},'paths':['/']   | b
                    a regex before a prefix          | 'paths':['/chat']                     | 'paths':['~/c']                                  | b
                    a regex of higher priority       | 'paths':['~/chat'],'regex_priority':1 | 'paths':['~/chat'],'regex_priority':2            | b
                    a longer prefix                  | 'paths':['/ch']                       | 'paths':['/chat']                                | b
                    the longest prefix of several    | 'paths':['/c','/chat']                | 'paths':['/ch']                                  | a
                    the larger id at last            | 'paths':['/chat']                     | 'paths':['/chat']                                | b
                    any prefix, not a whole segment  | 'paths':['/cha']                      | 'paths':['/other']                               | a
                    another method                   | 'methods':['GET']                     | 'methods':['PUT']                                | none
                    another host                     | 'hosts':['other.test']                | 'hosts':['*.other.test']                         | none
                    a host with the port             | 'hosts':['api.test:9']                | 'hosts':['api.test:8000']                        | b
                    a header in any case             | 'headers':{'X-A':['One']}             | 'headers':{'x-z':['1']}                          | a
                    a header with an underscore      | 'headers':{'x_a':['one']}             | 'headers':{'x-z':['1']}                          | a
                    a header that a regex finds      | 'headers':{'x-a':['~*^o.e$']}         | 'headers':{'x-a':['~*^two']}                     | a
                    """)
    void prefers(String what, String first, String second, String expected) {
        FakeClientRequest request =
                FakeClientRequest.post("/chatter")
                        .host("api.test:8000")
                        .header("x", "1")
                        .header("y", "2")
                        .header("X-A", "ONE");

        assertThat(winner(table(first, second), request)).as(what).isEqualTo(expected);
    }

    @Test
    void givesWhatARegexNames() {
        RouteTable table = table("'paths':['~/v(?<version>[0-9]+)/(?P<rest>.*)']");

        MatchedRoute match = Objects.requireNonNull(table.match(FakeClientRequest.get("/v12/a/b")));

        assertThat(match.uriCaptures()).isEqualTo(Map.of("version", "12", "rest", "a/b"));
        assertThat(match.matchedPath()).isEqualTo("/v12/a/b");
    }

    @Test
    void matchesARegexOnlyFromTheStart() {
        assertThat(winner(table("'paths':['~/b']"), FakeClientRequest.get("/a/b")))
                .isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource({"/,d", "/a,a", "/abx,b", "/abcd,c", "/zzz,d"})
    void takesTheLongestOfNestedPrefixes(String path, String expected) {
        RouteTable table =
                table("'paths':['/a']", "'paths':['/ab']", "'paths':['/abc']", "'paths':['/']");

        assertThat(winner(table, FakeClientRequest.get(path))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"a.test,/x,a", "b.test:81,/x,b", "c.test,/x,c", "a.test,/only-c,a", "w.any,/x,d"})
    void looksAtTheHostAndAtRoutesForAnyHost(String host, String path, String expected) {
        RouteTable table =
                table(
                        "'hosts':['a.test','a2.test']",
                        "'hosts':['b.test'],'paths':['/']",
                        "'paths':['/']",
                        "'hosts':['*.any'],'paths':['/x']");

        assertThat(winner(table, FakeClientRequest.get(path).host(host))).isEqualTo(expected);
    }

    @Test
    void compilesOnlyTheRoutesThatChanged() {
        String[] ids = {
            "00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b"
        };
        Map<String, ObjectNode> all = new LinkedHashMap<>();
        for (String id : ids) {
            all.put(id, json(DEFAULTS).put("id", id).put("name", id).set("paths", Json.array()));
        }
        var first = new ConfigSnapshot(1, Map.of(EntityKind.ROUTES, all));
        RouteTable before = RouteTable.EMPTY.with(all.keySet(), first::route, first::service);
        ObjectNode changed =
                Objects.requireNonNull(first.find(EntityKind.ROUTES, ids[1])).deepCopy();
        changed.putArray("paths").add("/new");
        ConfigSnapshot second =
                first.after(
                        new ConfigChange(
                                List.of(
                                        new ConfigChange.Step.Put(
                                                EntityKind.ROUTES, ids[1], changed))));

        RouteTable after =
                before.with(
                        second.changedSince(first, EntityKind.ROUTES),
                        second::route,
                        second::service);

        assertThat(after.entries(ids[0])).isSameAs(before.entries(ids[0])).hasSize(1);
        assertThat(after.entries(ids[1])).isNotSameAs(before.entries(ids[1])).hasSize(1);
        assertThat(winner(after, FakeClientRequest.get("/new"))).isEqualTo(ids[1]);
        assertThat(winner(before, FakeClientRequest.get("/new"))).isEqualTo(ids[1]);
        assertThat(winner(after, FakeClientRequest.get("/other"))).isEqualTo(ids[0]);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    'paths':['/chat']
                    'hosts':['api.test']
                    'paths':['~/c']
                    'hosts':['*.test'],'paths':['/chat']
                    """)
    void aRouteThatIsGoneMatchesNoMore(String criteria) {
        var request = FakeClientRequest.get("/chat").host("api.test");
        RouteTable both = table(criteria, "'paths':['/']");
        assertThat(winner(both, request)).isEqualTo("a");

        RouteTable one =
                both.with(List.of("00000000-0000-4000-8000-00000000000a"), _ -> null, _ -> null);

        assertThat(winner(one, request)).isEqualTo("b");
        assertThat(winner(both, request)).isEqualTo("a");
    }

    @Test
    void compilesARouteAgainWhenItsServiceChanged() {
        String id = "00000000-0000-4000-8000-00000000000a";
        ObjectNode route = json(DEFAULTS).put("id", id);
        route.putObject("service").put("id", "s");
        ObjectNode service =
                json(
                        """
                        {'id':'s','name':'s','protocol':'http','host':'h','port':80,'retries':5,
                         'connect_timeout':1,'write_timeout':1,'read_timeout':1,'enabled':true}\
                        """);
        var first =
                new ConfigSnapshot(
                        1,
                        Map.of(
                                EntityKind.ROUTES,
                                Map.of(id, route),
                                EntityKind.SERVICES,
                                Map.of("s", service)));
        RouteTable before = RouteTable.EMPTY.with(List.of(id), first::route, first::service);
        ConfigSnapshot off =
                first.after(
                        new ConfigChange(
                                List.of(
                                        new ConfigChange.Step.Put(
                                                EntityKind.SERVICES,
                                                "s",
                                                service.deepCopy().put("enabled", false)))));

        RouteTable after = before.with(List.of(id), off::route, off::service);

        assertThat(before.match(FakeClientRequest.get("/"))).isNotNull();
        assertThat(after.match(FakeClientRequest.get("/"))).isNull();
    }
}
