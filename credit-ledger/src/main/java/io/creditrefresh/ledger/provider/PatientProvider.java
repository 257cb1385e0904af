package io.creditrefresh.ledger.provider;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** A provider that is asked so many times a second at the most, and again when it did not answer. */
public final class PatientProvider implements BillingProvider {

    private static final int ATTEMPTS = 4;

    private final BillingProvider provider;
    private final Duration between;
    private final Duration firstWait;
    private long nextAtNanos = System.nanoTime();

    /**
     * Asks nothing yet.
     *
     * @param firstWait before the second attempt; doubles with each
     */
    public PatientProvider(BillingProvider provider, int perSecond, Duration firstWait) {
        this.provider = provider;
        this.between = Duration.ofSeconds(1).dividedBy(perSecond);
        this.firstWait = firstWait;
    }

    @Override
    public String name() {
        return provider.name();
    }

    @Override
    public List<Asked> subscriptionsOf(String customerId) {
        return patiently(() -> provider.subscriptionsOf(customerId));
    }

    @Override
    public Page page(String after) {
        return patiently(() -> provider.page(after));
    }

    private <T> T patiently(Supplier<T> question) {
        Duration wait = firstWait;
        for (int made = 1; ; made++) {
            try {
                await();
                return question.get();
            } catch (ProviderUnavailableException e) {
                if (made == ATTEMPTS) {
                    throw e;
                }
                nextAtNanos = System.nanoTime() + wait.toNanos();
                wait = wait.multipliedBy(2);
            }
        }
    }

    private void await() {
        long waitNanos;
        while ((waitNanos = nextAtNanos - System.nanoTime()) > 0) {
            LockSupport.parkNanos(waitNanos);
            if (Thread.currentThread().isInterrupted()) {
                throw new ProviderUnavailableException("interrupted while the provider was asked");
            }
        }
        nextAtNanos = System.nanoTime() + between.toNanos();
    }
}
