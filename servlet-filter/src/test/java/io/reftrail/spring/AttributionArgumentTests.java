package io.reftrail.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import io.reftrail.Reftrail;
import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.backend.refport.RefportBackend;
import io.reftrail.model.Attribution;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Clicks as arguments of controllers. */
class AttributionArgumentTests {

    private static final String EARLIER =
            "_introw_aff=i; _reftrail_introw=1800000000." + Integer.toHexString("i".hashCode());
    private static final String LATER =
            "refp_id=r; _reftrail_refport=1800000060." + Integer.toHexString("r".hashCode());
    private static final String UNDATED = "_introw_aff=i";

    @RestController
    static final class Clicks {

        @GetMapping("/one")
        String one(@Nullable Attribution click) {
            return String.valueOf(click == null ? null : click.clickId());
        }

        @GetMapping("/optional")
        String optional(Optional<Attribution> click) {
            return click.map(Attribution::requireClickId).orElse("none");
        }

        @GetMapping("/all")
        String all(List<Attribution> clicks) {
            return clicks.stream().map(Attribution::requireClickId).toList().toString();
        }

        @GetMapping("/others")
        String others(Optional<String> name, String word) {
            return name.orElse("nobody") + " " + word;
        }
    }

    @AutoClose
    private final Reftrail reftrail = Reftrail.builder()
            .backend(IntrowBackend.of("key"))
            .backend(RefportBackend.of("key"))
            .build();

    private final MockMvc shop = shop(reftrail);

    private static MockMvc shop(@Nullable Reftrail reftrail) {
        return MockMvcBuilders.standaloneSetup(new Clicks())
                .setCustomArgumentResolvers(new AttributionArgumentResolver(() -> reftrail))
                .build();
    }

    private static MockHttpServletResponse send(MockMvc shop, String path, String cookies) throws Exception {
        return shop.perform(get(path).header("Cookie", cookies)).andReturn().getResponse();
    }

    @ParameterizedTest(name = "{0} with {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    /one      | EARLIER LATER | r
                    /one      | LATER EARLIER | r
                    /one      | UNDATED LATER | r
                    /one      | EARLIER       | i
                    /one      | UNDATED       | i
                    /one      |               | null
                    /optional | EARLIER LATER | r
                    /optional |               | none
                    /all      | LATER EARLIER | [i, r]
                    /all      | UNDATED       | [i]
                    /all      |               | []
                    """)
    void aControllerIsGivenTheClicksOfTheRequest(String path, @Nullable String clicks, String answer) throws Exception {
        String cookies = String.join("; ", "sid=1", clicks == null ? "x=y" : clicks.replace(" ", "; "))
                .replace("UNDATED", UNDATED)
                .replace("EARLIER", EARLIER)
                .replace("LATER", LATER);
        MockHttpServletResponse response = send(shop, path, cookies);

        assertThat(response.getContentAsString()).isEqualTo(answer);
        assertThat(response.getHeaders("Set-Cookie")).isEmpty();
        assertThat(response.getHeader("Cache-Control")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"/one, null", "/optional, none", "/all, []"})
    void whereReftrailIsSwitchedOffThereAreNone(String path, String answer) throws Exception {
        assertThat(send(shop(null), path, EARLIER).getContentAsString()).isEqualTo(answer);
    }

    @Test
    void otherArgumentsAreNotTouched() throws Exception {
        assertThat(shop.perform(get("/others").param("word", "w"))
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .isEqualTo("nobody w");
    }
}
