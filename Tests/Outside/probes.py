"""Isolation you can attack: a hundred thousand probes that show nothing, and faults that the same probes find."""

import os
import random
import statistics
import time

from .attack import Attack, Field, fresh
from .checks import check, expect
from .house import House
from .liar import LIES, Liar, truth
from .wire import Wire

PROBES = int(os.environ.get("OUTSIDE_PROBES", "100000"))
PAIRS = 600
GAP = 0.0002  # seconds


@check("whatever another clinic's people say with what is ours, they see and change nothing of it")
async def attacked() -> str:
    with House(NADI_WORKERS="0") as house:
        field = await Field().lay(house)
        begun = time.monotonic()
        attack = await Attack(field, house.port, 0, random.Random(1)).run(PROBES)
        seconds = time.monotonic() - begun
        expect("leaks", attack.leaks, [])
        expect("probes enough", attack.probes >= PROBES, True)
        places = sum(len(each.places) for each in field.operations)
        return (f"{attack.probes} probes at {len(field.operations)} operations, {places} places for ids, "
                f"{len(field.attackers)} callers, {seconds:.0f} s")


@check("the same probes find each planted fault, and none where there is none")
async def mutants() -> str:
    with House(NADI_WORKERS="0") as house:
        field = await Field().lay(house)
        # Whoever runs the clinic, a location's manager, a receptionist, and nobody: a fault shows to them or to none.
        field.attackers = field.attackers[5:8] + field.attackers[-1:]
        found = []
        for number, lie in enumerate([truth, *LIES]):
            field.victim = field.there.signed_in(field.victim.key)  # the fault before may have signed them out
            async with Liar(field, lie) as liar:
                attack = await Attack(field, liar.port, number, random.Random(number)).run(0)
            expect(f"{lie.__name__}: {attack.leaks[:2]}: is found", bool(attack.leaks), lie is not truth)
            if attack.leaks:
                found.append(lie.__name__)
        expect("five faults at least", len(found) >= 5, True)
        return ", ".join(found)


@check("what is another clinic's takes as long to be denied as what never was")
async def alike_in_time() -> str:
    with House(NADI_WORKERS="0") as house:
        field = await Field().lay(house)
        desk, told = house.wire(field.ours), []
        for kind, path in (("pat", "/v1/patients/"), ("apt", "/v1/appointments/")):
            # A true gap shows in each try; a busy machine shows one now and then.
            gaps = [await gap(desk, path, field.foreign[kind], kind) for _ in range(3)]
            expect(f"{path}: gaps of {[round(each * 1e6) for each in gaps]} µs are too small to be told", min(gaps) < GAP, True)
            told.append(f"{path} {min(gaps) * 1e6:.0f} µs")
        return "median gaps " + ", ".join(told)


async def gap(desk: Wire, path: str, foreign: list[str], kind: str) -> float:
    """How far the medians of both are apart, asked for in no order."""
    times: dict[bool, list[float]] = {True: [], False: []}
    for is_theirs in random.sample([True, False] * PAIRS, 2 * PAIRS):
        name = random.choice(foreign) if is_theirs else f"{kind}_{fresh()}"
        begun = time.perf_counter()
        answer = await desk.get(path + name)
        times[is_theirs].append(time.perf_counter() - begun)
        expect(path + name, answer.status, 404)
    return abs(statistics.median(times[True]) - statistics.median(times[False]))
