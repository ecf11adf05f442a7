"""How gunicorn serves the site; it reads this file by its name. Settings are in the README."""

import gc
import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "3"))
# Whoever reads or sends slowly holds one thread, and not a process.
worker_class = "gthread"
threads = int(os.environ.get("THREADS", "4"))
# A process takes no connection for which it has no thread, so that another one takes it; then none
# may be kept open without a request either.
worker_connections = threads
keepalive = 0
os.environ["CONNECTIONS"] = str(
    workers * threads
)  # each thread has its own; for summit/settings.py
# Only these proxies are believed when they say that a request came by HTTPS.
forwarded_allow_ips = os.environ.get("TRUSTED_PROXIES", "127.0.0.1,::1")


def post_worker_init(worker: object) -> None:
    """Keep the collector from going through the code that is loaded for good, 0.1 s each time."""
    gc.collect()
    gc.freeze()
