package dev.torii.desktop.entity;

import java.util.Comparator;

/// Orders texts by the number that they begin with, where both do, else by their letters.
enum NaturalOrder implements Comparator<String> {
    INSTANCE;

    @Override
    public int compare(String one, String other) {
        Double a = number(one);
        Double b = number(other);
        return a != null && b != null
                ? Double.compare(a, b)
                : String.CASE_INSENSITIVE_ORDER.compare(one, other);
    }

    private static @org.jspecify.annotations.Nullable Double number(String text) {
        String digits = text.replaceAll("[$,<%]|ms$|s$", "").strip();
        try {
            double value = Double.parseDouble(digits);
            return text.endsWith(" s") ? value * 1000 : value;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
