"""The calculation: exact product carbon footprints. Usable alone, without a database, a web server or a network."""

from zuji.engine.calculation import calculate
from zuji.engine.errors import StudyRefused
from zuji.engine.results import Result, as_json
from zuji.engine.study import Study, schema

__all__ = ["Result", "Study", "StudyRefused", "as_json", "calculate", "schema"]
