package io.creditrefresh.worker.trouble;

/** The database or the broker is away: the batch was not applied, or not as a whole, and must be tried again. */
public final class WeatherException extends RuntimeException {

    public WeatherException(String message, Throwable cause) {
        super(message, cause);
    }
}
