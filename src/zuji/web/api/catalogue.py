from django.http import HttpRequest
from ninja import Router

from zuji.registry.models import queries as catalogue
from zuji.registry.refusals import NotFound
from zuji.rules.model_schema import ModelField
from zuji.rules.models import ProductModel
from zuji.web.api.shapes import Both, FieldOut, ModelGroup, ModelOut, ModelRow, OptionOut

router = Router(tags=["models"])


@router.get("/models", response=list[ModelRow], auth=None, operation_id="models", url_name="models")
def models(request: HttpRequest) -> list[ModelRow]:
    """The product models on offer."""
    del request
    return [_row(model) for model in catalogue.catalogue()]


@router.get("/models/{model}", response=ModelOut, auth=None, operation_id="model", url_name="model")
def model(request: HttpRequest, model: str) -> ModelOut:
    """A product model with its questionnaire: the keys of its answers, their units and choices."""
    del request
    found = catalogue.newest(model)
    if found is None:
        raise NotFound
    groups = [
        ModelGroup(id=group.id, title=Both.of(group.title.text), fields=[_field(each) for each in group.fields]) for group in found.groups
    ]
    units = [OptionOut(id=unit.id, label=Both.of(unit.label.text)) for unit in found.model.declared_units]
    return ModelOut(**_row(found).model_dump(), declared_units=units, groups=groups)


def _row(model: ProductModel) -> ModelRow:
    return ModelRow(id=model.id, version=model.model.version, title=Both.of(model.title), rule=model.model.rule)


def _field(field: ModelField) -> FieldOut:
    return FieldOut(
        key=field.key,
        label=Both.of(field.label.text),
        help=Both.of(field.help.text),
        kind=field.kind,
        unit=field.unit,
        units=list(field.units),
        required=field.required,
        when=field.when,
        options=[OptionOut(id=option.id, label=Both.of(option.label.text)) for option in field.options],
        default=field.default.value if field.default else None,
    )
