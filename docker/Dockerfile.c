# Sandbox for C and C++ programs: the GNU compilers and make. No header but libc's and libstdc++'s.
ARG PARENT
FROM ${PARENT}

ARG DEBIAN_FRONTEND=noninteractive
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends gcc g++ make libc6-dev \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/cache/debconf/*-old /var/lib/dpkg/*-old \
        /var/log/* /usr/share/man/* /usr/share/info/* /usr/share/gdb \
        /usr/bin/*lto-dump*

# Last, so that a change of the agent costs a second.
COPY agent/ /opt/agent/
RUN ["python3", "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash", "/opt/agent"]
