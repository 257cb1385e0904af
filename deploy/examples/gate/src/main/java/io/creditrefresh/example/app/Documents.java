package io.creditrefresh.example.app;

import io.creditrefresh.example.gate.RequireAnalysisCredits;
import io.creditrefresh.example.gate.RequireRoastCredits;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Documents, and what a user pays for having them looked at. */
@Path("/documents/{id}")
@Singleton
public class Documents {

    private static final String UNREADABLE = "unreadable";
    private static final String UNPRINTABLE = "unprintable";

    private final Map<String, String> texts = new ConcurrentHashMap<>();
    private final AtomicInteger looks = new AtomicInteger();

    /**
     * What was found.
     *
     * @param looks how often anything was begun to be looked at
     */
    public record Finding(String document, int length, int looks) {}

    @PUT
    public void store(@PathParam("id") String id, String text) {
        texts.put(id, text);
    }

    @DELETE
    public void remove(@PathParam("id") String id) {
        texts.remove(id);
    }

    @GET
    public Finding show(@PathParam("id") String id) {
        return new Finding(id, text(id).length(), looks.get());
    }

    /** Fails by 404, an exception; by 422, an answer; by an exception that nobody expects; by an answer that is no JSON. */
    @POST
    @Path("/analysis")
    @RequireAnalysisCredits(amount = 3, action = "document-analysis", platform = "web")
    public Response analyse(@PathParam("id") String id, String options) {
        looks.incrementAndGet();
        String text = text(id);
        if (text.equals(UNREADABLE)) {
            throw new IllegalStateException("a document that cannot be read");
        }
        if (text.equals(UNPRINTABLE)) {
            return Response.ok(new Object(), MediaType.APPLICATION_JSON_TYPE).build();
        }
        if (text.isBlank()) {
            return Response.status(422).entity("nothing to analyse").build();
        }
        return Response.ok(new Finding(id, text.length(), looks.get())).build();
    }

    /** Both kinds; the one that is charged first is given back if there is not enough of the other. */
    @POST
    @Path("/roast")
    @RequireAnalysisCredits
    @RequireRoastCredits(amount = 2)
    public Finding roast(@PathParam("id") String id) {
        return new Finding(id, text(id).length(), looks.incrementAndGet());
    }

    private String text(String id) {
        String text = texts.get(id);
        if (text == null) {
            throw new NotFoundException();
        }
        return text;
    }
}
