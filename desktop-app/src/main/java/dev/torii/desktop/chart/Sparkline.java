package dev.torii.desktop.chart;

import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Pane;

/// A line of the recent past without axes, 64 by 24.
public final class Sparkline extends Pane {

    private static final double WIDTH = 64;
    private static final double HEIGHT = 24;
    private static final double EDGE = 2;
    private static final double LINE_WIDTH = 1.5;

    private final Canvas canvas = new Canvas(WIDTH, HEIGHT);
    private final Palette palette = new Palette(this::draw);
    private double[] values = {};
    private int color = 1;

    public Sparkline() {
        setMinSize(WIDTH, HEIGHT);
        setPrefSize(WIDTH, HEIGHT);
        setMaxSize(WIDTH, HEIGHT);
        getChildren().add(canvas);
        getChildren().addAll(palette.nodes());
    }

    /// Shows these values, NaN being none, in a series colour.
    public void show(double[] newValues, int newColor) {
        values = newValues.clone();
        color = newColor;
        draw();
    }

    private void draw() {
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, WIDTH, HEIGHT);
        double largest = 0;
        for (double value : values) {
            largest = Double.isNaN(value) ? largest : Math.max(largest, value);
        }
        if (largest == 0) {
            return;
        }
        g.setStroke(palette.series(color));
        g.setLineWidth(LINE_WIDTH);
        g.beginPath();
        boolean drawing = false;
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                drawing = false;
                continue;
            }
            double x = EDGE + (WIDTH - 2 * EDGE) * i / Math.max(1, values.length - 1);
            double y = HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * values[i] / largest;
            if (drawing) {
                g.lineTo(x, y);
            } else {
                g.moveTo(x, y);
                drawing = true;
            }
        }
        g.stroke();
    }
}
