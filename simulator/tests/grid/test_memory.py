"""What is kept in memory: bounded by bytes all together, the least lately used gone first, owners apart."""

from simulator.grid.memory import Memory

ENTRY = 400  # bytes that an entry itself takes


def filled(most_bytes: int, *sizes: int) -> Memory:
    """Return a memory into which values of so many bytes, named from 0 on, were put one after the other."""
    memory = Memory(most_bytes)
    for number, size in enumerate(sizes):
        memory.keep("compiled", number, str(number), size - ENTRY, owner=f"feeder_{number % 2}")
    return memory


def _held(memory: Memory) -> dict[str, int]:
    """Return the bytes of each part of which anything is held."""
    return {part: held_bytes for part, held_bytes in memory.held().items() if held_bytes}


def test_parts_share_one_bound_and_the_least_lately_used_goes_first() -> None:
    memory = filled(100_000, 40_000, 30_000, 20_000)
    assert memory.find("compiled", 0) == "0"  # used now: 1 is the oldest
    memory.keep("answers", "new", b"", 25_000 - ENTRY)
    assert [memory.find("compiled", i) for i in range(3)] == ["0", None, "2"]
    assert _held(memory) == {"compiled": 60_000, "answers": 25_000}
    memory.bound(50_000)
    assert memory.total_bytes <= 50_000


def test_what_is_larger_than_half_of_the_bound_drives_nothing_out() -> None:
    memory = filled(100_000, 40_000)
    assert memory.recall("readings", "whole", lambda: "large", lambda _: 60_000) == "large"
    assert memory.find("readings", "whole") is None
    assert _held(memory) == {"compiled": 40_000}
    assert memory.held()["readings"] == 0


def test_an_owner_s_values_go_together() -> None:
    memory = filled(1_000_000, 10_000, 10_000, 10_000)
    memory.drop_owned("feeder_0")
    assert [memory.find("compiled", i) for i in range(3)] == [None, "1", None]
    assert memory.total_bytes == 10_000


def test_a_value_that_takes_another_s_place_is_counted_once() -> None:
    memory = Memory(1_000_000)
    for size in (10_000, 30_000, 20_000):
        memory.keep("layouts", "same", size, size - ENTRY)
    assert (memory.find("layouts", "same"), memory.total_bytes) == (20_000, 20_000)


def test_what_is_known_is_not_made_again() -> None:
    memory, made = Memory(), []

    def make() -> str:
        made.append(1)
        return "tree"

    assert [memory.recall("trees", "feeder", make, len) for _ in range(3)] == ["tree"] * 3
    assert len(made) == 1
    memory.drop_part("trees")
    assert memory.total_bytes == 0


def test_work_that_outlives_its_owner_keeps_nothing_of_it() -> None:
    memory = Memory(1_000_000)
    with memory.working_for("street"):
        memory.keep("compiled", "before", 1, 100, "street")
        memory.drop_owned("street")
        memory.keep("compiled", "after", 2, 100, "street")
        memory.keep("compiled", "other", 3, 100, "lane")
    assert memory.find("compiled", "after") is None
    assert memory.find("compiled", "other") == 3
    with memory.working_for("lane"):
        memory.keep("compiled", "more", 4, 100, "lane")
    assert memory.find("compiled", "more") == 4
