/*
 * usrsctp as a stack under test: commands of the lab on stdin, answers on stdout, as
 * docs/stacks.md tells. One thread, and no socket of the system: the lab carries the
 * packets.
 *
 *   cc -O2 -Wall -Wextra -o usrsctp-stack usrsctp-stack.c -lusrsctp
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <usrsctp.h>

/* usrsctp knows this option, and its public header has no name for it. */
#ifndef SCTP_INTERLEAVING_SUPPORTED
#define SCTP_INTERLEAVING_SUPPORTED 0x00001206
#endif

#define VERSION "0.9.5"
#define TICK_MS 10
#define LONGEST (1 << 20)

/* Both addresses of a packet. usrsctp takes a pointer to them for an address (AF_CONN). */
struct way {
	char own[64];
	char peer[64];
	struct way *next;
};

/* An association, by the number that usrsctp gives it. */
struct association {
	sctp_assoc_t id;
	struct way *way;
	uint16_t port;
	struct association *next;
};

static struct way *ways;
static struct association *associations;
static struct socket *sock;
static char own_address[64];
static uint16_t own_port;

static struct way *way_of(const char *own, const char *peer)
{
	for (struct way *it = ways; it != NULL; it = it->next)
		if (strcmp(it->own, own) == 0 && strcmp(it->peer, peer) == 0)
			return it;
	struct way *it = calloc(1, sizeof(*it));
	if (it == NULL)
		abort();
	snprintf(it->own, sizeof(it->own), "%s", own);
	snprintf(it->peer, sizeof(it->peer), "%s", peer);
	it->next = ways;
	ways = it;
	usrsctp_register_address(it);
	return it;
}

static struct sockaddr_conn address_of(struct way *way, uint16_t port)
{
	struct sockaddr_conn it = {.sconn_family = AF_CONN, .sconn_port = htons(port), .sconn_addr = way};
	return it;
}

static struct association *by_id(sctp_assoc_t id)
{
	for (struct association *it = associations; it != NULL; it = it->next)
		if (it->id == id)
			return it;
	return NULL;
}

static struct association *by_peer(const char *address, uint16_t port)
{
	for (struct association *it = associations; it != NULL; it = it->next)
		if (it->port == port && strcmp(it->way->peer, address) == 0)
			return it;
	return NULL;
}

/* A newer association with a peer stands before an older one. */
static void remember(sctp_assoc_t id, struct way *way, uint16_t port)
{
	if (by_id(id) != NULL)
		return;
	struct association *it = calloc(1, sizeof(*it));
	if (it == NULL)
		abort();
	*it = (struct association){.id = id, .way = way, .port = port, .next = associations};
	associations = it;
}

static void forget(sctp_assoc_t id)
{
	for (struct association **at = &associations; *at != NULL; at = &(*at)->next)
		if ((*at)->id == id) {
			struct association *gone = *at;
			*at = gone->next;
			free(gone);
			return;
		}
}

/* Answers. */

static void put_hex(const void *bytes, size_t length)
{
	const unsigned char *it = bytes;
	if (length == 0)
		putchar('-');
	for (size_t i = 0; i < length; i++)
		printf("%02x", it[i]);
	putchar('\n');
}

static void answer(int result)
{
	if (result >= 0)
		puts("ok");
	else
		printf("failed %s\n", strerrorname_np(errno));
}

static int on_packet(void *address, void *packet, size_t length, uint8_t tos, uint8_t set_df)
{
	struct way *way = address;
	(void)tos;
	(void)set_df;
	printf("packet %s %s ", way->own, way->peer);
	put_hex(packet, length);
	return 0;
}

/* Notifications and messages of the socket. */

