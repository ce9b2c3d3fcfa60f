"""The chapters of a report, in the order of GB/T 24067-2024 and ISO 14067:2018 7.3: each writes itself from the material."""
