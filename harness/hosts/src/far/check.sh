# Tells what a capturer would find, one thing a line.
LC_ALL=C PATH=$PATH:/usr/sbin:/sbin:/usr/local/sbin
export LC_ALL PATH
IFS= read -r interface && IFS= read -r filter || exit 1
echo ready
IFS= read -r asked && date '+clock %s.%N'
tcpdump=$(command -v tcpdump) || { echo no-tcpdump; exit 0; }
echo "tcpdump $tcpdump"
tcpdump --version 2>&1 | sed -n 's/^tcpdump version /version /p'
tcpdump -D 2> /dev/null | sed -n 's/^[0-9]*\.\([^ ]*\).*/interface \1/p'
if ! words=$(tcpdump -d -- "$filter" 2>&1 > /dev/null < /dev/null); then
  printf '%s\n' "$words" | sed 's/^/filter /'
  filter=
fi
# As a capture begins, and no further.
sh -c 'echo $$; exec tcpdump -U -n -w - -i "$1" -- "$2" > /dev/null' sh "$interface" "$filter" \
  2>&1 < /dev/null | {
  read -r capturer
  while IFS= read -r line; do
    case $line in
      *'listening on '*) echo listening; kill "$capturer" ;;
      *) printf 'capture %s\n' "$line" ;;
    esac
  done
}
