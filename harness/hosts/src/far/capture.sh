# Captures until its input ends. Its argument is what sshd says of the connection.
LC_ALL=C PATH=$PATH:/usr/sbin:/sbin:/usr/local/sbin
export LC_ALL PATH
printf 'sctp-lab: connection %s\n' "$1" >&2
IFS= read -r interface && IFS= read -r filter || exit 1
command -v tcpdump > /dev/null || exit 127
# Older ones count microseconds, and hand packets over when they see fit.
usage=$(tcpdump --help 2>&1)
options=
case $usage in *--time-stamp-precision*) options=--time-stamp-precision=nano ;; esac
case $usage in *--immediate-mode*) options="$options --immediate-mode" ;; esac
# KiB in the kernel for when packets come faster than the connection takes them.
case $usage in *"-B size"*) options="$options -B 32768" ;; esac
exec 3<&0
tcpdump -U -n -w - -i "$interface" $options -- "$filter" < /dev/null 3<&- &
capturer=$!
# The end of the input is the lab's word, or the end of the lab.
{ cat <&3; kill "$capturer"; } > /dev/null 2>&1 &
watcher=$!
exec 3<&-
wait "$capturer"
status=$?
kill "$watcher" 2> /dev/null
exit "$status"
