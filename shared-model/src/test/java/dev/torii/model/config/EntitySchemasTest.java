package dev.torii.model.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import dev.torii.model.schema.FieldSpec;
import dev.torii.model.schema.Schema;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EntitySchemasTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SERVICES | {'host':'example.com'} | ok",
                "SERVICES | {} | host: required field missing",
                "SERVICES | {'host':'h','port':70000} | port: value should be between 0 and 65535",
                "SERVICES | {'host':'h','read_timeout':0} | read_timeout: value should be between 1 and 2147483646",
                "SERVICES | {'host':'h','protocol':'ftp'} | protocol: expected one of: grpc, grpcs, http, https, tcp, tls, tls_passthrough, udp",
                "SERVICES | {'host':'h','protocol':'grpc','path':'/x'} | path: value must be null; @entity: failed conditional validation given value of field 'protocol'",
                "SERVICES | {'host':'h','tls_verify':true} | tls_verify: value must be null; @entity: failed conditional validation given value of field 'protocol'",
                "SERVICES | {'host':'h','protocol':'https','tls_verify':true,'tls_verify_depth':65} | tls_verify_depth: value should be between 0 and 64",
                "SERVICES | {'host':'h','enabled':null} | enabled: required field missing",
                "SERVICES | {'host':'h','url':'x'} | url: unknown field",
                "ROUTES | {'paths':['/chat']} | ok",
                "ROUTES | {} | @entity: must set one of 'methods', 'hosts', 'headers', 'paths', 'snis' when 'protocols' is 'https'",
                "ROUTES | {'protocols':['http'],'paths':[]} | @entity: must set one of 'methods', 'hosts', 'headers', 'paths' when 'protocols' is 'http'",
                "ROUTES | {'protocols':['http'],'paths':['/x'],'snis':['a.b']} | snis: length must be 0; @entity: 'snis' can only be set when 'protocols' is 'grpcs', 'https', 'tls' or 'tls_passthrough'",
                "ROUTES | {'snis':['*.a.b']} | ok",
                "ROUTES | {'protocols':['http','tcp'],'paths':['/x']} | protocols: these sets are mutually exclusive: ('http', 'https'), ('tcp', 'tls', 'udp')",
                "ROUTES | {'protocols':[]} | protocols: length must be at least 1",
                "ROUTES | {'protocols':['grpc'],'paths':['/x']} | ok",
                "ROUTES | {'protocols':['grpc'],'paths':['/x'],'strip_path':true} | strip_path: cannot set 'strip_path' when 'protocols' is 'grpc' or 'grpcs'",
                "ROUTES | {'protocols':['grpcs'],'methods':['POST']} | methods: cannot set 'methods' when 'protocols' is 'grpc' or 'grpcs'; @entity: must set one of 'hosts', 'headers', 'paths', 'snis' when 'protocols' is 'grpcs'",
                "ROUTES | {'paths':['/x'],'sources':[{'ip':'1.1.1.1'}]} | sources: cannot set 'sources' when 'protocols' is 'http' or 'https'",
                "ROUTES | {'protocols':['tcp']} | @entity: must set one of 'sources', 'destinations', 'snis' when 'protocols' is 'tcp', 'tls' or 'udp'",
                "ROUTES | {'protocols':['tls_passthrough']} | @entity: must set snis when 'protocols' is 'tls_passthrough'",
                "ROUTES | {'protocols':['tcp'],'sources':[{}]} | sources.1.@entity: at least one of these fields must be non-empty: 'ip', 'port'",
                "ROUTES | {'headers':{'Host':['a']}} | headers.Host: cannot contain 'host' header, which must be specified in the 'hosts' attribute",
                "ROUTES | {'paths':['chat']} | paths.1: should start with: / (fixed path) or ~/ (regex path)",
                "ROUTES | {'paths':['/x'],'https_redirect_status_code':300} | https_redirect_status_code: expected one of: 426, 301, 302, 307, 308",
                "CONSUMERS | {'username':'alice'} | ok",
                "CONSUMERS | {} | @entity: at least one of these fields must be non-empty: 'custom_id', 'username'",
                "CONSUMERS | {'custom_id':'x','tags':['a,b']} | tags.1: invalid tag 'a,b': expected printable ascii (except `,` and `/`) or valid utf-8 sequences",
                "PLUGINS | {'name':'x'} | ok",
                "PLUGINS | {} | name: required field missing",
                "PLUGINS | {'name':'x','config':{'k':1}} | config.k: unknown field",
                "PLUGINS | {'name':'x','ordering':{}} | ordering: unknown field",
                "KEYAUTH_CREDENTIALS | {'consumer':{'id':'11111111-2222-3333-4444-555555555555'}} | ok",
                "KEYAUTH_CREDENTIALS | {'consumer':null,'ttl':-1} | consumer: required field missing; ttl: value should be between 0 and 100000000",
                "UPSTREAMS | {'name':'chat.up'} | ok",
                "UPSTREAMS | {} | name: required field missing",
                "UPSTREAMS | {'name':'10.0.0.1'} | name: Invalid name ('10.0.0.1'); no ip addresses allowed",
                "UPSTREAMS | {'name':'[::1]:80'} | name: Invalid name ('[::1]:80'); no ip addresses allowed",
                "UPSTREAMS | {'name':'up:80'} | name: Invalid name ('up:80'); no port allowed",
                "UPSTREAMS | {'name':'up!'} | name: Invalid name ('up!'); must be a valid hostname",
                "UPSTREAMS | {'name':'u','algorithm':'random'} | algorithm: expected one of: consistent-hashing, least-connections, round-robin, latency",
                "UPSTREAMS | {'name':'u','hash_on':'header'} | hash_on_header: required field missing; @entity: failed conditional validation given value of field 'hash_on'",
                "UPSTREAMS | {'name':'u','hash_on':'header','hash_on_header':'X Y'} | hash_on_header: bad header name 'X Y', allowed characters are A-Z, a-z, 0-9, '_', and '-'; @entity: failed conditional validation given value of field 'hash_on'",
                "UPSTREAMS | {'name':'u','hash_on':'cookie','hash_on_cookie':'a=b'} | hash_on_cookie: contains one or more invalid characters. ASCII control characters (0-31;127), space, tab and the characters ()<>@,;:\\\"/?={}[] are not allowed.; @entity: failed conditional validation given value of field 'hash_on'",
                "UPSTREAMS | {'name':'u','hash_fallback':'ip'} | hash_fallback: expected one of: none; @entity: failed conditional validation given value of field 'hash_on'",
                "UPSTREAMS | {'name':'u','hash_on':'ip','hash_fallback':'ip'} | hash_fallback: expected one of: none, consumer, header, cookie, path, query_arg, uri_capture; @entity: failed conditional validation given value of field 'hash_on'",
                "UPSTREAMS | {'name':'u','hash_on':'header','hash_on_header':'X','hash_fallback':'header','hash_fallback_header':'X'} | @entity: values of these fields must be distinct: 'hash_on_header', 'hash_fallback_header'",
                "UPSTREAMS | {'name':'u','slots':9} | slots: value should be between 10 and 65536",
                "UPSTREAMS | {'name':'u','host_header':'a b'} | host_header: invalid value: a b",
                "UPSTREAMS | {'name':'u','host_header':'a.b:80'} | ok",
                "UPSTREAMS | {'name':'u','healthchecks':{'active':{'healthy':{'http_statuses':[99]}}}} | healthchecks.active.healthy.http_statuses.1: value should be between 100 and 999",
                "UPSTREAMS | {'name':'u','healthchecks':{'threshold':101}} | healthchecks.threshold: value should be between 0 and 100",
                "UPSTREAMS | {'name':'u','healthchecks':{'active':{'https_sni':'*.a'}}} | healthchecks.active.https_sni: invalid value: *.a",
                "TARGETS | {'upstream':{'id':'11111111-2222-3333-4444-555555555555'},'target':'a.b'} | ok",
                "TARGETS | {'upstream':{'id':'11111111-2222-3333-4444-555555555555'},'target':'a b:1','weight':65536} | target: Invalid target ('a b:1'); not a valid hostname or ip address; weight: value should be between 0 and 65535",
                "CERTIFICATES | {'cert':'x','key':'y','cert_alt':'z'} | @entity: all or none of these fields must be set: 'cert_alt', 'key_alt'",
                "SNIS | {'name':'*.a.b','certificate':{'id':'11111111-2222-3333-4444-555555555555'}} | ok",
                "SNIS | {'name':'1.2.3.4'} | name: must not be an IP; certificate: required field missing",
                "CA_CERTIFICATES | {} | cert: required field missing",
                "VAULTS | {'prefix':'my-vault','name':'env'} | ok",
                "VAULTS | {'prefix':'env','name':'env'} | prefix: must not be one of: env, torii",
                "VAULTS | {'prefix':'My','name':'env'} | prefix: invalid value: My",
                "KEYS | {'kid':'1','jwk':'x'} | ok",
                "KEYS | {'kid':'1'} | @entity: at least one of these fields must be non-empty: 'jwk', 'pem'",
                "KEYS | {'kid':'1','jwk':'x','pem':{'public_key':'y'}} | @entity: only one or none of these fields must be set: 'jwk', 'pem'",
                "KEY_SETS | {} | ok",
            })
    void checksEachKind(EntityKind kind, String json, String expected) {
        Schema schema = EntitySchemas.of(kind);

        String found =
                EntitySchemas.validate(kind, schema, EntitySchemas.fill(kind, schema, object(json)))
                        .stream()
                        .map(violation -> violation.pointer() + ": " + violation.message())
                        .collect(Collectors.joining("; "));

        assertThat(found).isEqualTo(expected.equals("ok") ? "" : expected);
    }

    @ParameterizedTest
    @EnumSource
    void everyFieldHasATitleInBothLanguages(EntityKind kind) {
        assertThat(EntitySchemas.of(kind).fields())
                .allSatisfy(field ->
                        assertThat(field.traits().hints().title())
                                .as(field.name())
                                .containsOnlyKeys("en", "ja"));
    }

    @Test
    void fillsInWhatARouteDoesNotSay() {
        Schema schema = EntitySchemas.of(EntityKind.ROUTES);

        ObjectNode filled =
                EntitySchemas.fill(EntityKind.ROUTES, schema, object("{'paths':['/chat']}"));

        assertThat(Json.text(filled))
                .isEqualTo(
                        ("{'name':null,'service':null,'paths':['/chat'],'methods':null,'hosts':null,"
                                        + "'headers':null,'protocols':['http','https'],"
                                        + "'https_redirect_status_code':426,'strip_path':true,"
                                        + "'preserve_host':false,'request_buffering':true,"
                                        + "'response_buffering':true,'tags':null,'snis':null,"
                                        + "'sources':null,'destinations':null,'regex_priority':0,"
                                        + "'path_handling':'v0'}")
                                .replace('\'', '"'));
    }

    @Test
    void typedValuesReadFromFilledEntities() {
        Schema schema = EntitySchemas.of(EntityKind.SERVICES);
        ObjectNode filled =
                EntitySchemas.fill(
                        EntityKind.SERVICES, schema, object("{'id':'x','host':'example.com'}"));

        Service service = Json.convert(filled, Service.class);

        assertThat(service.label()).isEqualTo("example.com");
        assertThat(service.readTimeout()).isEqualTo(60000);
    }

    @Test
    void anUpstreamReadsWithTheDefaultsOfWhatWasSetToNull() {
        Schema schema = EntitySchemas.of(EntityKind.UPSTREAMS);
        ObjectNode filled =
                EntitySchemas.fill(
                        EntityKind.UPSTREAMS,
                        schema,
                        object(
                                "{'id':'x','name':'up','algorithm':null,'slots':null,"
                                        + "'hash_on':'query_arg',"
                                        + "'healthchecks':{'active':{'timeout':0.5,'headers':{'X-A':['b']}}}}"));

        Upstream upstream = Json.convert(filled, Upstream.class);

        assertThat(upstream.algorithm()).isEqualTo(Upstream.Algorithm.ROUND_ROBIN);
        assertThat(upstream.slots()).isEqualTo(10_000);
        assertThat(upstream.hashOn()).isEqualTo(Upstream.HashInput.QUERY_ARG);
        assertThat(upstream.hashOnCookiePath()).isEqualTo("/");
        var active = upstream.healthchecks().active();
        assertThat(active.timeout()).isEqualTo(0.5);
        assertThat(active.concurrency()).isEqualTo(10);
        assertThat(active.httpsVerifyCertificate()).isTrue();
        assertThat(active.headers()).containsOnlyKeys("X-A");
        assertThat(active.unhealthy().httpStatuses())
                .containsExactly(429, 404, 500, 501, 502, 503, 504, 505);
        assertThat(upstream.healthchecks().passive().unhealthy().httpStatuses())
                .containsExactly(429, 500, 503);
    }

    @Test
    void aTargetKnowsItsHostAndPort() {
        var target =
                new Target(
                        "1",
                        new Ref("u"),
                        "[0000:0000:0000:0000:0000:0000:0000:0001]:8000",
                        1,
                        null);

        assertThat(target.host()).isEqualTo("0000:0000:0000:0000:0000:0000:0000:0001");
        assertThat(target.port()).isEqualTo(8000);
    }

    @Test
    void aPluginsOwnSchemaNarrowsThatOfAllPlugins() {
        Schema own =
                Schema.parse(
                        "sample",
                        object(
                                "{'fields':[{'consumer':{'type':'foreign','reference':'consumers','eq':null}},"
                                        + "{'config':{'type':'record','required':true,'fields':[{'minute':{'type':'integer'}}]}}]}"));

        Schema schema = EntitySchemas.ofPlugin(own);

        assertThat(schema.fields()).extracting(FieldSpec::name).contains("config", "enabled");
        assertThat(
                        EntitySchemas.validate(
                                EntityKind.PLUGINS,
                                schema,
                                EntitySchemas.fill(
                                        EntityKind.PLUGINS,
                                        schema,
                                        object(
                                                "{'name':'sample','config':{'minute':'x'},"
                                                        + "'consumer':{'id':'11111111-2222-3333-4444-555555555555'}}"))))
                .extracting(violation -> violation.pointer() + ": " + violation.message())
                .containsExactlyInAnyOrder(
                        "consumer: value must be null", "config.minute: expected an integer");
    }

    private static ObjectNode object(String json) {
        try {
            return (ObjectNode) Json.parse(json.replace('\'', '"'));
        } catch (MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }
}
