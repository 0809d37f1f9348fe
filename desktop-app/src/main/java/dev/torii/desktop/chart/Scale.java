package dev.torii.desktop.chart;

/// The top of a value axis and its grid: round numbers of the kind 1, 2, 5.
record Scale(double top, double step) {

    /// The lowest scale of at most `lines` steps that holds `largest`.
    static Scale holding(double largest, int lines) {
        double need = largest <= 0 ? 1 : largest;
        double magnitude = Math.pow(10, Math.floor(Math.log10(need / lines)));
        double step = 10 * magnitude;
        for (double factor : new double[] {5, 2, 1}) {
            if (factor * magnitude * lines >= need) {
                step = factor * magnitude;
            }
        }
        return new Scale(Math.ceil(need / step - 1e-9) * step, step);
    }
}
