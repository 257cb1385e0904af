package io.creditrefresh.checks.kubernetes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An authority and what it has signed, in the shape of the files that Strimzi puts into Secrets. */
final class Certificates {

    static final String PASSWORD = "for-this-test-only";

    private final Path folder;

    Certificates(Path folder) {
        this.folder = folder;
        key("authority", "-ext", "bc:c");
        keytool("authority", "-exportcert", "-rfc", "-file", authority().toString());
    }

    /** The certificate of the authority: ca.crt. */
    Path authority() {
        return folder.resolve("ca.crt");
    }

    /** Key and certificate of a user or of a host: user.p12. */
    Path keystore(String name) {
        return folder.resolve(name + ".p12");
    }

    Certificates sign(String name) {
        Path request = folder.resolve(name + ".csr");
        Path signed = folder.resolve(name + ".crt");
        key(name);
        keytool(name, "-certreq", "-file", request.toString());
        keytool(
                "authority",
                "-gencert",
                "-ext",
                "san=dns:localhost",
                "-infile",
                request.toString(),
                "-outfile",
                signed.toString(),
                "-rfc");
        keytool("authority", name, new String[] {
            "-importcert", "-noprompt", "-file", authority().toString()
        });
        keytool(name, "-importcert", "-noprompt", "-file", signed.toString());
        return this;
    }

    private void key(String name, String... more) {
        List<String> arguments = new ArrayList<>(List.of("-genkeypair", "-keyalg", "EC", "-dname", "CN=" + name));
        arguments.addAll(List.of(more));
        keytool(name, arguments.toArray(String[]::new));
    }

    private void keytool(String name, String... arguments) {
        keytool(name, name, arguments);
    }

    private void keytool(String alias, String store, String[] arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-alias",
                alias,
                "-keystore",
                keystore(store).toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD));
        command.addAll(List.of(arguments));
        Project.run("make certificates", "", command.toArray(String[]::new));
    }
}
