package io.creditrefresh.ledger.command;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;

/** Holds back whoever asks for a connection while it is closed. */
final class Gate {

    private volatile CountDownLatch open = new CountDownLatch(0);

    void close() {
        open = new CountDownLatch(1);
    }

    void open() {
        open.countDown();
    }

    DataSource before(DataSource database) {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    open.await();
                    try {
                        return method.invoke(database, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
