# shellcheck shell=sh
# Finds the tools Lexiscope needs: a JDK 25, Maven 3.8+ and Node 20.19+. Sourced by ./lexiscope and ./build; the one place that knows where they may be.
#
# find_jdk    sets JAVA_HOME to a JDK 25, or says what to install and returns 1. Starts no process where the usual folders have one.
# find_maven  sets MVN to a Maven 3.8 or newer, or says what to install and returns 1.
# find_node   puts a Node 20.19 or newer with its npm on PATH, or says what to install and returns 1.

JDK_WANTED=25
MAVEN_WANTED=3.8
NODE_WANTED=20.19

say() { printf '%s\n' "$*" >&2; }

# The major version of the JDK in folder $1 in JDK_MAJOR; empty when the folder holds no compiler. Reads the `release` file every JDK has.
jdk_major() {
  JDK_MAJOR=
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS= read -r jdk_line || [ -n "$jdk_line" ]; do
    case $jdk_line in
      JAVA_VERSION=*)
        jdk_line=${jdk_line#JAVA_VERSION=}
        jdk_line=${jdk_line#\"}
        JDK_MAJOR=${jdk_line%%[!0-9]*}
        return 0
        ;;
    esac
  done <"$1/release"
  return 1
}

# Takes folder $1 as JAVA_HOME if it is a JDK of the wanted version; macOS bundles keep theirs in Contents/Home.
take_jdk() {
  for jdk_home in "$1" "$1/Contents/Home" "$1/libexec/openjdk.jdk/Contents/Home"; do
    if jdk_major "$jdk_home" && [ "$JDK_MAJOR" = "$JDK_WANTED" ]; then
      JAVA_HOME=$jdk_home
      export JAVA_HOME
      return 0
    fi
  done
  return 1
}

find_jdk() {
  if [ -n "${LEXISCOPE_JAVA_HOME:-}" ]; then
    take_jdk "$LEXISCOPE_JAVA_HOME" && return 0
    jdk_major "$LEXISCOPE_JAVA_HOME" || :
    say "find JDK: expected a JDK $JDK_WANTED in LEXISCOPE_JAVA_HOME, got ${JDK_MAJOR:+JDK }${JDK_MAJOR:-no JDK} at $LEXISCOPE_JAVA_HOME; point it at a JDK $JDK_WANTED, or unset it to have one looked for"
    return 1
  fi
  [ -n "${JAVA_HOME:-}" ] && take_jdk "$JAVA_HOME" && return 0

  for jdk_dir in \
    /usr/lib/jvm/*"$JDK_WANTED"* /usr/lib64/jvm/*"$JDK_WANTED"* /usr/java/*"$JDK_WANTED"* /opt/*"$JDK_WANTED"* /opt/java/* /opt/jdk* /usr/local/*"$JDK_WANTED"* /usr/local/openjdk* \
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/"$JDK_WANTED"* "${HOME:-/nonexistent}"/.jdks/*"$JDK_WANTED"* "${HOME:-/nonexistent}"/.asdf/installs/java/*"$JDK_WANTED"* \
    "${HOME:-/nonexistent}"/.local/share/mise/installs/java/*"$JDK_WANTED"* "${HOME:-/nonexistent}"/.gradle/jdks/*"$JDK_WANTED"* \
    /Library/Java/JavaVirtualMachines/* "${HOME:-/nonexistent}"/Library/Java/JavaVirtualMachines/* \
    /opt/homebrew/opt/openjdk@"$JDK_WANTED" /opt/homebrew/opt/openjdk /usr/local/opt/openjdk@"$JDK_WANTED" /usr/local/opt/openjdk /home/linuxbrew/.linuxbrew/opt/openjdk*; do
    [ -d "$jdk_dir" ] && take_jdk "$jdk_dir" && return 0
  done

  # Folders that do not carry the version in their name, and a `java` on PATH that is a link into a JDK somewhere else.
  for jdk_dir in /usr/lib/jvm/* /usr/java/* /opt/* "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/*; do
    [ -d "$jdk_dir" ] && take_jdk "$jdk_dir" && return 0
  done
  if command -v java >/dev/null 2>&1; then
    jdk_dir=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
    [ -n "$jdk_dir" ] && take_jdk "$jdk_dir" && return 0
  fi
  if [ -x /usr/libexec/java_home ]; then
    jdk_dir=$(/usr/libexec/java_home -v "$JDK_WANTED" 2>/dev/null) && take_jdk "$jdk_dir" && return 0
  fi

  say "find JDK: expected a JDK $JDK_WANTED (with javac), got none in LEXISCOPE_JAVA_HOME, JAVA_HOME, on PATH or in the usual folders; install one and run this again:"
  case $(uname -s) in
    Darwin) say "  brew install openjdk@$JDK_WANTED" ;;
    *)
      say "  Debian, Ubuntu:  apt-get install openjdk-$JDK_WANTED-jdk   (or the package temurin-$JDK_WANTED-jdk of Eclipse Adoptium)"
      say "  Fedora:          dnf install java-$JDK_WANTED-openjdk-devel"
      ;;
  esac
  say "  any system:      sdk install java $JDK_WANTED-tem   (SDKMAN), or unpack a JDK $JDK_WANTED anywhere and set LEXISCOPE_JAVA_HOME to its folder"
  return 1
}

# Is dotted version $1 at least $2? Compares major and minor.
version_at_least() {
  v_major=${1%%.*} v_rest=${1#*.}
  w_major=${2%%.*} w_rest=${2#*.}
  case $1 in *.*) ;; *) v_rest=0 ;; esac
  case $2 in *.*) ;; *) w_rest=0 ;; esac
  v_minor=${v_rest%%[!0-9]*} w_minor=${w_rest%%[!0-9]*}
  [ "${v_major:-0}" -gt "$w_major" ] || { [ "${v_major:-0}" -eq "$w_major" ] && [ "${v_minor:-0}" -ge "${w_minor:-0}" ]; }
}

find_maven() {
  MVN=
  maven_seen=
  for maven_candidate in "$(command -v mvn 2>/dev/null || :)" "${MAVEN_HOME:-/nonexistent}/bin/mvn" "${M2_HOME:-/nonexistent}/bin/mvn" \
    "${HOME:-/nonexistent}/.sdkman/candidates/maven/current/bin/mvn" /opt/maven/bin/mvn /opt/apache-maven*/bin/mvn /opt/homebrew/bin/mvn /usr/local/bin/mvn; do
    [ -n "$maven_candidate" ] && [ -x "$maven_candidate" ] || continue
    maven_version=$("$maven_candidate" --version 2>/dev/null | sed 's/\x1b\[[0-9;]*m//g' | sed -n 's/^.*Apache Maven \([0-9][0-9.]*\).*$/\1/p')
    if [ -n "$maven_version" ] && version_at_least "$maven_version" "$MAVEN_WANTED"; then
      MVN=$maven_candidate
      return 0
    fi
    maven_seen="Maven ${maven_version:-of unknown version} at $maven_candidate"
  done
  say "find Maven: expected Maven $MAVEN_WANTED or newer on PATH, got ${maven_seen:-none}; install it (apt-get install maven, brew install maven, dnf install maven, or sdk install maven) and run this again"
  return 1
}

find_node() {
  node_seen=
  for node_candidate in "$(command -v node 2>/dev/null || :)" "${HOME:-/nonexistent}"/.nvm/versions/node/*/bin/node "${HOME:-/nonexistent}"/.volta/bin/node \
    "${HOME:-/nonexistent}"/.local/share/mise/installs/node/*/bin/node /opt/homebrew/bin/node /usr/local/bin/node /opt/node*/bin/node; do
    [ -n "$node_candidate" ] && [ -x "$node_candidate" ] || continue
    node_version=$("$node_candidate" --version 2>/dev/null | sed -n 's/^v\([0-9][0-9.]*\).*$/\1/p')
    if [ -n "$node_version" ] && version_at_least "$node_version" "$NODE_WANTED"; then
      PATH=${node_candidate%/*}:$PATH
      export PATH
      command -v npm >/dev/null 2>&1 && return 0
      node_seen="Node $node_version at $node_candidate without npm"
      continue
    fi
    node_seen="Node ${node_version:-of unknown version} at $node_candidate"
  done
  say "find Node: expected Node $NODE_WANTED or newer with npm on PATH, got ${node_seen:-none}; install it (apt-get install nodejs npm, brew install node, dnf install nodejs, or nvm install 22) and run this again"
  return 1
}

# Is the locale in force one of UTF-8? Its name does not say so: ssh forwards names that this machine may not have, and they count as C.
locale_is_utf8() {
  case $(locale charmap 2>/dev/null) in
    [Uu][Tt][Ff]-8 | [Uu][Tt][Ff]8) return 0 ;;
  esac
  return 1
}

# A C locale would garble words on the way into and out of the JVM; text here is UTF-8.
use_utf8() {
  case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
    *[Uu][Tt][Ff]8* | *[Uu][Tt][Ff]-8*) locale_is_utf8 && return 0 ;;
  esac
  for utf8_name in C.UTF-8 C.utf8 en_US.UTF-8; do
    LC_ALL=$utf8_name
    export LC_ALL
    locale_is_utf8 && return 0
  done
  LC_ALL=C.UTF-8
}

# Maven's own JVM: quiet about what Maven's libraries do. Kept out of .mvn/jvm.config because an older JVM refuses to start on it.
maven_options() {
  MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow -Djansi.noreset=true -Dorg.slf4j.simpleLogger.defaultLogLevel=warn"
  export MAVEN_OPTS
}

# Installs exactly what web/package-lock.json pins, into web/node_modules; nothing when that is there already. Messages go to stderr.
npm_install() {
  cmp -s package-lock.json node_modules/.installed && return 0
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error >&2 && cp package-lock.json node_modules/.installed
}
