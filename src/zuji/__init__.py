"""Zuji 足迹: the software behind a province's product carbon footprint service."""

__version__ = "0.1.0"
