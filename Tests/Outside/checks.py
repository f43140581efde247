"""What a check is: a sentence, a function, and what it measured."""

import asyncio
import inspect
import time
import traceback
from collections.abc import Callable

checks: list[tuple[str, str, Callable]] = []


def check(sentence: str) -> Callable:
    """Enters a function under its sentence. It answers what it measured, in words, or raises."""
    def enter(function: Callable) -> Callable:
        checks.append((function.__module__.rpartition(".")[2], sentence, function))
        return function
    return enter


def run(chosen: list[str]) -> int:
    """Runs the checks whose module or sentence holds one of the chosen words; answers how many failed."""
    selected = [each for each in checks
                if not chosen or any(word == each[0] or word in each[1] for word in chosen)]
    failed = []
    for module, sentence, function in selected:
        begun = time.monotonic()
        try:
            told = asyncio.run(function()) if inspect.iscoroutinefunction(function) else function()
            mark, words = "ok", f" – {told}" if told else ""
        except Exception as fault:
            failed.append(f"{sentence}: {type(fault).__name__}: {str(fault)[:400]}")
            mark = "FAILED"
            words = f"\n{''.join(traceback.format_exception(fault))}"
        print(f"[{mark}] {module}: {sentence} ({time.monotonic() - begun:.1f} s){words}", flush=True)
    for each in failed:
        print(f"failed: {each}")
    print(f"{len(selected) - len(failed)} passed, {len(failed)} failed", flush=True)
    return len(failed)


def expect(what: str, got: object, wanted: object) -> None:
    if got != wanted:
        raise AssertionError(f"{what}: got {got!r}, wanted {wanted!r}")


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]
