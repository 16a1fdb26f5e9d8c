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
  if command -v gradle >/dev/null 2>&1; then
    outside_gradle "$2" "$here" || return 1
  fi
}

# What Gradle takes for the same coordinates: the files that Maven took. It reads the POMs, without profiles; a release before 5 has no platform(), so the
# version that Maven found in the BOM is named.
#
# outside_gradle PUBLISHED LOCAL  in the project's folder, after Maven has written the file classpath
outside_gradle() {
  names() { tr ':' '\n' <"$1" | sed 's|.*/||; s/-[0-9]*\.[0-9]*\.[0-9]*-[0-9]\{8\}\.[0-9]*-[0-9]*\.jar/.jar/; s/-[0-9.]*-SNAPSHOT\.jar/.jar/' | sort; }
  found=$(tr ':' '\n' <classpath | sed -n 's|.*/lexiscope/\([^/]*\)/lexiscope-[^/]*\.jar$|\1|p' | head -n 1)
  {
    echo "apply plugin: 'java'"
    echo "repositories {"
    for folder in "$1" "$2"; do
      [ -z "$folder" ] || echo "  maven { url 'file://$folder' }"
    done
    echo "  mavenCentral()"
    echo "}"
    echo "configurations { program }"
    echo "dependencies { program 'io.lexiscope:lexiscope:$found', 'io.lexiscope:lexiscope-natives-$platform:$found' }"
    echo "task files { doLast { new File(projectDir, 'files').text = configurations.program.files.join(':') } }"
  } >build.gradle
  echo "rootProject.name = 'example'" >settings.gradle
  gradle --no-daemon -q -g "$PWD/gradle-home" files </dev/null >gradle.log 2>&1 || {
    cat gradle.log
    say "build outside: expected Gradle to find the artifacts, got what is printed above"
    return 1
  }
  names classpath >by-maven
  names files >by-gradle
  if ! diff by-maven by-gradle; then
    say "build outside: expected Gradle to take the files that Maven takes, got the difference above"
    return 1
  fi
  echo "Gradle takes the same $(wc -l <by-gradle | tr -d ' ') files."
}
