# shellcheck shell=sh
# Runs the README's Java example as somebody else's program. Sourced by ./build, after find_jdk, find_maven and maven_options.
#
# outside PUBLISHED README  makes a Maven project in a folder of its own whose dependencies, source, options and expected output are those that README
#                           shows, with an empty local repository: our artifacts come from the repository in folder PUBLISHED, all others from where
#                           this machine keeps them, or else from where Maven gets them. Returns 1 if what is printed differs.

# The lines of the README's section "In Java" in the fence marked $2.
in_java() {
  awk -v mark="\`\`\`$2" '/^## /{here = $0 == "## In Java"} /^```/{if (inside) {exit} inside = here && $0 == mark; next} inside' "$1"
}

# A repository of Maven, for the project's POM: its kind, id, folder, and whether it has snapshots.
repository() {
  printf '<%s><id>%s</id><url>file://%s</url><snapshots><enabled>%s</enabled></snapshots></%s>\n' "$1" "$2" "$3" "$4" "$1"
}

outside_project() {
  here=$(CDPATH='' cd -- "${HOME:-/nonexistent}/.m2/repository" 2>/dev/null && pwd -P || :)
  platform=linux-x86_64
  [ "$(uname -s)" != Darwin ] || platform=macosx-arm64
  echo '<project><modelVersion>4.0.0</modelVersion><groupId>org.example</groupId><artifactId>example</artifactId><version>1</version>'
  echo '<properties><maven.compiler.release>25</maven.compiler.release><project.build.sourceEncoding>UTF-8</project.build.sourceEncoding></properties>'
  in_java "$2" xml | sed "s/linux-x86_64/$platform/"
  echo '<repositories>'
  repository repository published "$1" true
  [ -z "$here" ] || repository repository here "$here" false
  echo '</repositories><pluginRepositories>'
  [ -z "$here" ] || repository pluginRepository here "$here" false
  echo '</pluginRepositories><build><plugins>'
  # The versions that the build of Lexiscope uses, so that nothing has to be fetched twice.
  for plugin in resources compiler dependency; do
    plugin_version=$(sed -n "/<artifactId>maven-$plugin-plugin</{n;s|.*<version>\(.*\)</version>.*|\1|p;}" "$root/pom.xml" | head -n 1)
    echo "<plugin><groupId>org.apache.maven.plugins</groupId><artifactId>maven-$plugin-plugin</artifactId><version>$plugin_version</version></plugin>"
  done
  echo '</plugins></build></project>'
}

outside() {
  outside_folder=$(mktemp -d "${TMPDIR:-/tmp}/lexiscope-outside.XXXXXX")
  outside_status=0
  (outside_in "$outside_folder" "$1" "$2") || outside_status=$?
  rm -rf "$outside_folder"
  return "$outside_status"
}

outside_in() {
  CDPATH='' cd -- "$1" && mkdir -p src/main/java || return 1
  outside_project "$2" "$3" >pom.xml
  in_java "$3" java >src/main/java/Example.java
  in_java "$3" text >expected
  "$MVN" -B -q -Dstyle.color=never "-Dmaven.repo.local=$1/local" compile dependency:build-classpath -Dmdep.outputFile=classpath -Dmdep.includeScope=runtime </dev/null || return 1
  # shellcheck disable=SC2046 # The README's options are words.
  LEXISCOPE_CACHE=$1/cache "$JAVA_HOME/bin/java" $(sed -n 's/.*`java \(--.*\) …`.*/\1/p' "$3" | head -n 1) \
    -cp "target/classes:$(cat classpath)" Example </dev/null >printed || return 1
  cat printed
  if ! cmp -s printed expected; then
    say "build outside: expected what $3 shows, got what is printed above; correct one of them"
    return 1
  fi
}