static const char *state_name(uint16_t state)
{
	switch (state) {
	case SCTP_COMM_UP: return "SCTP_COMM_UP";
	case SCTP_COMM_LOST: return "SCTP_COMM_LOST";
	case SCTP_RESTART: return "SCTP_RESTART";
	case SCTP_SHUTDOWN_COMP: return "SCTP_SHUTDOWN_COMP";
	case SCTP_CANT_STR_ASSOC: return "SCTP_CANT_STR_ASSOC";
	default: return "unknown";
	}
}

static void began(struct socket *socket, sctp_assoc_t id)
{
	struct sockaddr *peers = NULL;
	if (usrsctp_getpaddrs(socket, id, &peers) > 0) {
		struct sockaddr_conn *first = (struct sockaddr_conn *)peers;
		remember(id, first->sconn_addr, ntohs(first->sconn_port));
		usrsctp_freepaddrs(peers);
	}
}

static void tell_of(struct association *it, const char *name)
{
	printf("notification %s %u %s", it->way->peer, it->port, name);
}

static void put_streams(const uint16_t *streams, size_t bytes)
{
	size_t count = bytes / sizeof(uint16_t);
	printf(" strreset_stream_list=");
	for (size_t i = 0; i < count; i++)
		printf("%s%u", i == 0 ? "" : ",", streams[i]);
	if (count == 0)
		putchar('-');
}

static void put_flags(const char *field, uint16_t flags, const char *const names[], size_t count)
{
	bool any = false;
	printf(" %s=", field);
	for (size_t bit = 0; bit < count; bit++)
		if (flags & (1u << bit)) {
			printf("%s%s", any ? "|" : "", names[bit]);
			any = true;
		}
	if (!any)
		putchar('0');
}

static void on_notification(const union sctp_notification *it)
{
	static const char *const reset[] = {"SCTP_STREAM_RESET_INCOMING_SSN",
		"SCTP_STREAM_RESET_OUTGOING_SSN", "SCTP_STREAM_RESET_DENIED", "SCTP_STREAM_RESET_FAILED"};
	static const char *const assoc[] = {"", "", "SCTP_ASSOC_RESET_DENIED", "SCTP_ASSOC_RESET_FAILED"};
	static const char *const change[] = {"", "", "SCTP_STREAM_CHANGE_DENIED",
		"SCTP_STREAM_CHANGE_FAILED"};
	struct association *about;
	switch (it->sn_header.sn_type) {
	case SCTP_ASSOC_CHANGE: {
		const struct sctp_assoc_change *told = &it->sn_assoc_change;
		if (told->sac_state == SCTP_COMM_UP || told->sac_state == SCTP_RESTART)
			began(sock, told->sac_assoc_id);
		if ((about = by_id(told->sac_assoc_id)) == NULL)
			return;
		tell_of(about, "SCTP_ASSOC_CHANGE");
		printf(" sac_state=%s sac_error=%u sac_outbound_streams=%u sac_inbound_streams=%u\n",
		       state_name(told->sac_state), told->sac_error, told->sac_outbound_streams,
		       told->sac_inbound_streams);
		if (told->sac_state != SCTP_COMM_UP && told->sac_state != SCTP_RESTART)
			forget(told->sac_assoc_id);
		return;
	}
	case SCTP_STREAM_RESET_EVENT: {
		const struct sctp_stream_reset_event *told = &it->sn_strreset_event;
		if ((about = by_id(told->strreset_assoc_id)) == NULL)
			return;
		tell_of(about, "SCTP_STREAM_RESET_EVENT");
		put_flags("strreset_flags", told->strreset_flags, reset, 4);
		put_streams(told->strreset_stream_list, told->strreset_length - sizeof(*told));
		putchar('\n');
		return;
	}
	case SCTP_ASSOC_RESET_EVENT: {
		const struct sctp_assoc_reset_event *told = &it->sn_assocreset_event;
		if ((about = by_id(told->assocreset_assoc_id)) == NULL)
			return;
		tell_of(about, "SCTP_ASSOC_RESET_EVENT");
		put_flags("assocreset_flags", told->assocreset_flags, assoc, 4);
		printf(" assocreset_local_tsn=%u assocreset_remote_tsn=%u\n",
		       told->assocreset_local_tsn, told->assocreset_remote_tsn);
		return;
	}
	case SCTP_STREAM_CHANGE_EVENT: {
		const struct sctp_stream_change_event *told = &it->sn_strchange_event;
		if ((about = by_id(told->strchange_assoc_id)) == NULL)
			return;
		tell_of(about, "SCTP_STREAM_CHANGE_EVENT");
		put_flags("strchange_flags", told->strchange_flags, change, 4);
		printf(" strchange_instrms=%u strchange_outstrms=%u\n",
		       told->strchange_instrms, told->strchange_outstrms);
		return;
	}
	}
}

