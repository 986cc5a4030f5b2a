"""The address that the site is served on."""

import socket

from lvtwin_site.bootstrap.steps import SetupError

BACKLOG = 1024


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens: clients wait in the system's queue, and nobody else serves here.

    Raises: SetupError when the site cannot be served there.
    """
    try:
        family, kind, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(place)
            listening.listen(BACKLOG)
        except OSError:
            listening.close()
            raise
    except OSError as error:
        raise SetupError(trouble(host, port, error)) from None
    return listening


def trouble(host: str, port: int, error: OSError) -> str:
    """Say in one line why an address cannot be served."""
    if isinstance(error, socket.gaierror):
        return f"--host {host} is not an address of this machine: give 127.0.0.1, 0.0.0.0 or one of its own"
    if isinstance(error, PermissionError):
        return f"port {port} is kept for root: take one from 1024 up, as in --port 8000"
    if "in use" in str(error):
        return f"port {port} on {host} is in use: stop what serves there, or take another by --port"
    return f"cannot serve on {host}, port {port}: {error.strerror}"


def address(host: str, port: int) -> str:
    """Return the address to open in a browser."""
    name = socket.gethostname() if host in ("0.0.0.0", "::") else host
    return f"http://{f'[{name}]' if ':' in name else name}:{port}/"
