package io.reftrail.servlet;

/** A text that can be read so often and no more, against patterns that go over it again and again. For one search. */
final class BoundedText implements CharSequence {

    private static final int READS = 200_000;

    /** The text has been read too often. */
    @SuppressWarnings("serial")
    static final class ExhaustedException extends RuntimeException {

        ExhaustedException() {
            super("read too often", null, false, false);
        }
    }

    private final String text;
    private int reads;

    BoundedText(String text) {
        this.text = text;
    }

    @Override
    public char charAt(int index) {
        reads++;
        if (reads > READS) {
            throw new ExhaustedException();
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
}
