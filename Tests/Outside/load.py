"""Steady callers on keep-alive connections, and what became of each request."""

import asyncio
import time
from dataclasses import dataclass, field

from .wire import Answer, NoAnswer, Wire


@dataclass
class Load:
    """Callers that ask for one path over and over; each answer's moment and status is kept."""

    wires: list[Wire]
    path: str
    pause: float = 0
    answers: list[tuple[float, int, float]] = field(default_factory=list)
    unanswered: list[tuple[float, str]] = field(default_factory=list)
    refused: int = 0
    last: Answer | None = None
    is_open: bool = True
    _tasks: list[asyncio.Task] = field(default_factory=list)

    def begin(self) -> "Load":
        self._tasks = [asyncio.create_task(self._call(wire)) for wire in self.wires]
        return self

    async def end(self) -> None:
        self.is_open = False
        await asyncio.gather(*self._tasks)

    def latencies(self, since: float = 0) -> list[float]:
        return [seconds for at, _, seconds in self.answers if at >= since]

    async def _call(self, wire: Wire) -> None:
        while self.is_open:
            begun = time.monotonic()
            try:
                answer = await wire.get(self.path)
            except NoAnswer as fault:
                if isinstance(fault.__cause__, ConnectionRefusedError):
                    self.refused += 1
                else:
                    self.unanswered.append((begun, str(fault)))
                await asyncio.sleep(0.02)
                continue
            self.answers.append((begun, answer.status, time.monotonic() - begun))
            self.last = answer
            await asyncio.sleep(self.pause)


async def until(condition, seconds: float, every: float = 0.05) -> float:
    """How long it took until the awaited condition held."""
    begun = time.monotonic()
    while not await condition():
        if time.monotonic() - begun > seconds:
            raise AssertionError(f"{condition.__name__}: not within {seconds} s")
        await asyncio.sleep(every)
    return time.monotonic() - begun
