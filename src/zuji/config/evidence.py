"""What ``zuji evidence`` does."""

import sys

from zuji.config.ready import set_up

HURT = 1


def check(*, tidy: bool) -> int:
    """Say whether the evidence files on disk are those on record; the exit status, 1 where one is missing or altered."""
    set_up()
    from zuji.registry.evidence import upkeep  # noqa: PLC0415  # its table exists only once Django is set up

    state = upkeep.check()
    lines = [
        *(f"丢失 missing  {sha256}" for sha256 in state.missing),
        *(f"被改动 altered  {sha256}" for sha256 in state.altered),
        *(f"未登记 not on record  {name}" for name in state.unknown),
    ]
    if tidy:
        lines += [f"已清理 removed  {name}" for name in upkeep.tidy()]
    whole = state.kept - len(state.missing) - len(state.altered)
    lines.append(f"佐证文件 evidence files: {state.kept}; 完好 whole: {whole}")
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if state.sound else HURT
