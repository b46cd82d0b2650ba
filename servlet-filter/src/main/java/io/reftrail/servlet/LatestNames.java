package io.reftrail.servlet;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The names of those who were told of lately and have no session in which that could stand. Thread-safe. */
final class LatestNames {

    private static final int ROOM = 10_000;

    private final Set<String> names = Collections.newSetFromMap(new Bounded());

    /** Returns whether the name is a new one. */
    boolean add(String name) {
        synchronized (names) {
            return names.add(name);
        }
    }

    void remove(String name) {
        synchronized (names) {
            names.remove(name);
        }
    }

    /** Forgets who was told of first. */
    private static final class Bounded extends LinkedHashMap<String, Boolean> {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > ROOM;
        }
    }
}