/* Reads all that is there. A message that comes in pieces is told when it is whole. */
static void read_all(void)
{
	static unsigned char buffer[LONGEST];
	static size_t have;
	for (;;) {
		struct sockaddr_conn from;
		struct sctp_rcvinfo info = {0};
		socklen_t from_length = sizeof(from), info_length = sizeof(info);
		unsigned int type = 0;
		int flags = 0;
		if (sock == NULL || have >= sizeof(buffer))
			return;
		ssize_t got = usrsctp_recvv(sock, buffer + have, sizeof(buffer) - have,
		                            (struct sockaddr *)&from, &from_length, &info,
		                            &info_length, &type, &flags);
		if (got <= 0)
			return;
		have += (size_t)got;
		if ((flags & MSG_EOR) == 0)
			continue;
		if (flags & MSG_NOTIFICATION) {
			on_notification((union sctp_notification *)buffer);
		} else {
			struct way *way = from.sconn_addr;
			printf("received %s %u %u %u %u %u ", way->peer, ntohs(from.sconn_port),
			       info.rcv_sid, info.rcv_ssn, ntohl(info.rcv_ppid), info.rcv_tsn);
			put_hex(buffer, have);
		}
		have = 0;
	}
}

/* Commands. */

static int set(int option, const void *value, socklen_t length)
{
	return usrsctp_setsockopt(sock, IPPROTO_SCTP, option, value, length);
}

static int set_number(int option, uint32_t number)
{
	return set(option, &number, sizeof(number));
}

static int set_for_all(int option, uint32_t number)
{
	struct sctp_assoc_value value = {.assoc_id = SCTP_FUTURE_ASSOC, .assoc_value = number};
	return set(option, &value, sizeof(value));
}

static int subscribe(void)
{
	static const uint16_t types[] = {SCTP_ASSOC_CHANGE, SCTP_STREAM_RESET_EVENT,
		SCTP_ASSOC_RESET_EVENT, SCTP_STREAM_CHANGE_EVENT};
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		struct sctp_event event = {.se_assoc_id = SCTP_FUTURE_ASSOC, .se_type = types[i], .se_on = 1};
		if (set(SCTP_EVENT, &event, sizeof(event)) < 0)
			return -1;
	}
	return set_number(SCTP_RECVRCVINFO, 1);
}

/* open PORT ADDRESS MTU */
static int open_socket(char *words[])
{
	own_port = (uint16_t)atoi(words[1]);
	snprintf(own_address, sizeof(own_address), "%s", words[2]);
	/* usrsctp adds the common header to the path MTU, and knows of no IP header with AF_CONN. */
	uint32_t room = (uint32_t)atoi(words[3]) - (strchr(own_address, ':') ? 40 : 20) - 12;
	sock = usrsctp_socket(AF_CONN, SOCK_SEQPACKET, IPPROTO_SCTP, NULL, NULL, 0, NULL);
	if (sock == NULL || usrsctp_set_non_blocking(sock, 1) < 0 || subscribe() < 0)
		return -1;
	struct sctp_paddrparams path = {.spp_assoc_id = SCTP_FUTURE_ASSOC, .spp_pathmtu = room,
		.spp_flags = SPP_PMTUD_DISABLE};
	if (set(SCTP_PEER_ADDR_PARAMS, &path, sizeof(path)) < 0)
		return -1;
	/* ASCONF and AUTH are off until the lab asks for them, as on Linux. */
	if (set_for_all(SCTP_ASCONF_SUPPORTED, 0) < 0 || set_for_all(SCTP_AUTH_SUPPORTED, 0) < 0)
		return -1;
	struct sockaddr_conn any = address_of(NULL, own_port);
	return usrsctp_bind(sock, (struct sockaddr *)&any, sizeof(any));
}

