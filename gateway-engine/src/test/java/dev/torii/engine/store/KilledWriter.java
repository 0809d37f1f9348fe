package dev.torii.engine.store;

import dev.torii.engine.store.ConfigChange.Step;
import dev.torii.model.config.EntityKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A process that writes for ever, from where the last one was killed, and prints the number of
/// each write once it has returned. [KillTest] kills it. What a number of writes must have left is
/// known exactly, so that a write that is there in part is seen too.
final class KilledWriter {

    private static final String LAST = "last";

    private KilledWriter() {}

    public static void main(String[] arguments) {
        var store = SqliteConfigStore.open(Path.of(arguments[0]), Samples.PLUGINS);
        for (int i = last(store.snapshot()) + 1; ; i++) {
            int number = i;
            store.write("killed", current -> write(number));
            System.out.println(number);
            System.out.flush();
        }
    }

    /// Several entities at once, some with secrets; every third write takes back the one before.
    private static ConfigChange write(int number) {
        List<Step> steps = new ArrayList<>();
        steps.add(consumer(LAST, Integer.toString(number)));
        steps.add(consumer("c" + number, "consumer " + number));
        if (number % 3 == 0) {
            steps.add(new Step.Delete(EntityKind.CONSUMERS, "c" + (number - 1)));
        }
        steps.add(
                new Step.Put(
                        EntityKind.KEYAUTH_CREDENTIALS, "key", Samples.key("key", "k" + number)));
        return new ConfigChange(steps);
    }

    private static Step consumer(String id, String name) {
        return new Step.Put(EntityKind.CONSUMERS, id, Samples.consumer(id, name));
    }

    /// The number of the last write that is there; 0 before the first.
    static int last(ConfigSnapshot snapshot) {
        var last = snapshot.find(EntityKind.CONSUMERS, LAST);
        return last == null ? 0 : Integer.parseInt(last.path("username").asText());
    }

    /// The names of all consumers after this many writes.
    static Map<String, String> consumers(int writes) {
        Map<String, String> consumers = new TreeMap<>();
        for (int number = 1; number <= writes; number++) {
            consumers.put("c" + number, "consumer " + number);
            consumers.put(LAST, Integer.toString(number));
            if (number % 3 == 0) {
                consumers.remove("c" + (number - 1));
            }
        }
        return consumers;
    }
}
