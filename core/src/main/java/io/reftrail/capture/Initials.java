package io.reftrail.capture;

/**
 * The letters that some names begin with. Most of what a request brings differs from all names there already, which spares
 * comparing it with each of them.
 */
final class Initials {

    private final boolean[] letters = new boolean[0x80];
    private final boolean others;

    Initials(String[] names) {
        boolean beyondAscii = false;
        for (String name : names) {
            if (name.isEmpty() || name.charAt(0) >= letters.length) {
                beyondAscii = true;
            } else {
                letters[name.charAt(0)] = true;
            }
        }
        this.others = beyondAscii;
    }

    /** Whether a name may begin so. */
    boolean has(char letter) {
        return others || (letter < letters.length && letters[letter]);
    }
}
