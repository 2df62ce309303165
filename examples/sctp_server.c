/* An SCTP server in C, with nothing but the C library.
 *
 *     cc -static -o sctp-server sctp_server.c
 *     sctp-server [PORT]
 *
 * Listens on all addresses of its host, on a port that the kernel chooses unless one is
 * given, and says which. Sends each message back. It knows nothing of paths.
 */

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static int fail(const char *doing) {
    perror(doing);
    return EXIT_FAILURE;
}

int main(int count, char **words) {
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t length = sizeof address;
    char message[65536];

    address.sin_port = htons(count > 1 ? atoi(words[1]) : 0);
    setvbuf(stdout, NULL, _IOLBF, 0);

    int server = socket(AF_INET, SOCK_STREAM, IPPROTO_SCTP);
    if (server < 0)
        return fail("socket");
    if (bind(server, (struct sockaddr *)&address, sizeof address) < 0)
        return fail("bind");
    if (listen(server, 5) < 0)
        return fail("listen");
    if (getsockname(server, (struct sockaddr *)&address, &length) < 0)
        return fail("getsockname");
    printf("listening on port %d\n", ntohs(address.sin_port));

    int client = accept(server, NULL, NULL);
    if (client < 0)
        return fail("accept");
    for (int number = 1;; number++) {
        ssize_t size = recv(client, message, sizeof message, 0);
        if (size < 0)
            return fail("recv");
        if (size == 0)
            break;
        printf("message %d, %zd bytes\n", number, size);
        if (send(client, message, size, 0) < 0)
            return fail("send");
    }
    printf("the client has left\n");
    return EXIT_SUCCESS;
}
