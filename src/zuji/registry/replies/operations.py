import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from zuji.engine.text import Text
from zuji.registry.refusals import Refused
from zuji.registry.replies.models import Reply

KEPT_FOR = datetime.timedelta(days=7)


class OtherRequest(Refused):
    """The key stands for another request already."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "这个 Idempotency-Key 已用于内容不同的请求，请换一个新的键。",
                "This Idempotency-Key was used for a request with another content. Take a new key.",
            )
        )


@dataclass(frozen=True, slots=True)
class Answered:
    """Status and body of an answer; ``again`` where it was given before."""

    status: int
    body: str
    again: bool


@transaction.atomic
def once(*, client: str, key: str, request: str, work: Callable[[], tuple[int, str]]) -> Answered:
    """Do ``work`` unless the program did it under this key before; then the answer is the one it got.

    Key and work stand or fall together: where the work raises, the key is free again, and a second request waits for the first.
    The work records its own event.

    Raises:
        OtherRequest: the key was used with another request.
    """
    try:
        with transaction.atomic():
            reply = Reply.objects.create(client=client, key=key, request=request)
    except IntegrityError:
        known = Reply.objects.get(client=client, key=key)
        if known.request != request:
            raise OtherRequest from None
        return Answered(known.status, known.body, again=True)
    Reply.objects.filter(at__lt=reply.at - KEPT_FOR).delete()  # those that nobody asks for any more, by the clock of the newest
    reply.status, reply.body = work()
    reply.save(update_fields=["status", "body"])
    return Answered(reply.status, reply.body, again=False)
