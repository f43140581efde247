"""The figures as a line, a table, a chart."""

import json
import os
import platform
import re
from datetime import UTC, datetime
from pathlib import Path

from .shape import WORKLOADS

COLUMNS = [("requests_per_s", "req/s"), ("p50_ms", "p50 ms"), ("p99_ms", "p99 ms"), ("app_us", "app µs"),
           ("pg_us", "PostgreSQL µs"), ("resident_mb", "resident MB")]
TITLES = WORKLOADS | {"ping": "no database: a constant as JSON"}
ORDER = ["ping", "W4", "W1", "W3", "W2"]
COLOURS = {"nadi": "#0f766e", "fastapi": "#64748b", "express": "#94a3b8", "pgbench": "#a16207", "nginx": "#a16207"}
BAR, GAP, LEFT, WIDTH = 16, 6, 130, 720
HERE = Path(__file__).resolve().parent
README, CHART = HERE.parents[1] / "README.md", HERE / "chart.svg"
PLACE = re.compile(r"(?<=<!-- bench -->\n).*?(?=<!-- /bench -->)", re.S)


def line(result: dict) -> str:
    figures = "  ".join(f"{title} {result[key]}" for key, title in COLUMNS)
    faults = f"not 2xx {result['not_2xx']}  socket errors {result['socket_errors']}"
    return f"{result['workload']:5}{result['system']:9}{figures}  {faults}"


def write(results: list[dict], folder: Path) -> None:
    results = sorted(results, key=lambda each: ORDER.index(each["workload"]))
    stamp = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "cores": os.cpu_count(),
             "machine": platform.machine(), "kernel": platform.release()}
    (folder / "table.json").write_text(json.dumps({"run": stamp, "medians": results}, indent=2))
    (folder / "table.md").write_text(table(results))
    (folder / "chart.svg").write_text(chart(results))
    print(table(results))
    print(f"Written: {folder}/table.json, table.md, chart.svg")


def publish(results: list[dict], settings: str) -> None:
    """Puts a full run's figures where a reader of the project sees them."""
    results = sorted(results, key=lambda each: ORDER.index(each["workload"]))
    told = README.read_text()
    if not PLACE.search(told):
        raise RuntimeError("The README has no place for the figures: <!-- bench --> and <!-- /bench -->.")
    CHART.write_text(chart(results))
    picture = f"![CPU per request, application and PostgreSQL]({CHART.relative_to(README.parent)})"
    when = f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {platform.machine()}, {settings}."
    README.write_text(PLACE.sub(lambda _: f"{picture}\n\n{when}\n\n{table(results)}", told))
    print(f"Written: {README.name} and {CHART.relative_to(README.parent)}")


def table(results: list[dict]) -> str:
    head = ["work", "system", *(title for _, title in COLUMNS), "faults"]
    rows = [[TITLES[each["workload"]], each["system"], *(f"{each[key]:,}" for key, _ in COLUMNS),
             str(each["not_2xx"] + each["socket_errors"])] for each in results]
    widths = [max(map(len, column)) for column in zip(head, *rows)]

    def row(cells: list[str]) -> str:
        padded = [cell.ljust(width) if i < 2 else cell.rjust(width) for i, (cell, width) in enumerate(zip(cells, widths))]
        return "| " + " | ".join(padded) + " |"

    rule = "|" + "|".join("-" * (width + 1) + ("-" if i < 2 else ":") for i, width in enumerate(widths)) + "|"
    return "\n".join([row(head), rule, *map(row, rows)]) + "\n"


def chart(results: list[dict]) -> str:
    """CPU per request, application and PostgreSQL stacked, a group of bars for each kind of work."""
    parts, y = [], 8
    for workload in ORDER:
        group = [each for each in results if each["workload"] == workload]
        if not group:
            continue
        parts.append(text(0, y + 14, TITLES[workload], "600"))
        y += 24
        most = max(each["app_us"] + each["pg_us"] for each in group) or 1
        for each in sorted(group, key=lambda each: each["app_us"] + each["pg_us"]):
            parts.append(bar(each, y, (WIDTH - LEFT - 150) / most))
            y += BAR + GAP
        y += 14
    style = "text{font:13px system-ui,sans-serif;fill:#0f172a}@media(prefers-color-scheme:dark){text{fill:#e2e8f0}}"
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" role="img" '
            f'aria-label="CPU microseconds per request, application and PostgreSQL"><style>{style}</style>'
            + "".join(parts) + "</svg>\n")


def bar(each: dict, y: int, scale: float) -> str:
    app, pg = each["app_us"] * scale, each["pg_us"] * scale
    colour = COLOURS[each["system"]]
    words = f'{each["app_us"]:.0f} + {each["pg_us"]:.0f} µs' if each["pg_us"] else f'{each["app_us"]:.0f} µs'
    return (text(LEFT - 8, y + 13, each["system"], "400", "end")
            + f'<rect x="{LEFT}" y="{y}" width="{app:.1f}" height="{BAR}" fill="{colour}"/>'
            + f'<rect x="{LEFT + app:.1f}" y="{y}" width="{pg:.1f}" height="{BAR}" fill="{colour}" opacity=".45"/>'
            + text(round(LEFT + app + pg + 8), y + 13, words))


def text(x: int, y: int, words: str, weight: str = "400", anchor: str = "start") -> str:
    return f'<text x="{x}" y="{y}" font-weight="{weight}" text-anchor="{anchor}">{words}</text>'
