package io.reftrail.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.outbox.DeadEvent;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.OutboxException;
import io.reftrail.outbox.Withheld;
import io.reftrail.outbox.WithheldEvent;
import io.reftrail.outbox.memory.InMemoryOutbox;
import io.reftrail.spring.boot.RunningShop.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import tools.jackson.databind.JsonNode;

/** What an operator asks and does over HTTP. */
class ReftrailEndpointTests {

    private static final String EXPOSED = "management.endpoints.web.exposure.include=reftrail";

    private final Outbox outbox = Mockito.spy(new InMemoryOutbox());

    ReftrailEndpointTests() {
        TestLeads.giveUp(outbox, "introw", "kim@example.com");
        TestLeads.giveUp(outbox, "introw", "alex@example.com");
        TestLeads.giveUp(outbox, "refport", "robin@example.com");
    }

    private List<String> dead() {
        return outbox.dead(10).stream().map(DeadEvent::id).toList();
    }

    @Test
    void isNotExposedUnlessAskedFor() {
        try (RunningShop shop = new RunningShop(outbox)) {
            assertThat(shop.get("/actuator/reftrail").status()).isEqualTo(404);
        }
    }

    @Test
    void showsHowEachBackendStandsAndNobodysName() {
        try (RunningShop shop = new RunningShop(outbox, EXPOSED)) {
            Reply reply = shop.get("/actuator/reftrail");
            JsonNode introw = reply.json().path("backends").path("introw");
            assertThat(reply.json().path("store").asString()).isNotBlank();
            assertThat(introw.path("state").asString()).isEqualTo("RUNNING");
            assertThat(introw.path("inFlight").asInt()).isZero();
            assertThat(introw.path("waiting").asInt(-1)).isZero();
            assertThat(introw.path("oldestAge").asString()).isEqualTo("PT0S");
            assertThat(introw.path("dead").asInt()).isEqualTo(2);
            assertThat(introw.propertyNames())
                    .containsExactly("state", "inFlight", "waiting", "oldestAge", "dead", "held");
            JsonNode dead = reply.json().path("dead");
            assertThat(dead.size()).isEqualTo(3);
            assertThat(dead.path(0).propertyNames())
                    .containsExactly("id", "backend", "occurredAt", "attempts", "reason");
            assertThat(dead.path(0).path("reason").asString()).isEqualTo("too old");
            assertThat(reply.body()).doesNotContain("kim", "alex", "robin", "example.com", "aff_1");
        }
    }

    @Test
    void showsTheLastDecisionsAndNobodysClick() {
        try (RunningShop shop = new RunningShop(outbox, EXPOSED)) {
            shop.get("/?irw_id=aff_secret");
            Reply reply = shop.get("/actuator/reftrail/decisions");
            JsonNode landing = reply.json().path("decisions").path(0);
            assertThat(landing.path("stage").asString()).isEqualTo("LANDING");
            assertThat(landing.path("backend").asString()).isEqualTo("introw");
            assertThat(landing.path("reason").asString()).isNotBlank();
            assertThat(reply.body()).doesNotContain("aff_secret");
            assertThat(shop.get("/actuator/reftrail/persons").status()).isEqualTo(400);
        }
    }

    @Test
    void replaysOneDeadEventAndDiscardsAnother() {
        try (RunningShop shop = new RunningShop(outbox, EXPOSED)) {
            List<String> ids = dead();
            Reply replayed = shop.post("/actuator/reftrail/" + ids.get(0), "{\"action\":\"replay\"}");
            assertThat(replayed).isEqualTo(new Reply(200, "{\"done\":1}"));
            Reply discarded = shop.post("/actuator/reftrail/" + ids.get(2), "{\"action\":\"discard\"}");
            assertThat(discarded).isEqualTo(new Reply(200, "{\"done\":1}"));
            assertThat(dead()).containsExactly(ids.get(1));
            assertThat(outbox.depth("introw")).isEqualTo(1);
            assertThat(outbox.depth("refport")).isZero();
        }
    }

    @Test
    void replaysAllDeadEventsOfABackend() {
        try (RunningShop shop = new RunningShop(outbox, EXPOSED)) {
            String robins = dead().get(2);
            assertThat(shop.post("/actuator/reftrail", "{\"action\":\"replay\",\"backend\":\"introw\"}"))
                    .isEqualTo(new Reply(200, "{\"done\":2}"));
            assertThat(dead()).containsExactly(robins);
        }
    }

