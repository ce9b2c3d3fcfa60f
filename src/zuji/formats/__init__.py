"""Bytes to types and back, each format alone and pure. ``study`` and ``factors`` stand on ``trees`` and ``gwp``; formats know no other format."""
