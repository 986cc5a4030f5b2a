"""Where a request comes from."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """Return the address that a request comes from; of IPv6 the network of 64 bits that one customer has.

    Behind the TLS proxy that LVTWIN_HTTPS tells of, it is the last that the proxy wrote down: what stands
    before may be anybody's invention. Without a proxy nobody's word is taken.
    """
    written = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.LVTWIN_HTTPS else ""
    for word in (written.rpartition(",")[2].strip(), request.META.get("REMOTE_ADDR") or ""):
        if found := _read(word):
            return found
    return "0.0.0.0"  # a socket of the file system: there is one visitor


def _read(word: str) -> str | None:
    try:
        address: IPv4Address | IPv6Address = ip_address(word.partition("%")[0])
    except ValueError:
        return None
    if isinstance(address, IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or ip_network((address, 64), strict=False).network_address)
