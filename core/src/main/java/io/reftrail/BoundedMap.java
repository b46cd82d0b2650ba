package io.reftrail;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map of the entries that were added last. Not thread-safe. */
@SuppressWarnings("serial")
final class BoundedMap<K, V> extends LinkedHashMap<K, V> {

    private final int capacity;

    BoundedMap(int capacity) {
        this.capacity = capacity;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > capacity;
    }
}
