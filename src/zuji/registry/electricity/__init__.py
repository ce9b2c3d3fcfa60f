"""Electricity: green-power certificates and what is claimed of them, each only once in the province, and the residual mix."""
