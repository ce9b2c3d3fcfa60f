"""Which handler does which kind of background job: the one table of them."""

from collections.abc import Mapping

from zuji.registry.jobs.worker import Handler

KINDS: Mapping[str, Handler] = {}
