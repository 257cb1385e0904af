package io.creditrefresh.example.gate;

import io.creditrefresh.client.ApiClient;
import io.creditrefresh.client.ApiException;
import io.creditrefresh.client.DefaultApi;
import jakarta.inject.Singleton;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Calls the Credit API, again and with the very same request when no answer comes: a key has its effect once. */
@Singleton
class Calls {

    private final DefaultApi api;
    private final int tries;
    private final Duration pause;

    Calls(GateSettings settings) {
        ApiClient client = new ApiClient();
        client.updateBaseUri(settings.apiUrl().toString());
        client.setHttpClientBuilder(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1));
        client.setConnectTimeout(settings.timeout());
        client.setReadTimeout(settings.timeout());
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + settings.token()));
        this.api = new DefaultApi(client);
        this.tries = settings.tries();
        this.pause = settings.pause();
    }

    /** One call. */
    interface Call<T> {
        T on(DefaultApi api) throws ApiException;
    }

    /** No answer that says what happened, in all the tries. */
    static final class NoAnswerException extends Exception {

        private static final long serialVersionUID = 1;

        private final boolean wasSent;

        NoAnswerException(boolean wasSent, ApiException last) {
            super(last);
            this.wasSent = wasSent;
        }

        /** Whether the API may have done what it was asked. */
        boolean wasSent() {
            return wasSent;
        }
    }

    /**
     * The answer.
     *
     * @throws ApiException for one that refuses
     */
    <T> T call(Call<T> call) throws ApiException, NoAnswerException {
        boolean wasSent = false;
        for (int i = 1; ; i++) {
            try {
                return call.on(api);
            } catch (ApiException e) {
                if (isRefusal(e)) {
                    throw e;
                }
                wasSent |= !isRefusedConnection(e);
                if (i >= tries || !paused()) {
                    throw new NoAnswerException(wasSent, e);
                }
            }
        }
    }

    /** Spending that an operator has stopped stays so for longer than anybody waits here. */
    private static boolean isRefusal(ApiException e) {
        return (e.getCode() >= 400 && e.getCode() < 500) || Answer.of(e).is("spending_stopped");
    }

    private static boolean isRefusedConnection(ApiException e) {
        return e.getCause() instanceof ConnectException || e.getCause() instanceof HttpConnectTimeoutException;
    }

    /** False when this thread is to end. */
    private boolean paused() {
        try {
            long ms = pause.toMillis();
            Thread.sleep(ms + ThreadLocalRandom.current().nextLong(ms + 1));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
