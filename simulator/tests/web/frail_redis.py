"""A Redis that can be had in any state: well, frozen, full, garbled; it speaks as much as the site needs."""

import socketserver
import threading
from typing import ClassVar


class _Talk(socketserver.StreamRequestHandler):
    server: "FrailRedis"

    def handle(self) -> None:
        while (words := self._words()) and self.server.mood != "hung up":
            if self.server.mood == "frozen":
                self.server.thaw.wait(5)
                return
            self.wfile.write(b"\0\xffnonsense\r\n" if self.server.mood == "garbled" else self._answer(words))

    def _words(self) -> list[bytes]:
        first = self.rfile.readline()
        if not first.startswith(b"*"):
            return []
        return [self._word() for _ in range(int(first[1:]))]

    def _word(self) -> bytes:
        size = int(self.rfile.readline()[1:])
        return self.rfile.read(size + 2)[:-2]

    def _answer(self, words: list[bytes]) -> bytes:
        name, kept = words[0].upper(), self.server.kept
        if name == b"HELLO":
            return b"%1\r\n$5\r\nproto\r\n:3\r\n"
        if name == b"GET":
            value = kept.get(words[1])
            return b"_\r\n" if value is None else b"$%d\r\n%s\r\n" % (len(value), value)
        if name == b"SET" and self.server.mood == "full":
            return b"-OOM command not allowed when used memory > 'maxmemory'.\r\n"
        if name == b"SET":
            if b"NX" in words and words[1] in kept:
                return b"_\r\n"
            kept[words[1]] = words[2]
        if name == b"DEL":
            kept.pop(words[1], None)
            return b":1\r\n"
        return b"+OK\r\n"


class FrailRedis(socketserver.ThreadingTCPServer):
    """The server; ``mood`` may be changed at any time, ``kept`` is what it holds."""

    daemon_threads = True
    moods: ClassVar = ("hung up", "frozen", "full", "garbled")

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.mood, self.kept, self.thaw = "well", dict[bytes, bytes](), threading.Event()
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"redis://127.0.0.1:{self.server_address[1]}/0"

    def stop(self) -> None:
        """Let go of everybody."""
        self.thaw.set()
        self.shutdown()
        self.server_close()
