# Finds Java, builds what is missing or older than its sources, and starts a command of this folder. Read by the scripts
# beside it, which set root.
# shellcheck shell=sh disable=SC2154

built=$root/deploy/local/target/built-by-run

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

java_command() {
    if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
        printf '%s\n' "$JAVA_HOME/bin/java"
    else
        command -v java || fail 'Java 17 or newer is needed; set JAVA_HOME or PATH.'
    fi
}

# Whether the artefact of a module is missing, or older than a source of the module. A build does not touch an artefact
# that stays the same, so one that is older than the last build of this script is up to date all the same.
is_stale() {
    module=$1
    artefact=$2
    [ -e "$artefact" ] || return 0
    newer=$(find "$module/src/main" "$module/pom.xml" "$root/pom.xml" -type f -newer "$artefact" 2>/dev/null)
    [ -n "$newer" ] || return 1
    [ -e "$built" ] || return 0
    newer=$(find "$module/src/main" "$module/pom.xml" "$root/pom.xml" -type f -newer "$built" 2>/dev/null)
    [ -n "$newer" ]
}

launcher_jar() {
    for jar in "$root"/deploy/local/target/local-run-*.jar; do
        case $jar in
            *-tests.jar) ;;
            *) printf '%s\n' "$jar"; return ;;
        esac
    done
}

needs_build() {
    is_stale "$root/deploy/local" "$(launcher_jar)" && return 0
    [ -d "$root/deploy/local/target/lib" ] || return 0
    for module in deploy/local/embedded credit-ledger credit-ledger/billing credit-ledger/edge; do
        for jar in "$root/$module/target/"*-SNAPSHOT.jar "$root/$module/target/"*[0-9].jar; do
            [ -e "$jar" ] && break
        done
        is_stale "$root/$module" "$jar" && return 0
    done
    for module in credit-api refresh-planner refresh-worker; do
        is_stale "$root/$module" "$root/$module/target/quarkus-app/quarkus-run.jar" && return 0
    done
    return 1
}

java=$(java_command)
major=$("$java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
[ "${major:-0}" -ge 17 ] || fail "Java 17 or newer is needed; $java is version ${major:-unknown}."
quiet=''
if [ "$major" -ge 24 ]; then
    # What Kafka does here, newer JVMs would warn about in the middle of the progress.
    quiet='--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow'
fi

launcher_is_built() {
    [ -e "$(launcher_jar)" ] && [ -d "$root/deploy/local/target/lib" ]
}

build() {
    printf 'Building what is missing or older than its sources; the first time takes a few minutes ...\n' >&2
    (cd "$root" && ./mvnw -q -DskipTests package >&2) || fail 'The build failed.'
    : >"$built"
}

# Becomes the command of this main class.
launch() {
    main=$1
    shift
    terminal=false
    if [ -t 1 ]; then
        terminal=true
    fi
    # shellcheck disable=SC2086 # two options, not one
    exec "$java" -Xmx256m -XX:+UseSerialGC $quiet \
        -Djava.util.logging.manager=org.jboss.logmanager.LogManager \
        -Dcredit-refresh.home="$root" \
        -Dcredit-refresh.terminal="$terminal" \
        -cp "$(launcher_jar):$root/deploy/local/target/lib/*" \
        "$main" "$@"
}
