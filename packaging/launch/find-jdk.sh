# shellcheck shell=sh
# Sourced by torii and mvnw. find_jdk prints the home of the first JDK of this version or later.

JDK_NEEDED=25

no_jdk() {
    echo "$1: Torii needs a JDK $JDK_NEEDED or later and found none on this machine; install one (for example Eclipse Temurin from https://adoptium.net) and set JAVA_HOME to its folder." >&2
}

find_jdk() {
    jdk_candidates | while IFS= read -r candidate; do
        if jdk_fits "$candidate"; then
            printf '%s\n' "$candidate"
            break
        fi
    done | grep .
}

jdk_fits() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    jdk_major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
    [ -n "$jdk_major" ] && [ "$jdk_major" -ge "$JDK_NEEDED" ]
}

# What the user chose comes first, then what the PATH has, then the places where installers put JDKs.
jdk_candidates() {
    printf '%s\n' "${JAVA_HOME-}"
    env | sed -n \
        -e 's/^JDK_*[0-9][0-9A-Za-z_]*=//p' \
        -e 's/^JAVA_*[0-9][0-9]*_HOME=//p' \
        -e 's/^JAVA_HOME_[0-9A-Za-z_]*=//p' \
        -e 's/^JDK_HOME=//p'
    jdk_of_path
    for jdk_dir in \
        /usr/lib/jvm/* \
        /usr/java/* \
        /opt/java/* \
        /opt/jdk* \
        "${HOME-}"/.sdkman/candidates/java/* \
        "${HOME-}"/.jdks/* \
        "${HOME-}"/.asdf/installs/java/* \
        "${HOME-}"/.local/share/mise/installs/java/* \
        /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home
    do
        printf '%s\n' "$jdk_dir"
    done
}

jdk_of_path() {
    jdk_java=$(command -v javac) || return 0
    while [ -L "$jdk_java" ]; do
        jdk_link=$(readlink "$jdk_java")
        case $jdk_link in
            /*) jdk_java=$jdk_link ;;
            *) jdk_java=$(dirname "$jdk_java")/$jdk_link ;;
        esac
    done
    dirname "$(dirname "$jdk_java")"
}
