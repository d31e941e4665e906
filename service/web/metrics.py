"""Requests answered and what is served in, Prometheus metrics out."""

from collections.abc import Iterable, Iterator, Sequence

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric, SummaryMetricFamily
from prometheus_client.registry import Collector

from service.answering.answer import Answer, Status
from service.answering.phases import PHASES
from service.engine import Engine

CONTENT_TYPE = CONTENT_TYPE_LATEST
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_STATUSES: tuple[Status, ...] = ("answered", "not_found")


class Metrics:
    """Counts what one app serves. Routes are patterns, never addresses, since those hold questions."""

    def __init__(self, engine: Engine) -> None:
        # One of its own, so that two apps in a process (as in the tests) do not count together.
        self._registry = registry = CollectorRegistry()
        self._requests = Counter("youju_requests", "Requests answered", ("route", "status"), registry=registry)
        self._seconds = Histogram(
            "youju_request_seconds", "Time to answer a request", ("route",), buckets=_BUCKETS, registry=registry
        )
        self.busy = Gauge("youju_busy_threads", "Threads that answer a request now", registry=registry)
        self._answers = Counter(
            "youju_answers", "Questions answered, by what became of them", ("status",), registry=registry
        )
        self._phases = Histogram(
            "youju_phase_seconds", "Time of a phase of answering", ("phase",), buckets=_BUCKETS, registry=registry
        )
        # Shown from the start: what begins with its first event is missing from the rate of that event.
        for status in _STATUSES:
            self._answers.labels(status)
        for phase in PHASES:
            self._phases.labels(phase)
        registry.register(_Served(engine))

    def count(self, route: str, status: int, seconds: float) -> None:
        """Count one answered request."""
        self._requests.labels(route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def count_answers(self, answers: Sequence[Answer]) -> None:
        """Count the newest of the answers of a conversation, and the time that each took; the others were counted before."""
        self._answers.labels(answers[-1].status).inc()
        for answer in answers:
            for phase, seconds in answer.phases:
                self._phases.labels(phase).observe(seconds)

    def text(self) -> bytes:
        """Return all metrics in the format of CONTENT_TYPE."""
        return generate_latest(self._registry)


class _Served(Collector):
    """Tells what an engine serves, and how often and how long it read, whenever that is asked for."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def collect(self) -> Iterable[Metric]:
        yield GaugeMetricFamily("youju_ready", "1 once questions can be answered", float(self._engine.ready))
        for name, said, size in self._sizes():
            yield GaugeMetricFamily(name, said, size)
        loads = self._engine.loads
        outcomes = CounterMetricFamily("youju_loads", "Times the folders were read", labels=("outcome",))
        outcomes.add_metric(("loaded",), loads.loaded)
        outcomes.add_metric(("failed",), loads.failed)
        yield outcomes
        yield SummaryMetricFamily(
            "youju_load_seconds", "Time to read the folders", loads.loaded + loads.failed, loads.seconds
        )

    def _sizes(self) -> Iterator[tuple[str, str, int]]:
        loaded = self._engine.loaded if self._engine.ready else None
        documents = loaded.corpus.documents if loaded else ()
        yield "youju_documents", "Documents in the corpus", len(documents)
        yield "youju_passages", "Passages in the corpus", len(loaded.corpus.passages) if loaded else 0
        yield "youju_characters", "Characters in the corpus", sum(len(document.text) for document in documents)
        yield "youju_index_bytes", "Size of the index", loaded.index_bytes if loaded else 0