/* need CAPABILITY */
static const char *need(const char *what)
{
	if (strcmp(what, "partial-reliability") == 0)
		return set_for_all(SCTP_PR_SUPPORTED, 1) < 0 ? "failed" : NULL;
	if (strcmp(what, "authentication") == 0)
		return set_for_all(SCTP_AUTH_SUPPORTED, 1) < 0 ? "failed" : NULL;
	if (strcmp(what, "stream-reconfiguration") == 0)
		return set_for_all(SCTP_RECONFIG_SUPPORTED, 1) < 0 ? "failed" : NULL;
	if (strcmp(what, "interleaving") == 0) {
		/* usrsctp refuses interleaving unless parts of messages may be handed over in turn. */
		bool off = set_number(SCTP_FRAGMENT_INTERLEAVE, 2) < 0
			|| set_for_all(SCTP_INTERLEAVING_SUPPORTED, 1) < 0;
		return off ? "failed" : NULL;
	}
	return "unsupported";
}

static bool is(const char *one, const char *other)
{
	return strcmp(one, other) == 0;
}

static uint32_t flag(const char *value)
{
	return is(value, "true") ? 1 : 0;
}

static uint32_t requests(const char *value)
{
	return (strstr(value, "reset-streams") ? SCTP_ENABLE_RESET_STREAM_REQ : 0)
		| (strstr(value, "reset-association") ? SCTP_ENABLE_RESET_ASSOC_REQ : 0)
		| (strstr(value, "add-streams") ? SCTP_ENABLE_CHANGE_ASSOC_REQ : 0);
}

static void option(const char *name, const char *value)
{
	if (is(name, "nodelay"))
		answer(set_number(SCTP_NODELAY, flag(value)));
	else if (is(name, "disable-fragments"))
		answer(set_number(SCTP_DISABLE_FRAGMENTS, flag(value)));
	else if (is(name, "fragment-interleave"))
		/* Interleaving takes level 2 in usrsctp, and level 1 on Linux: level 1 must not undo the 2
		 * that `need` has set. */
		answer(is(value, "0") ? set_number(SCTP_FRAGMENT_INTERLEAVE, 0) : 0);
	else if (is(name, "interleaving-supported"))
		answer(set_for_all(SCTP_INTERLEAVING_SUPPORTED, flag(value)));
	else if (is(name, "reconfig-supported"))
		answer(set_for_all(SCTP_RECONFIG_SUPPORTED, flag(value)));
	else if (is(name, "auth-supported"))
		answer(set_for_all(SCTP_AUTH_SUPPORTED, flag(value)));
	else if (is(name, "pr-supported"))
		answer(set_for_all(SCTP_PR_SUPPORTED, flag(value)));
	else if (is(name, "ecn-supported"))
		answer(set_for_all(SCTP_ECN_SUPPORTED, flag(value)));
	else if (is(name, "enable-stream-reset"))
		answer(set_for_all(SCTP_ENABLE_STREAM_RESET, requests(value)));
	else if (is(name, "auth-chunks")) {
		struct sctp_authchunk chunk = {.sauth_chunk = (uint8_t)atoi(value)};
		answer(set(SCTP_AUTH_CHUNK, &chunk, sizeof(chunk)));
	} else if (is(name, "rcvbuf")) {
		int bytes = atoi(value);
		answer(usrsctp_setsockopt(sock, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof(bytes)));
	} else
		printf("unsupported option %s\n", name);
}

