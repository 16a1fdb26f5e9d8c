#!/bin/sh
# Runs the JMH benchmarks of the kernels; arguments are those of JMH: bench/jmh.sh LinearBenchmark -p rows=1,16
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
root=${here%/*}
. "$root/scripts/toolchain.sh"
find_jdk
find_maven || exit 1
maven_options
out=$here/target
"$MVN" -q -B -f "$root/pom.xml" -pl bench -am test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
OMP_WAIT_POLICY=${OMP_WAIT_POLICY:-PASSIVE} exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED --add-exports java.base/jdk.internal.module=ALL-UNNAMED \
  --sun-misc-unsafe-memory-access=allow -Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0 -XX:+UseSerialGC -cp "$out/test-classes:$out/classes:$(cat "$out/classpath")" org.openjdk.jmh.Main "$@"
