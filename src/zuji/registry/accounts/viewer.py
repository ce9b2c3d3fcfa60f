"""Who is looking, as every query and operation is told."""

from dataclasses import dataclass, field

from zuji.engine.text import Text
from zuji.registry.refusals import NotAllowed, NotFound
from zuji.workflow.permissions import Permission, delegated, permitted


@dataclass(frozen=True, slots=True)
class Grant:
    """A delegation in force: ``role`` for the products named by their codes, or for all of the enterprise (``products`` is None)."""

    enterprise: int
    role: str
    products: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person (``user`` is their number) or nobody in particular (None), with their role in each enterprise (by its number).

    ``grants`` are the delegations in force for a consultant; ``operator`` is somebody of the platform who confirms identities and sees no
    enterprise's data for it; ``duties`` are what they do in regulated processes (:class:`zuji.workflow.duties.Duty`); ``client`` names the
    program that acts through the API in place of a person at a page. ``signs`` is False for a program of a person's that they made too long
    ago to say that they are there: it does everything of their duties but sign publications.
    """

    user: int | None = None
    roles: dict[int, str] = field(default_factory=dict)
    system: bool = False
    grants: tuple[Grant, ...] = ()
    operator: bool = False
    client: str = ""
    duties: frozenset[str] = frozenset()
    signs: bool = True

    @property
    def name(self) -> str:
        """As the audit chain names them."""
        if self.system:
            return "system"
        if self.client:
            return f"client:{self.client}"
        return f"user:{self.user}" if self.user is not None else "anonymous"

    @property
    def enterprises(self) -> frozenset[int]:
        """The enterprises all of whose products they may view: as a member, or under a delegation for all products."""
        return frozenset(self.roles) | {grant.enterprise for grant in self.grants if grant.products is None}

    @property
    def entrusted(self) -> tuple[tuple[int, frozenset[str]], ...]:
        """Single products that were delegated to them, each with the enterprise that did: a code alone opens nothing of another's."""
        return tuple((grant.enterprise, grant.products) for grant in self.grants if grant.products is not None)

    def may(self, permission: Permission, *, enterprise: int, product: str | None = None) -> bool:
        """Whether they have ``permission`` for a product of an enterprise, or (without ``product``) for the enterprise as a whole."""
        if self.system or permitted(self.roles.get(enterprise), permission):
            return True
        return any(
            grant.enterprise == enterprise
            and delegated(grant.role, permission)
            and (grant.products is None or (product is not None and product in grant.products))
            for grant in self.grants
        )

    def reach(self, permission: Permission) -> tuple[frozenset[int], tuple[tuple[int, frozenset[str]], ...]]:
        """The enterprises for all of whose products they have ``permission``, and the single products for which they have it, by enterprise."""
        enterprises = frozenset(number for number in self.enterprises if self.may(permission, enterprise=number))
        grants = (grant for grant in self.grants if grant.products is not None and delegated(grant.role, permission))
        return enterprises, tuple((grant.enterprise, grant.products or frozenset()) for grant in grants)

    def demand(self, permission: Permission, *, enterprise: int, product: str | None = None) -> None:
        """Nothing where they have ``permission``.

        Raises:
            NotFound: they may not even know of the thing.
            NotAllowed: they may see it, and not do this with it.
        """
        if not self.may(Permission.VIEW, enterprise=enterprise, product=product):
            raise NotFound
        if not self.may(permission, enterprise=enterprise, product=product):
            raise NotAllowed(
                Text(
                    "您的角色不能进行这项操作。请联系企业负责人。",
                    "Your role does not allow this. Ask the owner of the enterprise.",
                )
            )


ANYONE = Viewer()
SYSTEM = Viewer(system=True)  # the command line on the machine itself: loading the library, preparing the demonstration
