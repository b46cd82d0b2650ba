package io.reftrail.samples.shop;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.springframework.stereotype.Component;

/** Stands for everybody's mailbox: keeps the mails that a real shop would send. Thread-safe. */
@Component
class Mailbox {

    private static final int ROOM = 50;

    private final Deque<Mail> mails = new ArrayDeque<>();

    /**
     * A mail that says "follow this link to sign in".
     *
     * @param to the address it would go to
     * @param link what it holds
     * @param at when it was sent
     */
    record Mail(String to, URI link, Instant at) {

        /** Tells nothing of the person, and not the link, which is as good as a password. */
        @Override
        public String toString() {
            return "Mail[at=" + at + "]";
        }
    }

    synchronized void put(Mail mail) {
        if (mails.size() == ROOM) {
            mails.removeLast();
        }
        mails.addFirst(mail);
    }

    /** The latest mails, the newest first. */
    synchronized List<Mail> mails() {
        return List.copyOf(mails);
    }
}
