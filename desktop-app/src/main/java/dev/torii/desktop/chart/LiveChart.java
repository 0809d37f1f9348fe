package dev.torii.desktop.chart;

import dev.torii.desktop.chart.ChartData.Line;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import org.jspecify.annotations.Nullable;

/// A chart over time that is redrawn a few times a second: stacked areas or plain lines, gaps
/// hatched, a crosshair that names the values under it.
public final class LiveChart extends Pane {

    /// The scale shrinks only after this long, so that it does not jump about.
    private static final long CALM_MILLIS = 10_000;

    private final Canvas canvas = new Canvas();
    private final HoverCard card = new HoverCard();
    private final Palette palette = new Palette(this::requestDraw);
    private final ChartPainter painter = new ChartPainter(canvas, palette);
    private final Set<String> hidden = new HashSet<>();
    private @Nullable ChartData data;
    private Scale scale = new Scale(4, 1);
    private long smallerSince;
    private int pointed = -1;
    private boolean drawRequested;

    public LiveChart() {
        getStyleClass().add("live-chart");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setMinSize(0, 0);
        getChildren().add(canvas);
        getChildren().addAll(palette.nodes());
        getChildren().add(card);
        addEventHandler(MouseEvent.MOUSE_MOVED, e -> point(painter.stepAt(e.getX())));
        addEventHandler(MouseEvent.MOUSE_EXITED, _ -> point(-1));
        addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        focusedProperty().subscribe(on -> point(on ? pointed : -1));
    }

    /// Shows other data.
    public void show(ChartData newData) {
        data = newData;
        if (pointed >= newData.steps()) {
            pointed = -1;
        }
        requestDraw();
    }

    /// Hides these series, until told otherwise.
    public void hide(Set<String> names) {
        hidden.clear();
        hidden.addAll(names);
        requestDraw();
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(getWidth());
        canvas.setHeight(getHeight());
        draw();
    }

    private void requestDraw() {
        if (!drawRequested) {
            drawRequested = true;
            requestLayout();
        }
    }

    private void draw() {
        drawRequested = false;
        ChartData now = data;
        if (now == null || getWidth() <= 0 || getHeight() <= 0) {
            return;
        }
        List<Line> lines =
                now.lines().stream().filter(line -> !hidden.contains(line.name())).toList();
        scale = calmed(Scale.holding(largest(now, lines), painter.gridLines(getHeight())));
        painter.paint(now, lines, scale, pointed);
        showCard(now, lines);
    }

    private Scale calmed(Scale wanted) {
        long now = System.currentTimeMillis();
        if (wanted.top() >= scale.top()) {
            smallerSince = now;
            return wanted;
        }
        return now - smallerSince > CALM_MILLIS ? wanted : scale;
    }

    private static double largest(ChartData data, List<Line> lines) {
        double largest = data.least();
        for (int i = 0; i < data.steps(); i++) {
            double sum = 0;
            for (Line line : lines) {
                double value = Double.isNaN(line.values()[i]) ? 0 : line.values()[i];
                sum = data.stacked() ? sum + value : Math.max(sum, value);
            }
            largest = Math.max(largest, sum);
        }
        return largest;
    }

    private void showCard(ChartData now, List<Line> lines) {
        boolean shown = pointed >= 0 && !now.missing()[pointed] && !lines.isEmpty();
        card.setVisible(shown);
        if (shown) {
            card.tell(now, lines, pointed, palette);
            card.place(painter.xOf(pointed), painter.plotTop(), getWidth());
        }
    }

    private void point(int step) {
        if (step != pointed) {
            pointed = step;
            requestDraw();
        }
    }

    private void key(KeyEvent event) {
        ChartData now = data;
        if (now == null) {
            return;
        }
        switch (event.getCode()) {
            case LEFT -> point(Math.max(0, (pointed < 0 ? now.steps() : pointed) - 1));
            case RIGHT -> point(Math.min(now.steps() - 1, pointed + 1));
            case ESCAPE -> point(-1);
            default -> {
                return;
            }
        }
        event.consume();
    }
}
