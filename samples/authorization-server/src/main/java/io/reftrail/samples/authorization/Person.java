package io.reftrail.samples.authorization;

/**
 * Somebody with an account here.
 *
 * @param username what they sign in with, and who they are to the shop
 * @param name their name
 * @param email the address they have given
 * @param verified whether they have shown that the address is theirs
 */
record Person(String username, String name, String email, boolean verified) {

    /** Tells nothing of the person. */
    @Override
    public String toString() {
        return "Person[verified=" + verified + "]";
    }
}
