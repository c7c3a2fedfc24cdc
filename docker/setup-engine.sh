#!/bin/sh
# Makes sure that a Docker engine answers and that the base image is there.
#
# Silent and quick when both are. Else it says what it does, one line a step, and ends either with
# both in place (0) or with the exact thing a person has to do (1). It never installs anything
# unless it is root on a machine with apt-get, and never touches an engine that answers.
#
# Environment:
#   DOCKER_HOST          an engine of your own choice; it is then used as it is, or reported
#   GRADER_LOG_DIR       where dockerd's log goes when we start it (default /var/log)
#   GRADER_RUN_DIR       where dockerd keeps its pid files (default /var/run)
#   GRADER_PULL_SECONDS  how long a pull of the base image may take (default 180)
set -eu

BASE_IMAGE=debian:trixie-slim
BASE_SUITE=trixie
LOG_DIR=${GRADER_LOG_DIR:-/var/log}
RUN_DIR=${GRADER_RUN_DIR:-/var/run}
PULL_SECONDS=${GRADER_PULL_SECONDS:-180}
DOCKERD_LOG=$LOG_DIR/grader-dockerd.log

LOG=$(mktemp "${TMPDIR:-/tmp}/grader-setup.XXXXXX")
ROOTFS=

# Whatever happens, no half-made root file system is left over; the log only stays after a failure.
tidy() {
    status=$?
    trap - EXIT
    if [ -n "$ROOTFS" ]; then
        umount "$ROOTFS/proc" "$ROOTFS/sys" >/dev/null 2>&1 || :
        rm -rf --one-file-system "$ROOTFS"
    fi
    if [ "$status" -eq 0 ] || [ ! -s "$LOG" ]; then rm -f "$LOG"; fi
    exit "$status"
}
trap tidy EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

say() { printf 'set-up: %s\n' "$*"; }

