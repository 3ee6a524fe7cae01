# shellcheck shell=bash
# Sourced by the scripts: finds a Java that is new enough, without starting any that says in its `release` file what it is.

# Sets REPLY to the version of the Java in home $1 as a number that compares (25.0.3 is 25000003), 0 where there is none.
java_version() {
  local home=$1 line version=
  REPLY=0
  [[ -x $home/bin/java ]] || return 0
  if [[ -r $home/release ]]; then
    while IFS= read -r line; do
      [[ $line == JAVA_VERSION=* ]] && version=$line && break
    done <"$home/release"
  else
    version=$("$home/bin/java" -version 2>&1) || return 0
  fi
  [[ $version =~ \"([0-9]+)(\.([0-9]+))?(\.([0-9]+))? ]] || return 0
  REPLY=$((BASH_REMATCH[1] * 1000000 + 10#0${BASH_REMATCH[3]:-} * 1000 + 10#0${BASH_REMATCH[5]:-}))
}

# Whether the Java in home $1 is at least 25, and has the tool $2 (java, or javac for a whole JDK). Leaves its version in REPLY.
java_suits() {
  java_version "$1"
  ((REPLY >= 25000000)) && [[ -x $1/bin/$2 ]]
}

# Sets REPLY to the home of the java on the PATH.
java_home_on_path() {
  local java
  REPLY=
  java=$(command -v java) && java=$(readlink -f "$java") || return 0
  REPLY=${java%/bin/java}
  # A wrapper instead of a link (a version manager's, macOS's own) does not lie in its home, but knows it.
  [[ -e $REPLY/release ]] || REPLY=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p') || REPLY=
}

# Sets JAVA_FOUND to the home to use: JAVA_HOME, else the PATH's, else the newest where systems keep theirs.
# $1: the tool it must have, java or javac.
find_java() {
  local tool=$1 home newest=0
  JAVA_FOUND=${JAVA_HOME:-}
  if [[ -n $JAVA_FOUND ]] && java_suits "$JAVA_FOUND" "$tool"; then return 0; fi

  java_home_on_path
  JAVA_FOUND=$REPLY
  if [[ -n $JAVA_FOUND ]] && java_suits "$JAVA_FOUND" "$tool"; then return 0; fi

  JAVA_FOUND=
  for home in /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home ~/.sdkman/candidates/java/* /opt/java/* /opt/*jdk* \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if java_suits "$home" "$tool" && ((REPLY > newest)); then
      newest=$REPLY
      JAVA_FOUND=$home
    fi
  done
  [[ -n $JAVA_FOUND ]]
}

# Says what to install. $1: java or javac, as for find_java.
explain_missing_java() {
  if [[ $1 == javac ]] && find_java java; then
    echo "This needs a JDK, 25 or newer. The Java in $JAVA_FOUND is new enough, but is a runtime without a compiler."
  else
    echo "This needs Java 25 or newer. There is none in JAVA_HOME, on the PATH, or where systems keep theirs."
  fi
  cat <<'TEXT'
One of these brings a JDK 25:
  Debian, Ubuntu   apt-get install openjdk-25-jdk-headless
                   (where that is unknown: temurin-25-jdk, from the repository that https://adoptium.net/installation/linux describes)
  Fedora           dnf install java-25-openjdk-devel
  macOS            brew install openjdk@25
  anywhere         sdk install java 25-tem (https://sdkman.io), or an archive from https://adoptium.net, with JAVA_HOME set to it
TEXT
}