/* timer NAME MILLISECONDS-OR-NUMBER */
static void timer(const char *name, uint32_t value)
{
	struct sctp_rtoinfo rto = {.srto_assoc_id = SCTP_FUTURE_ASSOC};
	struct sctp_paddrparams path = {.spp_assoc_id = SCTP_FUTURE_ASSOC};
	struct sctp_assocparams association = {.sasoc_assoc_id = SCTP_FUTURE_ASSOC};
	struct sctp_initmsg init = {0};
	struct sctp_sack_info sack = {.sack_assoc_id = SCTP_FUTURE_ASSOC};
	if (is(name, "rto-initial") || is(name, "rto-min") || is(name, "rto-max")) {
		if (is(name, "rto-initial"))
			rto.srto_initial = value;
		else if (is(name, "rto-min"))
			rto.srto_min = value;
		else
			rto.srto_max = value;
		answer(set(SCTP_RTOINFO, &rto, sizeof(rto)));
	} else if (is(name, "heartbeat-interval")) {
		path.spp_hbinterval = value;
		path.spp_flags = SPP_HB_ENABLE;
		answer(set(SCTP_PEER_ADDR_PARAMS, &path, sizeof(path)));
	} else if (is(name, "path-max-retrans")) {
		path.spp_pathmaxrxt = (uint16_t)value;
		answer(set(SCTP_PEER_ADDR_PARAMS, &path, sizeof(path)));
	} else if (is(name, "association-max-retrans")) {
		association.sasoc_asocmaxrxt = (uint16_t)value;
		answer(set(SCTP_ASSOCINFO, &association, sizeof(association)));
	} else if (is(name, "max-init-retransmits")) {
		init.sinit_max_attempts = (uint16_t)value;
		answer(set(SCTP_INITMSG, &init, sizeof(init)));
	} else if (is(name, "sack-delay")) {
		sack.sack_delay = value;
		answer(set(SCTP_DELAYED_SACK, &sack, sizeof(sack)));
	} else
		printf("unsupported timer %s\n", name);
}

static size_t take_hex(char *hex, unsigned char *bytes)
{
	size_t length = 0;
	if (*hex == '-')
		return 0;
	for (; isxdigit(hex[0]) && isxdigit(hex[1]); hex += 2) {
		char pair[3] = {hex[0], hex[1], 0};
		bytes[length++] = (unsigned char)strtoul(pair, NULL, 16);
	}
	return length;
}

/* send ADDRESS PORT STREAM PPID ordered|unordered HEX */
static int send_message(char *words[])
{
	static unsigned char payload[LONGEST];
	uint16_t port = (uint16_t)atoi(words[2]);
	size_t length = take_hex(words[6], payload);
	struct association *it = by_peer(words[1], port);
	struct sockaddr_conn to = address_of(way_of(own_address, words[1]), port);
	struct sctp_sndinfo info = {.snd_sid = (uint16_t)atoi(words[3]),
		.snd_ppid = htonl((uint32_t)strtoul(words[4], NULL, 10)),
		.snd_flags = is(words[5], "unordered") ? SCTP_UNORDERED : 0,
		.snd_assoc_id = it != NULL ? it->id : 0};
	return (int)usrsctp_sendv(sock, payload, length, it != NULL ? NULL : (struct sockaddr *)&to,
	                          it != NULL ? 0 : 1, &info, sizeof(info), SCTP_SENDV_SNDINFO, 0);
}

/* shutdown ADDRESS PORT, abort ADDRESS PORT */
static int end(char *words[], uint16_t how)
{
	struct association *it = by_peer(words[1], (uint16_t)atoi(words[2]));
	if (it == NULL) {
		errno = ENOENT;
		return -1;
	}
	struct sctp_sndinfo info = {.snd_flags = how, .snd_assoc_id = it->id};
	return (int)usrsctp_sendv(sock, "", 0, NULL, 0, &info, sizeof(info), SCTP_SENDV_SNDINFO, 0);
}

