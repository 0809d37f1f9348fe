#!/usr/bin/env bash
# Measures what 10,000 services, each with a route and a plugin, cost: to import, to start with, to
# change one of, to restore, and to find a route among.
#
#   packaging/bench/many-services.sh [COUNT]
#
# The starts are those of ./torii itself, which is built before: the script, the JVM with the cache of
# classes that the build leaves, and the first request through a route. Everything else runs in one
# process. All of it is on the loopback address, with a data folder of its own in the temporary folder.
# The figures of docs/benchmarks.md come from here.
# Without pipefail: find_jdk stops reading at the first JDK that fits.
set -eu

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. packaging/launch/find-jdk.sh
java=$(find_jdk)/bin/java
classpath=$(mktemp)
trap 'rm -f "$classpath"' EXIT

mvn -q -B -pl gateway-engine -am -Dmdep.outputFile="$classpath" \
    test-compile dependency:build-classpath
./torii version
"$java" @packaging/launch/engine.args \
    -cp "gateway-engine/target/test-classes:gateway-engine/target/classes:$(cat "$classpath")" \
    dev.torii.engine.gateway.ManyServicesBench "$@"
