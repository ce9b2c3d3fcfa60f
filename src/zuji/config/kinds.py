"""Which handler does which kind of background job: the one table of them."""

from collections.abc import Mapping

from zuji.config.dossier_notices import dossier_notice
from zuji.config.notices import notice, republication_letter
from zuji.registry.footprints import notices, tasks
from zuji.registry.footprints import operations as footprints
from zuji.registry.governance import notices as dossiers
from zuji.registry.governance import tasks as governance
from zuji.registry.jobs.republishing import REPUBLISH
from zuji.registry.jobs.worker import Handler
from zuji.registry.republication import operations as republication
from zuji.registry.republication import tasks as republishing

KINDS: Mapping[str, Handler] = {
    footprints.REPORTS: tasks.reports,
    tasks.DEPENDENCES: tasks.dependences,
    notices.NOTICE: notice,
    REPUBLISH: republishing.republish,
    republication.DRAFTS: republishing.drafts,
    republication.QUEUE: republishing.queue,
    republication.LETTERS: republishing.letters,
    republication.LETTER: republication_letter,
    dossiers.NOTICE: dossier_notice,
    governance.EXPIRY: governance.expire,
}

DAILY = frozenset({governance.EXPIRY})
"""Kinds that a worker asks for by itself whenever a day begins."""