static int connect_to(char *words[])
{
	uint16_t port = (uint16_t)atoi(words[2]);
	struct way *way = way_of(own_address, words[1]);
	struct sockaddr_conn to = address_of(way, port);
	int result = usrsctp_connect(sock, (struct sockaddr *)&to, sizeof(to));
	if (result < 0 && errno != EINPROGRESS)
		return result;
	remember(usrsctp_getassocid(sock, (struct sockaddr *)&to), way, port);
	return 0;
}

static void command(char *line)
{
	char *words[8] = {0};
	int count = 0;
	for (char *word = strtok(line, " "); word != NULL && count < 8; word = strtok(NULL, " "))
		words[count++] = word;
	if (count == 4 && is(words[0], "packet")) {
		static unsigned char packet[LONGEST];
		size_t length = take_hex(words[3], packet);
		usrsctp_conninput(way_of(words[2], words[1]), packet, length, 0);
	} else if (count == 4 && is(words[0], "open"))
		answer(open_socket(words));
	else if (sock == NULL)
		puts("failed EBADF");
	else if (count == 1 && is(words[0], "listen"))
		answer(usrsctp_listen(sock, 16));
	else if (count == 2 && is(words[0], "need")) {
		const char *lack = need(words[1]);
		if (lack == NULL)
			puts("ok");
		else
			printf("%s %s\n", lack, words[1]);
	} else if (count == 3 && is(words[0], "option"))
		option(words[1], words[2]);
	else if (count == 3 && is(words[0], "timer"))
		timer(words[1], (uint32_t)strtoul(words[2], NULL, 10));
	else if (count == 3 && is(words[0], "streams")) {
		struct sctp_initmsg init = {.sinit_num_ostreams = (uint16_t)atoi(words[1]),
			.sinit_max_instreams = (uint16_t)atoi(words[2])};
		answer(set(SCTP_INITMSG, &init, sizeof(init)));
	} else if (count == 3 && is(words[0], "connect"))
		answer(connect_to(words));
	else if (count == 7 && is(words[0], "send"))
		answer(send_message(words));
	else if (count == 3 && is(words[0], "shutdown"))
		answer(end(words, SCTP_EOF));
	else if (count == 3 && is(words[0], "abort"))
		answer(end(words, SCTP_ABORT));
	else if (count == 1 && is(words[0], "close")) {
		usrsctp_close(sock);
		sock = NULL;
		puts("ok");
	} else
		printf("unsupported %s\n", count > 0 ? words[0] : "nothing");
}

static uint64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

int main(void)
{
	static char input[4 * LONGEST];
	size_t have = 0;
	setvbuf(stdout, NULL, _IOLBF, 1 << 16);
	usrsctp_init_nothreads(0, on_packet, NULL);
	usrsctp_sysctl_set_sctp_blackhole(0);
	printf("stack usrsctp %s\n", VERSION);
	uint64_t last = now_ms();
	for (;;) {
		struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
		int ready = poll(&in, 1, TICK_MS);
		uint64_t now = now_ms();
		if (now > last) {
			usrsctp_handle_timers((uint32_t)(now - last));
			last = now;
		}
		if (ready > 0) {
			ssize_t got = read(STDIN_FILENO, input + have, sizeof(input) - have - 1);
			if (got <= 0)
				return 0;
			have += (size_t)got;
			char *line = input, *end;
			while ((end = memchr(line, '\n', have - (size_t)(line - input))) != NULL) {
				*end = 0;
				command(line);
				read_all();
				line = end + 1;
			}
			have -= (size_t)(line - input);
			memmove(input, line, have);
		}
		read_all();
	}
}
