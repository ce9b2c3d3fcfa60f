"""The study file (``zuji: study/1``), read strictly from YAML or JSON and written back as YAML."""

from zuji.formats.study.reading import read_study
from zuji.formats.study.writing import write_study

__all__ = ["read_study", "write_study"]
