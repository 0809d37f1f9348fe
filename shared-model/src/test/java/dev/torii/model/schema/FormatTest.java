package dev.torii.model.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "UUID | 11111111-2222-3333-4444-55555555aBcD | ok",
                "UUID | 11111111-2222-3333-4444 | expected a valid UUID",
                "HOST | example.com | ok",
                "HOST | example.com. | ok",
                "HOST | my_upstream | ok",
                "HOST | 127.0.0.1 | ok",
                "HOST | ::1 | ok",
                "HOST | [2001:db8::1] | ok",
                "HOST | ::ffff:10.0.0.1 | ok",
                "HOST | example.com:80 | must not have a port",
                "HOST | [::1]:80 | must not have a port",
                "HOST | 1.2.3.4:80 | must not have a port",
                "HOST | 300.1.1.1 | invalid value: 300.1.1.1",
                "HOST | a b | invalid value: a b",
                "HOST | -x | invalid value: -x",
                "HOST | 1:2:3 | invalid value: 1:2:3",
                "PATH | /a/b%20c | ok",
                "PATH | a | should start with: /",
                "PATH | /a//b | must not have empty segments",
                "PATH | /あ | invalid path: '/あ' (characters outside of the reserved list of RFC 3986 found)",
                "PATH | /a%zz | invalid url-encoded value: '%zz'",
                "PATH | /a% | invalid url-encoded value: '%'",
                "URL | https://example.com/v1 | ok",
                "URL | example.com | missing host in url",
                "URL | //example.com/x | missing scheme in url",
                "URL | http://a b | could not parse url. Illegal character in authority",
                "HTTP_METHOD | GET | ok",
                "HTTP_METHOD | get | invalid value: get",
                "HEADER_NAME | x-api_key | ok",
                "HEADER_NAME | x y | bad header name 'x y', allowed characters are A-Z, a-z, 0-9, '_', and '-'",
                "UTF8_NAME | chat-サービス.1_~ | ok",
                "UTF8_NAME | a b | invalid value 'a b': the only accepted ascii characters are alphanumerics or ., -, _, and ~",
                "TAG | team a | ok",
                "TAG | チーム | ok",
                "TAG | a,b | invalid tag 'a,b': expected printable ascii (except `,` and `/`) or valid utf-8 sequences",
                "ROUTE_HOST | example.com:8000 | ok",
                "ROUTE_HOST | *.example.com | ok",
                "ROUTE_HOST | example.* | ok",
                "ROUTE_HOST | a.*.com | invalid wildcard: must be placed at leftmost or rightmost label",
                "ROUTE_HOST | *.example.* | only one wildcard must be specified",
                "ROUTE_HOST | example.com:99999 | invalid value: example.com:99999",
                "WILDCARD_HOST | *.example.com | ok",
                "WILDCARD_HOST | 1.2.3.4 | must not be an IP",
                "WILDCARD_HOST | a.com:1 | must not have a port",
                "WILDCARD_HOST | a*.com | wildcard must be leftmost or rightmost character",
                "WILDCARD_HOST | *.a.* | only one wildcard must be specified",
                "IP_OR_CIDR | 10.0.0.0/8 | ok",
                "IP_OR_CIDR | fe80::/10 | ok",
                "IP_OR_CIDR | 10.0.0.0/33 | invalid ip or cidr range: '10.0.0.0/33'",
                "ROUTE_PATH | /chat | ok",
                "ROUTE_PATH | /チャット | ok",
                "ROUTE_PATH | ~/v[0-9]+/chat$ | ok",
                "ROUTE_PATH | chat | should start with: / (fixed path) or ~/ (regex path)",
                "ROUTE_PATH | /a//b | must not have empty segments",
                "ROUTE_PATH | /a/../b | non-normalized path, consider use '/b' instead",
                "ROUTE_PATH | /a/. | non-normalized path, consider use '/a/' instead",
                "ROUTE_PATH | /%63hat%2fx | non-normalized path, consider use '/chat%2Fx' instead",
                "ROUTE_PATH | ~/( | invalid regex: '/(' (missing closing ))",
                "ROUTE_PATH | ~/(?=x) | invalid regex: '/(?=x)' (invalid or unsupported Perl syntax)",
                "ROUTE_PATH | ~/(a{999}){999} | invalid regex: '/(a{999}){999}' (it becomes larger than 20000 steps; use smaller counts)",
                "ROUTE_HEADER | text/( | ok",
                "ROUTE_HEADER | ~*^text/.+$ | ok",
                "ROUTE_HEADER | ~*( | invalid regex: '(' (missing closing ))",
                "REGEX | .*登山.* | ok",
                "REGEX | [ | not a valid regex: [",
                "FILE_NAME | /tmp/x.log | ok",
            })
    void followsTheRules(Format format, String value, String expected) {
        String problem = format.problem(value);

        assertThat(problem == null ? "ok" : problem).isEqualTo(expected);
    }

    @Test
    void refusesControlCharactersAndLoneSurrogates() {
        assertThat(Format.TAG.problem("a\u0000")).isNotNull();
        assertThat(Format.TAG.problem("a\ud800")).isNotNull();
        assertThat(Format.UTF8_NAME.problem("a\ud800")).isNotNull();
        assertThat(Format.FILE_NAME.problem("a\u0000")).isEqualTo("not a valid filename");
        assertThat(Format.HOST.problem("a\u0000")).isNotNull();
    }
}
