package dev.torii.desktop.chart;

import dev.torii.desktop.chart.ChartData.Line;
import dev.torii.desktop.chart.ChartData.Stroke;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;

/// Draws a [ChartData] on a canvas.
final class ChartPainter {

    private static final double LEFT = 48;
    private static final double RIGHT = 8;
    private static final double TOP = 8;
    private static final double BOTTOM = 24;
    private static final double FONT_SIZE = 11;
    private static final double LINE_WIDTH = 1.5;
    private static final double HATCH = 8;
    private static final double TICK_EVERY = 110;
    private static final double GRID_EVERY = 44;
    private static final int MOST_GRID_LINES = 6;
    private static final double FILL = .22;
    private static final double DOT = 4;

    /// Lines five and six are told from the first by their dashes as well.
    private static final int FIRST_DASHED = 5;

    private final Canvas canvas;
    private final Palette palette;
    private double plotWidth;
    private double plotHeight;
    private int steps = 1;

    ChartPainter(Canvas canvas, Palette palette) {
        this.canvas = canvas;
        this.palette = palette;
    }

    /// How many steps of the grid a chart of this height has room for.
    int gridLines(double height) {
        return Math.clamp((long) ((height - TOP - BOTTOM) / GRID_EVERY), 2, MOST_GRID_LINES);
    }

    double plotTop() {
        return TOP;
    }

    /// The middle of a step.
    double xOf(int step) {
        return LEFT + (steps == 1 ? plotWidth / 2 : plotWidth * step / (steps - 1));
    }

    /// The step nearest to a place; -1 outside the plot.
    int stepAt(double x) {
        if (x < LEFT - RIGHT || x > LEFT + plotWidth + RIGHT || plotWidth <= 0) {
            return -1;
        }
        long step = Math.round((x - LEFT) / plotWidth * (steps - 1));
        return Math.clamp(step, 0, steps - 1);
    }

    void paint(ChartData data, List<Line> lines, Scale scale, int pointed) {
        plotWidth = canvas.getWidth() - LEFT - RIGHT;
        plotHeight = canvas.getHeight() - TOP - BOTTOM;
        steps = data.steps();
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        if (plotWidth <= 0 || plotHeight <= 0) {
            return;
        }
        g.setFont(Font.font("Inter", FONT_SIZE));
        grid(g, data, scale);
        if (data.stacked()) {
            stack(g, data, lines, scale);
        } else {
            for (Line line : lines) {
                stroke(g, data, line, line.values(), scale);
            }
        }
        gaps(g, data);
        ticks(g, data);
        crosshair(g, data, lines, scale, pointed);
    }

    private void grid(GraphicsContext g, ChartData data, Scale scale) {
        g.setTextAlign(TextAlignment.RIGHT);
        g.setTextBaseline(VPos.CENTER);
        g.setLineWidth(1);
        g.setLineDashes();
        for (double value = 0; value <= scale.top() * 1.001; value += scale.step()) {
            double y = crisp(yOf(value, scale));
            g.setStroke(palette.color("line"));
            g.strokeLine(LEFT, y, LEFT + plotWidth, y);
            g.setFill(palette.color("muted"));
            g.fillText(data.words().axis().apply(value), LEFT - 8, y);
        }
    }

    private void stack(GraphicsContext g, ChartData data, List<Line> lines, Scale scale) {
        double[] base = new double[steps];
        for (Line line : lines) {
            double[] top = new double[steps];
            for (int i = 0; i < steps; i++) {
                double value = line.values()[i];
                top[i] = base[i] + (Double.isNaN(value) ? 0 : value);
            }
            Color color = palette.series(line.color());
            g.setFill(color.deriveColor(0, 1, 1, FILL));
            for (int[] run : runs(data.missing(), top)) {
                fill(g, run, base, top, scale);
            }
            base = top;
        }
        double[] sum = new double[steps];
        for (Line line : lines) {
            for (int i = 0; i < steps; i++) {
                double value = line.values()[i];
                sum[i] += Double.isNaN(value) ? 0 : value;
            }
            stroke(g, data, line, sum.clone(), scale);
        }
    }

    private void fill(GraphicsContext g, int[] run, double[] base, double[] top, Scale scale) {
        g.beginPath();
        g.moveTo(xOf(run[0]), yOf(top[run[0]], scale));
        for (int i = run[0] + 1; i <= run[1]; i++) {
            g.lineTo(xOf(i), yOf(top[i], scale));
        }
        for (int i = run[1]; i >= run[0]; i--) {
            g.lineTo(xOf(i), yOf(base[i], scale));
        }
        g.closePath();
        g.fill();
    }

