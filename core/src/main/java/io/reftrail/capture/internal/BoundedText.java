package io.reftrail.capture.internal;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that limits the work of a regular expression on it. Patterns come from the configuration and texts from visitors; with an
 * unfortunate pattern, a visitor could otherwise keep a thread busy. Serves one search; not thread-safe.
 */
public final class BoundedText implements CharSequence {

    private static final int MAX_READS = 200_000;

    private final String text;
    private int reads;

    private BoundedText(String text) {
        this.text = text;
    }

    /** Returns whether a pattern matches a text as a whole; empty if the search takes too much work. */
    public static Optional<Boolean> matches(Pattern pattern, String text) {
        return search(pattern.matcher(new BoundedText(text)), true);
    }

    /** Returns whether a pattern is found in a text; empty if the search takes too much work. */
    public static Optional<Boolean> find(Pattern pattern, String text) {
        return search(pattern.matcher(new BoundedText(text)), false);
    }

    private static Optional<Boolean> search(Matcher matcher, boolean whole) {
        try {
            return Optional.of(whole ? matcher.matches() : matcher.find());
        } catch (TooManyReadsException | StackOverflowError givenUp) {
            return Optional.empty();
        }
    }

    @Override
    public char charAt(int index) {
        reads++;
        if (reads > MAX_READS) {
            throw new TooManyReadsException();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text;
    }

    @SuppressWarnings("serial")
    private static final class TooManyReadsException extends RuntimeException {

        TooManyReadsException() {
            super("read too often", null, false, false);
        }
    }
}
