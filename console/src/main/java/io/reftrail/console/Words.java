package io.reftrail.console;

import io.reftrail.model.Decision.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The reasons of decisions in words. */
final class Words {

    private static final Properties REASONS = read();

    private Words() {}

    /** Returns the meaning of a reason, or the reason itself if it belongs to a later release. */
    static String of(@Nullable Stage stage, String reason) {
        return REASONS.getProperty(stage + "." + reason, reason);
    }

    private static Properties read() {
        Properties reasons = new Properties();
        try (InputStream file = Words.class.getResourceAsStream("reasons.properties")) {
            if (file != null) {
                reasons.load(new InputStreamReader(file, StandardCharsets.UTF_8));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return reasons;
    }
}
