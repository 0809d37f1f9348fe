package dev.torii.desktop.overview;

/// What one metric card shows.
///
/// @param note the line under the number; may be empty
/// @param alarming whether the note tells of something wrong
/// @param trend the recent past, NaN where nothing is known
/// @param color the trend's series colour
@SuppressWarnings("ArrayRecordComponent") // hundreds of points, never compared
record Metric(
        String label,
        String value,
        String unit,
        String note,
        boolean alarming,
        double[] trend,
        int color) {}
