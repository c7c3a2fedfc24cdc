# Sandbox for C and C++ programs: the GNU compilers and make, and eu-stack, which tells the line a
# program stands at. No header but those of libc and libstdc++.
ARG PARENT
FROM ${PARENT}

ARG DEBIAN_FRONTEND=noninteractive
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends gcc g++ make libc6-dev elfutils \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/cache/debconf/*-old /var/lib/dpkg/*-old \
        /var/log/* /usr/share/man/* /usr/share/info/* /usr/share/gdb \
        /usr/bin/*lto-dump*

# Preloaded into every program, so that a crash leaves the line it happened at.
COPY c/ /tmp/c/
RUN gcc -Wall -Wextra -Werror -O1 -shared -fPIC -o /opt/lastwords.so /tmp/c/lastwords.c \
    && rm -r /tmp/c

# Last, so that a change of the agent costs a second.
COPY agent/ /opt/agent/
RUN ["python3", "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash", "/opt/agent"]
