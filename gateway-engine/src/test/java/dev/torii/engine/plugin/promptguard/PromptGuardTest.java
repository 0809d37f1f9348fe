package dev.torii.engine.plugin.promptguard;

import static dev.torii.engine.plugin.PluginBench.decision;
import static dev.torii.engine.plugin.PluginBench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.torii.engine.exchange.Exchanges;
import dev.torii.engine.plugin.PluginBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class PromptGuardTest {

    private static final String REFUSED = refused("bad request");
    private static final String MOUNTAIN = "{'deny_patterns':['.*登山.*']}";

    private final PluginBench bench = new PluginBench(new PromptGuardFactory());

    @Test
    void refusesADeniedPrompt() {
        assertThat(guard(MOUNTAIN, user("富士山の登山ルートは?"))).isEqualTo(REFUSED);
        assertThat(guard(MOUNTAIN, user("first line\\n登山\\nlast line"))).isEqualTo(REFUSED);
        assertThat(guard(MOUNTAIN, user("海水浴の話"))).isEqualTo("proceed");
        assertThat(guard(MOUNTAIN, "{'prompt':'登山'}")).isEqualTo(REFUSED);
    }

    @Test
    void letsOnlyAllowedPromptsPass() {
        String config = "{'allow_patterns':['(?i)weather','^sea']}";

        assertThat(guard(config, user("The WEATHER"))).isEqualTo("proceed");
        assertThat(guard(config, user("sea"))).isEqualTo("proceed");
        assertThat(guard(config, user("the sea"))).isEqualTo(REFUSED);
    }

    @Test
    void looksAtDenyBeforeAllow() {
        String config = "{'allow_patterns':['.*'],'deny_patterns':['no']}";

        assertThat(guard(config, user("no"))).isEqualTo(REFUSED);
        assertThat(guard(config, user("yes"))).isEqualTo("proceed");
    }

    @Test
    void looksAtAllUserMessagesUnlessToldOtherwise() {
        String conversation =
                "{'messages':[{'role':'system','content':'登山 one'},"
                        + "{'role':'user','content':'登山 two'},"
                        + "{'role':'assistant','content':'登山 three'},"
                        + "{'role':'user','content':'four'}]}";

        assertThat(guard("{'deny_patterns':['two']}", conversation)).isEqualTo(REFUSED);
        assertThat(guard("{'deny_patterns':['one','three']}", conversation)).isEqualTo("proceed");
        assertThat(
                        guard(
                                "{'deny_patterns':['two'],'allow_all_conversation_history':true}",
                                conversation))
                .isEqualTo("proceed");
        assertThat(
                        guard(
                                "{'deny_patterns':['four'],'allow_all_conversation_history':true}",
                                conversation))
                .isEqualTo(REFUSED);
        assertThat(guard("{'deny_patterns':['one'],'match_all_roles':true}", conversation))
                .isEqualTo(REFUSED);
        assertThat(guard("{'allow_patterns':['^four 登山 two$']}", conversation))
                .as("newest first, joined by spaces")
                .isEqualTo("proceed");
    }

    @Test
    void looksIntoTheTextPartsOfAMessage() {
        String parts =
                "{'messages':[{'role':'user','content':[{'type':'text','text':'what is'},"
                        + "{'type':'image_url','image_url':{'url':'data:x'}},"
                        + "{'type':'text','text':'登山?'}]}]}";

        assertThat(guard(MOUNTAIN, parts)).isEqualTo(REFUSED);
        assertThat(guard("{'allow_patterns':['^what is 登山.$']}", parts)).isEqualTo("proceed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{'messages':[]}",
                "{'input':'hi'}",
                "{'messages':['hi']}",
                "{'messages':[{'role':'user','content':7}]}",
                "{'messages':[{'role':'user','content':{'text':'hi'}}]}",
                "{'messages':[{'role':'user','content':['hi']}]}",
                "{'messages':[{'role':'user','content':[{'type':'text','text':7}]}]}",
                "{'messages':[{'role':'user','content':'hi'}],'prompt':['登山']}",
                "{'prompt':['hi']}"
            })
    void refusesWhatItCannotRead(String body) {
        assertThat(guard(MOUNTAIN, body)).isEqualTo(REFUSED);
    }

    @Test
    void takesAMessageWithoutContentForSilent() {
        assertThat(
                        guard(
                                "{'deny_patterns':['登山'],'match_all_roles':true}",
                                "{'messages':[{'role':'assistant','content':null,'tool_calls':[]},"
                                        + "{'role':'user','content':'hi'}]}"))
                .isEqualTo("proceed");
    }

    @Test
    void logsTheReasonButNeverThePrompt() {
        Logger logger = (Logger) LoggerFactory.getLogger(PromptGuardHandler.class);
        ListAppender<ILoggingEvent> seen = new ListAppender<>();
        seen.start();
        logger.addAppender(seen);
        logger.setLevel(Level.INFO);
        try {
            guard("{'deny_patterns':['x','登山']}", user("登山 secret plans"));
        } finally {
            logger.detachAppender(seen);
            logger.setLevel(null);
        }

        ILoggingEvent event = seen.list.getFirst();
        assertThat(event.getKeyValuePairs().toString())
                .contains(Exchanges.ID, "deny_patterns.2 was found")
                .doesNotContain("secret");
        assertThat(event.getFormattedMessage()).doesNotContain("secret");
    }

    @Test
    void wantsAtLeastOnePattern() {
        String fault =
                "@entity: at least one of these fields must be non-empty: 'config.allow_patterns',"
                        + " 'config.deny_patterns'";
        assertThat(bench.faults("{}")).containsExactly(fault);
        assertThat(bench.faults("{'deny_patterns':[]}")).containsExactly(fault);
    }

    @Test
    void holdsTheLimitsOfItsPatterns() {
        assertThat(bench.faults("{'deny_patterns':['" + "x','".repeat(10) + "x']}"))
                .contains("config.deny_patterns: length must be at most 10");
        assertThat(bench.faults("{'deny_patterns':['" + "x".repeat(501) + "']}"))
                .contains("config.deny_patterns.1: length must be at most 500");
    }

    @Test
    void cannotLookAtAllRolesOfTheLastMessageOnly() {
        assertThat(
                        bench.faults(
                                "{'deny_patterns':['x'],'match_all_roles':true,'allow_all_conversation_history':true}"))
                .contains(
                        "@entity: failed conditional validation given value of field"
                                + " 'config.match_all_roles'");
    }

    @Test
    void namesThePatternThatItCannotUse() {
        assertThat(bench.faults("{'deny_patterns':['fine','a(?!b)']}"))
                .singleElement()
                .asString()
                .startsWith("config.deny_patterns.2: cannot use the pattern 'a(?!b)': ")
                .endsWith("(expected RE2 syntax, which has no look-around and no back-references)");
        assertThat(bench.faults("{'allow_patterns':['(']}"))
                .singleElement()
                .asString()
                .startsWith("config.allow_patterns.1: cannot use the pattern '(': ");
    }

    @Test
    void refusesAPatternWhoseRepetitionsMultiply() {
        assertThat(bench.faults("{'deny_patterns':['((a{1,1000}){1,1000}){1,1000}']}"))
                .singleElement()
                .asString()
                .startsWith("config.deny_patterns.1: cannot use the pattern '((a{1,1000})")
                .contains("it becomes larger than 20000 steps; use smaller counts");
        assertThat(bench.faults("{'deny_patterns':['[{(]{3}(ab){1,1000}\\\\({2}x{2,}']}"))
                .isEmpty();
    }

    private static String user(String content) {
        return "{'messages':[{'role':'user','content':'" + content + "'}]}";
    }

    private String guard(String config, String body) {
        return decision(bench.handler(config), Exchanges.withBody(body.replace('\'', '"')));
    }
}
