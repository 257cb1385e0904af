package io.creditrefresh.worker;

import static io.restassured.RestAssured.given;

import io.creditrefresh.edge.http.CommittedOpenApi;
import io.creditrefresh.edge.token.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URL;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealParts.class)
@QuarkusTestResource(TestTokens.class)
class OpenApiTest {

    @TestHTTPResource(value = "/openapi", management = true)
    URL openApi;

    @Test
    void servesWhatIsCommitted() throws IOException {
        CommittedOpenApi.assertMatches(given().get(openApi).asString());
    }
}