    private void stroke(
            GraphicsContext g, ChartData data, Line line, double[] values, Scale scale) {
        Color color = palette.series(line.color());
        g.setStroke(color);
        g.setFill(color);
        g.setLineWidth(LINE_WIDTH);
        boolean dashed = line.stroke() == Stroke.DASHED || line.color() >= FIRST_DASHED;
        if (dashed) {
            g.setLineDashes(5, 3);
        } else {
            g.setLineDashes();
        }
        for (int[] run : runs(data.missing(), values)) {
            if (run[0] == run[1]) {
                double y = yOf(values[run[0]], scale);
                g.fillOval(
                        xOf(run[0]) - LINE_WIDTH, y - LINE_WIDTH, 2 * LINE_WIDTH, 2 * LINE_WIDTH);
                continue;
            }
            g.beginPath();
            g.moveTo(xOf(run[0]), yOf(values[run[0]], scale));
            for (int i = run[0] + 1; i <= run[1]; i++) {
                g.lineTo(xOf(i), yOf(values[i], scale));
            }
            g.stroke();
        }
        g.setLineDashes();
    }

    /// The stretches that can be drawn in one go: first and last step of each.
    private static List<int[]> runs(boolean[] missing, double[] values) {
        var runs = new ArrayList<int[]>();
        int start = -1;
        for (int i = 0; i <= values.length; i++) {
            boolean there = i < values.length && !missing[i] && !Double.isNaN(values[i]);
            if (there && start < 0) {
                start = i;
            } else if (!there && start >= 0) {
                runs.add(new int[] {start, i - 1});
                start = -1;
            }
        }
        return runs;
    }

    private void gaps(GraphicsContext g, ChartData data) {
        int start = -1;
        for (int i = 0; i <= steps; i++) {
            boolean gap = i < steps && data.missing()[i];
            if (gap && start < 0) {
                start = i;
            } else if (!gap && start >= 0) {
                gap(g, data, start, i - 1);
                start = -1;
            }
        }
    }

    private void gap(GraphicsContext g, ChartData data, int first, int last) {
        double x = Math.max(LEFT, first == 0 ? LEFT : xOf(first - 1));
        double right = last == steps - 1 ? LEFT + plotWidth : xOf(last + 1);
        double width = Math.max(1, right - x);
        g.save();
        g.beginPath();
        g.rect(x, TOP, width, plotHeight);
        g.clip();
        g.setFill(palette.color("inset"));
        g.fillRect(x, TOP, width, plotHeight);
        g.setStroke(palette.color("hatch"));
        g.setLineWidth(1);
        for (double d = x - plotHeight; d < right; d += HATCH) {
            g.strokeLine(d, TOP + plotHeight, d + plotHeight, TOP);
        }
        g.restore();
        String words = data.words().gap().apply((last - first + 1) * data.step());
        double textWidth = widthOf(words) + 16;
        if (textWidth > width) {
            return;
        }
        double middle = x + width / 2;
        g.setFill(palette.color("card"));
        g.fillRoundRect(middle - textWidth / 2, TOP + 8, textWidth, 20, 8, 8);
        g.setFill(palette.color("muted"));
        g.setTextAlign(TextAlignment.CENTER);
        g.setTextBaseline(VPos.CENTER);
        g.fillText(words, middle, TOP + 18);
    }

    private void ticks(GraphicsContext g, ChartData data) {
        g.setFill(palette.color("muted"));
        g.setTextBaseline(VPos.TOP);
        long span = data.step() * Math.max(1, steps - 1);
        long every = TickSpacing.of(span, plotWidth / TICK_EVERY);
        long offset = TickSpacing.offset(data.from());
        for (long t = Math.ceilDiv(data.from() + offset, every) * every - offset;
                t <= data.from() + span;
                t += every) {
            double x = LEFT + plotWidth * (t - data.from()) / span;
            String words = data.words().tick().apply(t);
            double half = widthOf(words) / 2;
            g.setTextAlign(TextAlignment.CENTER);
            double clear = Math.clamp(x, LEFT + half, LEFT + plotWidth - half);
            g.fillText(words, clear, TOP + plotHeight + 8);
        }
    }

    private void crosshair(
            GraphicsContext g, ChartData data, List<Line> lines, Scale scale, int pointed) {
        if (pointed < 0 || data.missing()[pointed]) {
            return;
        }
        double x = crisp(xOf(pointed));
        g.setStroke(palette.color("text"));
        g.setLineWidth(1);
        g.strokeLine(x, TOP, x, TOP + plotHeight);
        double sum = 0;
        for (Line line : lines) {
            double value = line.values()[pointed];
            if (Double.isNaN(value)) {
                continue;
            }
            sum = data.stacked() ? sum + value : value;
            double y = yOf(sum, scale);
            g.setFill(palette.color("card"));
            g.fillOval(x - DOT - 1, y - DOT - 1, 2 * DOT + 2, 2 * DOT + 2);
            g.setFill(palette.series(line.color()));
            g.fillOval(x - DOT, y - DOT, 2 * DOT, 2 * DOT);
        }
    }

    private double yOf(double value, Scale scale) {
        return TOP + plotHeight * (1 - value / scale.top());
    }

    /// A line of one pixel is sharp in the middle of a pixel.
    private static double crisp(double place) {
        return Math.floor(place) + .5;
    }

    private static double widthOf(String words) {
        var text = new Text(words);
        text.setFont(Font.font("Inter", FONT_SIZE));
        return text.getLayoutBounds().getWidth();
    }
}