    @Test
    void showsWithheldLeadsWithoutTheirCustomersAndReleasesOrDiscardsThem() {
        for (String customer : List.of("mia@example.com", "noa@example.com", "zoe@example.com")) {
            outbox.withhold(TestLeads.lead("introw", customer), Withheld.HELD, "same-network");
        }
        outbox.withhold(TestLeads.lead("introw", "max@example.com"), Withheld.DECLINED, "self-referral");
        try (RunningShop shop = new RunningShop(outbox, EXPOSED)) {
            Reply reply = shop.get("/actuator/reftrail");
            assertThat(reply.json().at("/backends/introw/held").asInt()).isEqualTo(3);
            JsonNode withheld = reply.json().path("withheld");
            assertThat(withheld.size()).isEqualTo(4);
            assertThat(withheld.path(0).propertyNames())
                    .containsExactly("id", "backend", "state", "reason", "occurredAt", "since");
            assertThat(withheld.at("/0/state").asString()).isEqualTo("HELD");
            assertThat(withheld.at("/3/state").asString()).isEqualTo("DECLINED");
            assertThat(withheld.at("/3/reason").asString()).isEqualTo("self-referral");
            assertThat(reply.body()).doesNotContain("mia", "noa", "zoe", "max", "aff_1");

            String first = withheld.at("/0/id").asString();
            String second = withheld.at("/1/id").asString();
            String declined = withheld.at("/3/id").asString();
            assertThat(shop.post("/actuator/reftrail/" + first, "{\"action\":\"release\"}"))
                    .isEqualTo(new Reply(200, "{\"done\":1}"));
            assertThat(shop.post("/actuator/reftrail/" + second, "{\"action\":\"discard\"}"))
                    .isEqualTo(new Reply(200, "{\"done\":1}"));
            assertThat(shop.post("/actuator/reftrail/" + second, "{\"action\":\"release\"}")
                            .status())
                    .isEqualTo(404);
            assertThat(shop.post("/actuator/reftrail", "{\"action\":\"release\",\"backend\":\"introw\"}"))
                    .isEqualTo(new Reply(200, "{\"done\":1}"));
            assertThat(outbox.withheld("introw", 10))
                    .extracting(WithheldEvent::id)
                    .containsExactly(declined);
            assertThat(outbox.depth("introw")).isEqualTo(2);
        }
    }

    @Test
    void whatIsNotThereIsNotFoundAndWhatIsNotUnderstoodIsRefused() {
        try (RunningShop shop = new RunningShop(outbox, EXPOSED)) {
            assertThat(shop.post("/actuator/reftrail/999", "{\"action\":\"replay\"}")
                            .status())
                    .isEqualTo(404);
            assertThat(shop.post("/actuator/reftrail", "{\"action\":\"resume\",\"backend\":\"dub\"}")
                            .status())
                    .isEqualTo(404);
            assertThat(shop.post("/actuator/reftrail", "{\"action\":\"discard\",\"backend\":\"introw\"}")
                            .status())
                    .isEqualTo(400);
            assertThat(shop.post("/actuator/reftrail", "{\"action\":\"replay\"}")
                            .status())
                    .isEqualTo(400);
            assertThat(dead()).hasSize(3);
        }
    }

    @Test
    void readOnlyAccessReplaysNothing() {
        try (RunningShop shop = new RunningShop(outbox, EXPOSED, "management.endpoint.reftrail.access=read-only")) {
            assertThat(shop.get("/actuator/reftrail").status()).isEqualTo(200);
            assertThat(shop.post("/actuator/reftrail", "{\"action\":\"replay\",\"backend\":\"introw\"}")
                            .status())
                    .isNotEqualTo(200);
            assertThat(dead()).hasSize(3);
        }
    }

    @Test
    void anOutboxThatIsAwayIsSaidToBeAway() {
        OutboxException away = new OutboxException("away");
        try (RunningShop shop = new RunningShop(outbox, EXPOSED)) {
            Mockito.doThrow(away).when(outbox).backlog(Mockito.any());
            Mockito.doThrow(away).when(outbox).dead(Mockito.anyInt());
            Mockito.doThrow(away).when(outbox).replay(Mockito.any());
            JsonNode status = shop.get("/actuator/reftrail").json();
            assertThat(status.propertyNames()).containsExactly("store", "backends");
            assertThat(status.path("backends").path("introw").propertyNames()).containsExactly("state", "inFlight");
            assertThat(shop.post("/actuator/reftrail/1", "{\"action\":\"replay\"}")
                            .status())
                    .isEqualTo(503);
            Mockito.reset(outbox);
        }
    }
}
