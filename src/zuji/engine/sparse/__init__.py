"""Whole databases and supply networks in float64: what is explored, while :mod:`zuji.engine.exact` makes what is signed.

A technosphere is kept by what each product needs (:class:`~zuji.engine.sparse.needs.Needs`); a *plan* puts suppliers before the products
that need them and finds the loops (:mod:`~zuji.engine.sparse.order`); a *system* is the matrix in that order with the proof that every
loop converges (:mod:`~zuji.engine.sparse.system`). On it: intensities of all products, the supply of one demand, incremental changes, and
Monte Carlo draws. Every result carries its residual, and is finite or refused.
"""
