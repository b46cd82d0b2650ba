package io.reftrail.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.affitor.AffitorBackend;
import io.reftrail.backend.affonso.AffonsoBackend;
import io.reftrail.backend.dub.DubBackend;
import io.reftrail.backend.internal.ApiKey;
import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.backend.refport.RefportBackend;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No printed object contains a key. {@code ArchitectureTests} sees that a type that hides it holds each. */
class KeySecrecyTests {

    @Test
    void aKeyShowsItselfNowhere() {
        String key = "Key-7001";

        assertThat(List.of(
                                new ApiKey("introw", key),
                                IntrowBackend.builder(key),
                                RefportBackend.builder(key),
                                DubBackend.builder(key),
                                AffitorBackend.builder(key),
                                AffonsoBackend.builder(key, "prg_1"))
                        .toString())
                .doesNotContain(key);
    }
}
