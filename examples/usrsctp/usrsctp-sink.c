/*
 * usrsctp over raw IP: accepts associations on a port, reads their messages, and sends none.
 * `sctp-lab conformance --against` needs such a program at the other end, as docs/stacks.md
 * tells. Needs CAP_NET_RAW, and a kernel without SCTP.
 *
 *   cc -O2 -Wall -Wextra -o usrsctp-sink usrsctp-sink.c -lusrsctp
 *   ./usrsctp-sink 5000 192.0.2.9
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <usrsctp.h>

static int failed(const char *what)
{
	perror(what);
	return 1;
}

/* Reads, and throws away. */
static int take(struct socket *sock, union sctp_sockstore from, void *data, size_t length,
		struct sctp_rcvinfo info, int flags, void *ours)
{
	(void)sock, (void)from, (void)length, (void)info, (void)flags, (void)ours;
	free(data);
	return 1;
}

int main(int argc, char **argv)
{
	long port = argc > 2 ? strtol(argv[1], NULL, 10) : 0;
	if (port < 1 || port > 65535) {
		fprintf(stderr, "usage: %s PORT ADDRESS...\n", argv[0]);
		return 2;
	}
	/* Port 0: no encapsulation in UDP. */
	usrsctp_init(0, NULL, NULL);
	struct socket *sock = usrsctp_socket(AF_INET, SOCK_SEQPACKET, IPPROTO_SCTP, take, NULL, 0, NULL);
	if (sock == NULL)
		return failed("socket");
	struct sctp_assoc_value resets = {
		.assoc_value = SCTP_ENABLE_RESET_STREAM_REQ | SCTP_ENABLE_RESET_ASSOC_REQ |
			       SCTP_ENABLE_CHANGE_ASSOC_REQ,
	};
	if (usrsctp_setsockopt(sock, IPPROTO_SCTP, SCTP_ENABLE_STREAM_RESET, &resets, sizeof(resets)) < 0)
		return failed("SCTP_ENABLE_STREAM_RESET");
	for (int i = 2; i < argc; i++) {
		struct sockaddr_in own = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
		if (inet_pton(AF_INET, argv[i], &own.sin_addr) != 1) {
			fprintf(stderr, "%s: no IPv4 address\n", argv[i]);
			return 2;
		}
		if (usrsctp_bindx(sock, (struct sockaddr *)&own, 1, SCTP_BINDX_ADD_ADDR) < 0)
			return failed(argv[i]);
	}
	if (usrsctp_listen(sock, 100) < 0)
		return failed("listen");
	puts("listening");
	fflush(stdout);
	for (;;)
		pause();
}
