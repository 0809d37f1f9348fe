package dev.torii.desktop.overview;

/// What a model has cost today.
///
/// @param share of the dearest one's cost, 0 to 1
/// @param color the model's series colour
record CostRow(String model, String requests, String cost, double share, int color) {}
