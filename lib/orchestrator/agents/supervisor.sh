#!/bin/sh
# shellcheck disable=SC2030,SC2031 # the command gets the PATH that is given
#
# Runs a command and ends it for sure, with everything that it started: when its file descriptor 3
# is closed, by whoever holds the other end or by the kernel because that process was killed. No
# other way of noticing a parent's death works on Linux and macOS without polling. In the end it
# writes the command's exit code to the same descriptor.
#
#     sh -c SUPERVISOR sh MARK GRACE COMMAND [ARGUMENT ...]
#
# It must lead a process group. Claude Code starts each shell in a session of its own and ends them
# when it gets TERM (measured: within 2 s), but not when it is killed. So TERM comes first, and what
# is left after GRACE seconds is found by the mark in its environment (Linux) or by its parents
# (macOS) and killed. A command that ends by itself leaves behind what it detached, a server say.
mark=$1 grace=$2 ended='' watcher=''
shift 2

started() {
  if [ -r /proc/self/environ ]; then
    grep -lsF "$mark" /proc/[0-9]*/environ | cut -d / -f 3
  else
    ps -A -o pid= -o ppid= | awk -v main=$$ -v watcher="$watcher" '
      { parent[$1] = $2 }
      END {
        for (pid in parent) {
          above = parent[pid]
          while (above in parent && above != main && above != watcher) above = parent[above]
          if (above == main && pid != watcher) print pid
        }
      }'
  fi
}

kill_started() {
  # Again, as long as what is killed starts more.
  for _ in 1 2 3 4 5; do
    pids=$(started)
    [ -n "$pids" ] || return
    # shellcheck disable=SC2086 # one word a process
    kill -KILL $pids
  done
}

trap 'ended=1' TERM
(
  trap '' TERM
  PATH=$PATH:/usr/bin:/bin
  watcher=$(exec sh -c 'echo "$PPID"')
  read -r _ <&3
  kill -TERM 0
  sleep "$grace"
  kill_started
) >/dev/null 2>&1 &
watcher=$!

# The marks of all attempts around this one: an agent may start agents.
DOCKET_AGENT_RUN="${DOCKET_AGENT_RUN-} $mark" "$@" 3<&-
code=$?
trap '' PIPE TERM
PATH=$PATH:/usr/bin:/bin
[ -z "$ended" ] || kill_started >/dev/null 2>&1
echo "$code" >&3
kill -KILL 0
