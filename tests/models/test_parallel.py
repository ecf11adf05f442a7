import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from quotes.models import Parallel
from tests.factories import ParallelFactory, QuoteFactory, SpeakerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    speaker = SpeakerFactory()
    return [QuoteFactory(slug=slug, speaker=speaker) for slug in ("b-01", "a-01")]


def test_a_pair_is_kept_in_the_order_of_its_slugs(pair):
    parallel = ParallelFactory(first=pair[0], second=pair[1])
    assert (parallel.first, parallel.second) == (pair[1], pair[0])
    assert parallel.natural_key() == ("a-01", "b-01")


def test_a_pair_is_found_in_either_order(pair):
    parallel = ParallelFactory(first=pair[0], second=pair[1])
    assert Parallel.objects.get_by_natural_key("a-01", "b-01") == parallel
    assert Parallel.objects.get_by_natural_key("b-01", "a-01") == parallel


def test_a_pair_is_recorded_once_even_past_the_models(pair):
    ParallelFactory(first=pair[0], second=pair[1])
    turned = Parallel(first=pair[0], second=pair[1], state="accepted")
    with pytest.raises(IntegrityError), transaction.atomic():
        Parallel.objects.bulk_create([turned])
    with pytest.raises(ValidationError, match="这一对已经记录过了"):
        turned.full_clean(exclude=[])


def test_a_quote_is_no_parallel_of_itself(pair):
    with pytest.raises(IntegrityError, match="parallel_of_two_quotes"), transaction.atomic():
        ParallelFactory(first=pair[0], second=pair[0])


def test_the_same_words_are_the_same_speakers(pair):
    with pytest.raises(ValidationError) as error:
        Parallel(first=pair[0], second=QuoteFactory()).full_clean()
    assert "second" in error.value.message_dict
