import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction

from quotes.models import ProtectedTerm
from tests.factories import ProtectedTermFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("term", ["main", "&", "", "，", "カナ", "䷀"])
def test_a_term_without_a_han_character_is_refused(tmp_path, term):
    with pytest.raises(ValidationError) as error:
        ProtectedTerm(term=term).full_clean()
    assert list(error.value.message_dict) == ["term"]
    with pytest.raises(IntegrityError, match="protected_term_has_han"), transaction.atomic():
        ProtectedTermFactory(term=term)
    fixture = tmp_path / "x.yaml"
    fixture.write_text(f"[{{model: quotes.protectedterm, fields: {{term: '{term}'}}}}]")
    with pytest.raises(IntegrityError, match="protected_term_has_han"), transaction.atomic():
        call_command("loaddata", fixture)


@pytest.mark.parametrize("term", ["后里", "A股", "〇", "㐀", "𠮷", "﨑"])
def test_a_term_with_one_is_kept(term):
    ProtectedTerm(term=term).full_clean()
    assert ProtectedTermFactory(term=term).pk
