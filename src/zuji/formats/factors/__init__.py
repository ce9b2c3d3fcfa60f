"""Emission factors as files: the shipped library, a user's own file on top of it, and the search over both."""

from zuji.formats.factors.files import read_factor_file
from zuji.formats.factors.library import FactorLibrary, Hit, geographies, left_out, load_library
from zuji.formats.factors.terms import indexed, normal, terms

__all__ = ["FactorLibrary", "Hit", "geographies", "indexed", "left_out", "load_library", "normal", "read_factor_file", "terms"]
