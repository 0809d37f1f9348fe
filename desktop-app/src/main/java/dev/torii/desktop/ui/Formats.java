package dev.torii.desktop.ui;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// How numbers, money and times are written, the same on every screen and in both languages.
public final class Formats {

    /// Stands for a value that is not known.
    public static final String NONE = "–";

    private static final DecimalFormatSymbols SYMBOLS = DecimalFormatSymbols.getInstance(Locale.US);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.US);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm", Locale.US);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MM-dd", Locale.US);
    private static final DateTimeFormatter DAY_AND_MINUTE =
            DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.US);
    private static final BigDecimal CENT = new BigDecimal("0.01");
    private static final BigDecimal TENTH_OF_CENT = new BigDecimal("0.001");
    private static final long SECOND = 1000;

    private Formats() {}

    /// `1,284`.
    public static String count(long value) {
        return new DecimalFormat("#,##0", SYMBOLS).format(value);
    }

    /// `212` from a hundred on, `84.2` below: a rate wants three figures.
    public static String rate(double value) {
        return new DecimalFormat(value >= 100 || value == 0 ? "#,##0" : "0.0", SYMBOLS)
                .format(value);
    }

    /// `1.7` of a share between 0 and 1.
    public static String percent(double share) {
        return new DecimalFormat("0.0", SYMBOLS).format(share * 100);
    }

    /// The number of a latency: milliseconds below a second, else seconds with two decimals.
    public static String latencyNumber(long millis) {
        return millis < SECOND
                ? String.valueOf(millis)
                : new DecimalFormat("#,##0.00", SYMBOLS).format(millis / (double) SECOND);
    }

    public static String latencyUnit(long millis) {
        return millis < SECOND ? "ms" : "s";
    }

    /// `318 ms`, `1.42 s`.
    public static String latency(long millis) {
        return latencyNumber(millis) + " " + latencyUnit(millis);
    }

    /// `0`, `500 ms`, `1.5 s`: no more decimals than the number needs.
    public static String latencyTick(long millis) {
        if (millis == 0) {
            return "0";
        }
        return millis < SECOND
                ? millis + " ms"
                : new DecimalFormat("#,##0.##", SYMBOLS).format(millis / (double) SECOND) + " s";
    }

    /// `0`, `0.5`, `1,200`: no more decimals than the number needs.
    public static String tick(double value) {
        return new DecimalFormat("#,##0.##", SYMBOLS).format(value);
    }

    /// A sum of money: `$1.84`; `<$0.01` below a cent.
    public static String sum(BigDecimal dollars) {
        if (dollars.signum() > 0 && dollars.compareTo(CENT) < 0) {
            return "<$0.01";
        }
        return new DecimalFormat("$#,##0.00", SYMBOLS)
                .format(dollars.setScale(2, RoundingMode.HALF_EVEN));
    }

    /// What one request cost: `$0.0169`; two figures below a tenth of a cent.
    public static String cost(BigDecimal dollars) {
        BigDecimal rounded =
                dollars.signum() == 0 || dollars.compareTo(TENTH_OF_CENT) >= 0
                        ? dollars.setScale(4, RoundingMode.HALF_EVEN)
                        : dollars.round(new MathContext(2, RoundingMode.HALF_EVEN));
        return "$" + rounded.toPlainString();
    }

    /// `14:05:34`.
    public static String clock(Instant time, ZoneId zone) {
        return CLOCK.format(time.atZone(zone));
    }

    /// `14:05`.
    public static String minute(Instant time, ZoneId zone) {
        return MINUTE.format(time.atZone(zone));
    }

    /// `11-25`.
    public static String day(Instant time, ZoneId zone) {
        return DAY.format(time.atZone(zone));
    }

    /// `11-25 14:05`.
    public static String dayAndMinute(Instant time, ZoneId zone) {
        return DAY_AND_MINUTE.format(time.atZone(zone));
    }

    /// `3 h 12 min`: the two largest units.
    public static String span(Duration length, Messages messages) {
        if (length.toDays() > 0) {
            return messages.get("unit.days", length.toDays(), length.toHoursPart());
        }
        if (length.toHours() > 0) {
            return messages.get("unit.hours", length.toHours(), length.toMinutesPart());
        }
        if (length.toMinutes() > 0) {
            return messages.get("unit.minutes", length.toMinutes());
        }
        return messages.get("unit.seconds", length.toSeconds());
    }
}
