package dev.torii.engine.balancer;

/// A peer with its share.
///
/// @param weight above 0
record Candidate(Peer peer, int weight) {}
