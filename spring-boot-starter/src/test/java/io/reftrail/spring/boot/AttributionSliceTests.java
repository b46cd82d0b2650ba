package io.reftrail.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.Attribution;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application that tests its controllers alone, without Reftrail, finds that those who ask for clicks work. */
@WebMvcTest(AttributionSliceTests.Clicks.class)
class AttributionSliceTests {

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(Clicks.class)
    static class Shop {}

    @RestController
    static class Clicks {

        @GetMapping("/clicks")
        String clicks(Optional<Attribution> latest, List<Attribution> all) {
            return latest.isPresent() + " " + all.size();
        }
    }

    private final MockMvc shop;

    AttributionSliceTests(@Autowired MockMvc shop) {
        this.shop = shop;
    }

    @Test
    void aControllerIsGivenNone() throws Exception {
        assertThat(shop.perform(MockMvcRequestBuilders.get("/clicks").header("Cookie", "_introw_aff=aff_1"))
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .isEqualTo("false 0");
    }
}
