"""What this process keeps to be fast, bounded by bytes all together: the least lately used goes first."""

from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from ctypes import CDLL
from dataclasses import dataclass
from threading import RLock
from typing import Any, Literal, TypeVar, get_args

T = TypeVar("T")

Part = Literal["answers", "compiled", "feeders", "layouts", "networks", "profiles", "readings", "trees"]
USUAL_BYTES = 512_000_000
LARGEST = 0.5  # of the bound: what is larger alone would drive out all else, and is not kept
_OVERHEAD_BYTES = 400  # of an entry
_trim = getattr(CDLL(None), "malloc_trim", None)  # glibc keeps freed memory to itself otherwise


@dataclass(frozen=True)
class _Kept:
    value: Any
    size_bytes: int
    owner: str


class Memory:
    """Values by part and key, with their sizes; an owner's are dropped together."""

    def __init__(self, most_bytes: int = USUAL_BYTES) -> None:
        self._lock = RLock()
        self._kept: OrderedDict[tuple[Part, Hashable], _Kept] = OrderedDict()
        self._of: defaultdict[str, set[tuple[Part, Hashable]]] = defaultdict(set)
        self._held: Counter[Part] = Counter()
        self._drops: Counter[str] = Counter()
        self._most_bytes = most_bytes

    @property
    def total_bytes(self) -> int:
        """How much is held."""
        with self._lock:
            return self._held.total()

    def held(self) -> dict[Part, int]:
        """Return how much each part holds in bytes, those that hold nothing as well."""
        with self._lock:
            return {part: self._held[part] for part in get_args(Part)}

    def bound(self, most_bytes: int) -> None:
        """Hold at most so much from now on."""
        with self._lock:
            self._most_bytes = most_bytes
            self._make_room()

    def recall(
        self, part: Part, key: Hashable, make: Callable[[], T], size: Callable[[T], int], owner: str = ""
    ) -> T:
        """Return what is kept under a key, or make it and keep it; ``size`` tells its bytes."""
        with self._lock:
            kept = self._kept.get((part, key))
            if kept is not None:
                self._kept.move_to_end((part, key))
                return kept.value  # type: ignore[no-any-return]
        value = make()
        self.keep(part, key, value, size(value), owner)
        return value

    def find(self, part: Part, key: Hashable) -> Any:
        """Return what is kept under a key, or None."""
        with self._lock:
            kept = self._kept.get((part, key))
            if kept is None:
                return None
            self._kept.move_to_end((part, key))
            return kept.value

    def keep(self, part: Part, key: Hashable, value: Any, size_bytes: int, owner: str = "") -> None:
        """Keep a value, unless it is too large for it; what was under the key is gone in any case."""
        with self._lock:
            self.drop(part, key)
            if size_bytes > LARGEST * self._most_bytes:
                return
            self._kept[part, key] = _Kept(value, size_bytes + _OVERHEAD_BYTES, owner)
            self._held[part] += size_bytes + _OVERHEAD_BYTES
            if owner:
                self._of[owner].add((part, key))
            self._make_room()

    def weigh(self, part: Part, key: Hashable, value: Any, size_bytes: int) -> None:
        """Take note of what a value has grown to since it was kept, unless it is kept no more."""
        with self._lock:
            kept = self._kept.get((part, key))
            if kept is not None and kept.value is value:
                self.keep(part, key, value, size_bytes, kept.owner)

    def drop(self, part: Part, key: Hashable) -> bool:
        """Forget a value; tells whether there was one."""
        with self._lock:
            kept = self._kept.pop((part, key), None)
            if kept is None:
                return False
            self._held[part] -= kept.size_bytes
            if kept.owner:
                self._of[kept.owner].discard((part, key))
                if not self._of[kept.owner]:
                    del self._of[kept.owner]
            return True

    def drop_part(self, part: Part) -> None:
        """Forget all of a part."""
        with self._lock:
            for key in [key for kind, key in self._kept if kind == part]:
                self.drop(part, key)

    def drop_owned(self, owner: str) -> None:
        """Forget all of an owner, such as a feeder that is gone, and hand its memory back to the system."""
        with self._lock:
            self._drops[owner] += 1
            for part, key in list(self._of.get(owner, ())):
                self.drop(part, key)
        if _trim is not None:
            _trim(0)

    @contextmanager
    def working_for(self, owner: str) -> Iterator[None]:
        """Forget again, at the end of work for an owner, what it kept of one that has gone meanwhile."""
        before = self._drops[owner]
        try:
            yield
        finally:
            if self._drops[owner] != before:
                self.drop_owned(owner)

    def _make_room(self) -> None:
        while self._held.total() > self._most_bytes and self._kept:
            self.drop(*next(iter(self._kept)))


MEMORY = Memory()
