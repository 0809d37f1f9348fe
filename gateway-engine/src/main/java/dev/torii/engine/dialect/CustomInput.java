package dev.torii.engine.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// Takes the free text of a custom tool out of the arguments of the function that stands for it,
/// `{"input":"…"}`, piece by piece as they come. Arguments of another shape are the text
/// themselves.
public final class CustomInput {

    private static final String KEY = "\"input\"";

    private enum State {
        /// Nothing but the beginning of such an object has come.
        BEFORE,
        INSIDE,
        AFTER,
        /// An object that begins with something else; what it is shows at its end.
        OTHER,
        /// No object.
        FREE
    }

    private State state = State.BEFORE;

    /// What has come and is not said yet.
    private final StringBuilder held = new StringBuilder();

    /// The next piece of the text; empty where more has to come first.
    public String take(String piece) {
        return switch (state) {
            case BEFORE -> {
                held.append(piece);
                yield begin();
            }
            case INSIDE -> {
                held.append(piece);
                yield inside();
            }
            case AFTER -> "";
            case OTHER -> {
                held.append(piece);
                yield "";
            }
            case FREE -> piece;
        };
    }

    /// What is left of the text when the arguments have ended.
    public String end() {
        if (state != State.BEFORE && state != State.OTHER) {
            return "";
        }
        String all = held.toString();
        ObjectNode parsed = Fields.parsed(all);
        return parsed != null && parsed.path("input").isTextual()
                ? parsed.path("input").textValue()
                : all;
    }

    public static String of(String arguments) {
        var input = new CustomInput();
        return input.take(arguments) + input.end();
    }

    private String begin() {
        int at = afterBlanks(0);
        if (at == held.length()) {
            return "";
        }
        if (held.charAt(at) != '{') {
            return free();
        }
        at = afterBlanks(at + 1);
        for (String wanted : new String[] {KEY, ":", "\""}) {
            int common = Math.min(wanted.length(), held.length() - at);
            if (!wanted.startsWith(held.substring(at, at + common))) {
                state = State.OTHER;
                return "";
            }
            if (common < wanted.length()) {
                return "";
            }
            at += wanted.length();
            at = wanted.equals("\"") ? at : afterBlanks(at);
        }
        held.delete(0, at);
        state = State.INSIDE;
        return inside();
    }

    private int afterBlanks(int from) {
        int at = from;
        while (at < held.length() && " \t\r\n".indexOf(held.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private String free() {
        state = State.FREE;
        String all = held.toString();
        held.setLength(0);
        return all;
    }

    /// Reads the string as far as it has come; half an escape and half a character wait.
    private String inside() {
        StringBuilder text = new StringBuilder(held.length());
        int at = 0;
        while (at < held.length()) {
            char c = held.charAt(at);
            if (c == '"') {
                state = State.AFTER;
                at = held.length();
                break;
            }
            int length = c == '\\' ? escapeLength(at) : 1;
            if (at + length > held.length()) {
                break;
            }
            text.append(c == '\\' ? escaped(at) : c);
            at += length;
        }
        held.delete(0, at);
        int last = text.length() - 1;
        if (state == State.INSIDE && last >= 0 && Character.isHighSurrogate(text.charAt(last))) {
            held.insert(0, "\\u%04x".formatted((int) text.charAt(last)));
            text.setLength(last);
        }
        return text.toString();
    }

    private int escapeLength(int at) {
        return at + 1 < held.length() && held.charAt(at + 1) == 'u' ? 6 : 2;
    }

    private char escaped(int at) {
        char c = held.charAt(at + 1);
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode(held.substring(at + 2, at + 6));
            default -> c;
        };
    }

    private static char unicode(String hex) {
        try {
            return (char) Integer.parseInt(hex, 16);
        } catch (NumberFormatException e) {
            return '\uFFFD';
        }
    }
}
