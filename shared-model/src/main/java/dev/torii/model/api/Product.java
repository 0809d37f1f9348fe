package dev.torii.model.api;

/// The names and versions that Torii goes by.
public final class Product {

    public static final String NAME = "Torii";

    /// The version of Kong's Admin API and plugins that Torii speaks; Kong's tools look at it.
    public static final String KONG_VERSION = "3.10.0";

    /// What Kong's tools and clients expect in `Server` and `Via`.
    public static final String SERVER_TOKEN = "kong/" + KONG_VERSION;

    private Product() {}
}
