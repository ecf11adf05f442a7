"""What pages and searches cost, through gunicorn, at each size of the corpus.

    python bench/measure.py REQUESTS DATABASE_URL [DATABASE_URL …]

prints a table for each database: CPU in ms a request (of gunicorn's worker, as the kernel counts;
a database server's own is in the latency), latency p50 and p95 in ms, queries, and the CPU's ratio
to the first database's. "cold" pages forget before each request what is remembered between changes.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote

PORT = 8199
PICK = """
import django; django.setup()
from bench.pick import pages
for name, path in pages(): print(name, path, sep="\\t")
"""


def environment(database: str) -> dict[str, str]:
    """What the site is started with."""
    return os.environ | {
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "SECRET_KEY": "for benchmarks alone, fifty characters of no secret",
        "ALLOWED_HOSTS": "127.0.0.1",
        "HTTPS_ONLY": "0",
        "PORT": str(PORT),
        "WEB_CONCURRENCY": "1",
        "LOG_LEVEL": "WARNING",
    }


@contextmanager
def site(env: dict[str, str]) -> Iterator[None]:
    """The site behind gunicorn, one worker."""
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "collectstatic", "--noinput", "-v0"], env=env, check=True)
    server = subprocess.Popen([sys.executable, "-m", "gunicorn", "summit.wsgi"], env=env)
    try:
        for _ in range(100):
            time.sleep(0.1)
            try:
                get("/bench/constant/")
                break
            except OSError:
                continue
        yield
    finally:
        server.terminate()
        server.wait()


def get(path: str, **headers: str) -> tuple[float, int, int]:
    """Latency in ms, queries and worker of one request; raises RuntimeError unless it is 200."""
    connection = HTTPConnection("127.0.0.1", PORT, timeout=60)
    start = time.perf_counter()
    connection.request("GET", path, headers={"Accept-Encoding": "gzip", **headers})
    response = connection.getresponse()
    response.read()
    latency = 1000 * (time.perf_counter() - start)
    connection.close()
    if response.status != 200:
        raise RuntimeError(f"{response.status} for {path}")
    return latency, int(response.headers["X-Queries"]), int(response.headers["X-Pid"])


def cpu_ms(pid: int) -> float:
    """CPU time that a process has had, in ms (first field of schedstat, in ns; see proc(5))."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e6


def measure(path: str, requests: int, **headers: str) -> tuple[float, float, float, int]:
    """Mean CPU, p50, p95, queries; after three requests to warm up."""
    for _ in range(3):
        _latency, queries, pid = get(path, **headers)
    before = cpu_ms(pid)
    latencies = [get(path, **headers)[0] for _ in range(requests)]
    cpu = (cpu_ms(pid) - before) / requests
    return cpu, median(latencies), quantiles(latencies, n=20)[-1], queries


def main(requests: int, databases: list[str]) -> None:
    """Measure every page on every database and print the tables."""
    first: dict[str, float] = {}
    for database in databases:
        env = environment(database)
        picked = subprocess.run(
            [sys.executable, "-c", PICK], env=env, check=True, capture_output=True, text=True
        )
        pages = [line.split("\t") for line in picked.stdout.splitlines() if "\t" in line]
        print(f"\n{database.rpartition('/')[2]}")
        print(f"{'':42}{'CPU ms':>9}{'p50':>9}{'p95':>9}{'queries':>9}{'growth':>9}")
        with site(env):
            for name, path in pages:
                headers = {"X-Forget": "1"} if name.endswith("cold") else {}
                cpu, p50, p95, queries = measure(quote(path, safe="/?=&%+"), requests, **headers)
                ratio = cpu / first.setdefault(name, cpu)
                print(f"{name:42}{cpu:9.2f}{p50:9.1f}{p95:9.1f}{queries:9}{ratio:9.2f}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