# stdin: what to do. Ends the script.
give_up() {
    printf 'set-up: %s\n' "$*" >&2
    sed 's/^/  /' >&2
    [ ! -s "$LOG" ] || printf '  The whole log: %s\n' "$LOG" >&2
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

is_root() { [ "$(id -u)" = 0 ]; }

# macOS has no timeout(1); there the command's own patience has to do.
limited() {
    seconds=$1
    shift
    if have timeout; then timeout "$seconds" "$@"; else "$@"; fi
}

log_tail() { tail -n 12 "$1" 2>/dev/null || :; }

# --- is an engine answering? ------------------------------------------------------------------

# For a machine with an engine's socket (Podman, a remote engine) and without the docker command.
socket_answers() {
    have python3 || return 1
    python3 -I - 2>/dev/null <<'PYTHON'
import os, socket, sys
from urllib.parse import urlsplit

where = urlsplit(os.environ.get("DOCKER_HOST") or "unix:///var/run/docker.sock")
if where.scheme == "unix":
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(10)
    line.connect(where.path)
else:
    line = socket.create_connection((where.hostname, where.port or 2375), 10)
line.sendall(b"GET /_ping HTTP/1.1\r\nHost: engine\r\nConnection: close\r\n\r\n")
sys.exit(b" 200 " not in line.recv(64))
PYTHON
}

engine_answers() {
    if have docker; then
        limited 20 docker version --format '{{.Server.Version}}' >/dev/null 2>&1
    else
        socket_answers
    fi
}

# --- installing and starting one --------------------------------------------------------------

apt_install() {
    export DEBIAN_FRONTEND=noninteractive
    # A broken third-party source must not stop us: whether the packages arrive is what counts.
    apt-get update >>"$LOG" 2>&1 || :
    apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=120 "$@" >>"$LOG" 2>&1
}

install_engine() {
    say "installing Docker (docker.io)"
    apt_install ca-certificates docker.io iptables || give_up "Docker could not be installed:" <<WHY
$(log_tail "$LOG")

Install Docker Engine by hand, then run this again.
WHY
    # Newer releases ship the command in a package of its own.
    have docker || apt_install docker-cli || :
}

# After a reboot without shutdown the pid files are still there, and may name some other process:
# dockerd then refuses to start, or waits for a containerd that does not exist.
clear_stale_pid() {
    file=$1 name=$2
    [ -f "$file" ] || return 0
    pid=$(cat "$file" 2>/dev/null || :)
    [ "$(cat "/proc/${pid:-none}/comm" 2>/dev/null || :)" = "$name" ] || rm -f "$file"
}

# Waits until the engine answers, or process $1 is gone, or $2 seconds are over.
wait_for_engine() {
    tries=$(($2 * 5))
    while [ "$tries" -gt 0 ]; do
        engine_answers && return 0
        [ "$1" = - ] || kill -0 "$1" 2>/dev/null || return 1
        sleep 0.2
        tries=$((tries - 1))
    done
    return 1
}

# Detached from our streams and session: whoever runs `make` must not wait for it, nor end it.
run_dockerd() {
    clear_stale_pid "$RUN_DIR/docker.pid" dockerd
    clear_stale_pid "$RUN_DIR/docker/containerd/containerd.pid" containerd
    setsid nohup dockerd "$@" </dev/null >"$DOCKERD_LOG" 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- &
    wait_for_engine $! 60
}

start_engine() {
    say "starting the Docker engine"
    if [ -d /run/systemd/system ] && have systemctl; then
        systemctl enable --now docker >>"$LOG" 2>&1 && wait_for_engine - 30 && return 0
    fi
    run_dockerd && return 0
    # Where the firewall cannot be changed the engine can still do all we need: sandboxes have no
    # network, and images are built on the host's.
    if grep -q -i -E 'iptables|bridge|network controller' "$DOCKERD_LOG"; then
        say "starting it again without a network of its own (the firewall cannot be changed here)"
        run_dockerd --iptables=false --bridge=none && return 0
    fi
    give_up "the Docker engine does not start:" <<WHY
$(log_tail "$DOCKERD_LOG")

The whole log: $DOCKERD_LOG
WHY
}

ensure_engine() {
    engine_answers && return 0
    [ -z "${DOCKER_HOST:-}" ] || give_up "no engine answers at DOCKER_HOST=$DOCKER_HOST" <<WHY
Start it, or unset DOCKER_HOST to use the engine of this machine.
WHY
    [ "$(uname -s)" != Darwin ] || give_up "no Docker engine answers" <<WHY
Start Docker Desktop, or: brew install colima docker && colima start
Then run this again. Without Docker: grade --runner local (nothing is contained then).
WHY
    is_root || give_up "no Docker engine answers, and only root can install or start one" <<WHY
One of these, then run this again:
  sudo sh $0
      installs and starts Docker (Debian, Ubuntu)
  sudo usermod -aG docker "$(id -un)"
      if Docker runs but is closed to you; log out and in again
  systemctl --user start podman.socket
  export DOCKER_HOST=unix:///run/user/$(id -u)/podman/podman.sock
      if you have Podman
Without Docker: grade --runner local (nothing is contained then).
WHY
    if ! have dockerd; then
        have apt-get || give_up "no Docker engine answers, and this is not Debian or Ubuntu" <<WHY
Install Docker Engine with your system's package manager, start it, then run this again.
WHY
        install_engine
    fi
    start_engine
}

# --- the base image ---------------------------------------------------------------------------

has_base() { docker image inspect "$BASE_IMAGE" >/dev/null 2>&1; }

# The same that official slim images leave out: nobody reads manuals in a sandbox.
slim_down() {
    mkdir -p "$1/etc/dpkg/dpkg.cfg.d"
    cat >"$1/etc/dpkg/dpkg.cfg.d/docker" <<'DPKG'
path-exclude /usr/share/doc/*
path-include /usr/share/doc/*/copyright
path-exclude /usr/share/info/*
path-exclude /usr/share/locale/*
path-exclude /usr/share/man/*
DPKG
    find "$1/usr/share/doc" -type f ! -name copyright -delete
    find "$1/usr/share/doc" -type l ! -name copyright -delete
    rm -rf "$1"/usr/share/info/* "$1"/usr/share/locale/* "$1"/usr/share/man/* \
        "$1"/var/cache/apt/* "$1"/var/cache/debconf/*-old "$1"/var/lib/apt/lists/* \
        "$1"/var/lib/dpkg/*-old "$1"/var/log/*.log
}

make_base() {
    debootstrap --variant=minbase "$BASE_SUITE" "$ROOTFS" >>"$LOG" 2>&1 || return 1
    slim_down "$ROOTFS"
    tar --one-file-system --numeric-owner -C "$ROOTFS" -c . 2>>"$LOG" |
        docker import - "$BASE_IMAGE" >>"$LOG" 2>&1
}

bootstrap_base() {
    have debootstrap || {
        say "installing debootstrap"
        apt_install debootstrap debian-archive-keyring || give_up "debootstrap could not be installed:" <<WHY
$(log_tail "$LOG")
WHY
    }
    say "no registry answers: making $BASE_IMAGE from Debian packages (half a minute)"
    # Not /tmp: it is often mounted without device files, or in memory.
    ROOTFS=$(mktemp -d "${TMPDIR:-/var/tmp}/grader-base.XXXXXX")
    make_base || give_up "$BASE_IMAGE can be neither pulled nor made:" <<WHY
$(log_tail "$LOG")

Bring it over from a machine that has it:
  docker save $BASE_IMAGE | gzip >base.tgz      there
  docker load <base.tgz                         here
WHY
}

ensure_base() {
    # With an engine but no docker command, the builder pulls the base image by itself.
    have docker || return 0
    ! has_base || return 0
    say "pulling $BASE_IMAGE"
    ! limited "$PULL_SECONDS" docker pull -q "$BASE_IMAGE" >>"$LOG" 2>&1 || return 0
    { is_root && { have debootstrap || have apt-get; }; } || give_up "$BASE_IMAGE cannot be pulled:" <<WHY
$(log_tail "$LOG")

Either let this machine reach a registry, or bring the image over from one that does:
  docker save $BASE_IMAGE | gzip >base.tgz      there
  docker load <base.tgz                         here
or, on Debian or Ubuntu, make it from packages:
  sudo sh $0
WHY
    bootstrap_base
}

ensure_engine
ensure_base
