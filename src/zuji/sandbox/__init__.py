"""Files of strangers are read in a process of their own, which may use little, write nothing and reach nobody.

:func:`run` starts it, waits for it and always comes back with one of five outcomes. A reader that eats the memory,
never ends or takes the interpreter down with it costs its own process and nothing else.
"""

from zuji.sandbox.limits import Limits
from zuji.sandbox.outcomes import Crashed, Done, Outcome, Refused, TimedOut, TooBig
from zuji.sandbox.runner import run
from zuji.sandbox.streaming import stream

__all__ = ["Crashed", "Done", "Limits", "Outcome", "Refused", "TimedOut", "TooBig", "run", "stream"]
