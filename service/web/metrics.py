"""Requests served and the corpus held in, Prometheus metrics out."""

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from service.engine import Engine

CONTENT_TYPE = CONTENT_TYPE_LATEST
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Metrics:
    """Counts what one app serves. Routes are patterns, never addresses, since those hold questions."""

    def __init__(self, engine: Engine) -> None:
        # One of its own, so that two apps in a process (as in the tests) do not count together.
        self._registry = CollectorRegistry()
        self._requests = Counter("youju_requests", "Requests answered", ("route", "status"), registry=self._registry)
        self._seconds = Histogram(
            "youju_request_seconds", "Time to answer", ("route",), buckets=_BUCKETS, registry=self._registry
        )
        ready = Gauge("youju_ready", "1 once questions can be answered", registry=self._registry)
        ready.set_function(lambda: engine.ready)
        documents = Gauge("youju_documents", "Documents in the corpus", registry=self._registry)
        documents.set_function(lambda: len(engine.loaded.corpus.documents) if engine.ready else 0)
        passages = Gauge("youju_passages", "Passages in the corpus", registry=self._registry)
        passages.set_function(lambda: len(engine.loaded.corpus.passages) if engine.ready else 0)

    def count(self, route: str, status: int, seconds: float) -> None:
        """Count one answered request."""
        self._requests.labels(route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def text(self) -> bytes:
        """Return all metrics in the format of CONTENT_TYPE."""
        return generate_latest(self._registry)
