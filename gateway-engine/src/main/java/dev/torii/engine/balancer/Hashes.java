package dev.torii.engine.balancer;

/// Hashes that stay the same from one start to the next and from one machine to another.
final class Hashes {

    private Hashes() {}

    /// FNV-1a over the characters, mixed at the end.
    static long of(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return mix(hash);
    }

    /// Spreads every bit over all of them: MurmurHash3's finalizer.
    static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }

    /// A number above 0 and below 1.
    static double unit(long bits) {
        return ((bits >>> 11) + 0.5) * 0x1p-53;
    }
}
