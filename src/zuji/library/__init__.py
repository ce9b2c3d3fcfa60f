"""Data shipped with the product, each number with its source. Read through ``zuji.formats``, ``zuji.rules`` and ``zuji.engine.units``."""
