"""The profiles page: who may do what, uploads that are all or nothing, files that come back the same."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from simulator.grid.profiles import read_profiles
from simulator.models import FeederRecord, ProfileDraft, ProfileSet
from simulator.tests.web.conftest import Answer
from simulator.tests.web.html import Document

pytestmark = pytest.mark.database

PAGE = "/feeders/feeder_05/profiles/"
DAY = [round(step / 96, 4) for step in range(96)]
TEXT = "\n".join(map(str, DAY))


@pytest.fixture
def owner() -> Client:
    """Somebody signed in, who owns feeder_05, which nobody else sees."""
    user = User.objects.create_user("olga")
    FeederRecord.objects.filter(feeder_id="feeder_05").update(owner=user, published=False)
    return _signed_in(user)


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def staff() -> Client:
    return _signed_in(User.objects.create_user("sam", is_staff=True))


def bring(client: Client, text: str | bytes = TEXT, page: str = PAGE, **asked: str) -> Answer:
    """Send a file as a browser does; it waits to be looked at."""
    content = text.encode() if isinstance(text, str) else text
    file = SimpleUploadedFile("street.csv", content)
    return client.post(page, {"kind": "load", "unit": "pu", **asked, "file": file})


def store(client: Client, page: str = PAGE, **asked: str) -> Answer:
    """Store the file that waits, as the page that shows it does."""
    draft = ProfileDraft.objects.get(feeder__feeder_id=page.split("/")[2])
    fields = {name: "" if value is None else value for name, value in draft.asked.items()}
    return client.post(f"{page}look/", {**fields, **asked, "store": str(draft.pk)})


def upload(client: Client, text: str | bytes = TEXT, page: str = PAGE, **asked: str) -> Answer:
    """Bring a file, and store it where it can be read."""
    answer = bring(client, text, page, **asked)
    return store(client, page) if answer.headers.get("Location") == f"{page}look/" else answer


def _page(client: Client, address: str = PAGE, status: int = 200) -> Document:
    response = client.get(address)
    assert response.status_code == status
    return Document(response.content.decode())


def test_an_upload_is_stored_shown_and_followed(owner: Client) -> None:
    answer = upload(owner)
    assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)
    page = _page(owner)
    assert "street.csv is now the load profile of feeder_05." in page.status
    for words in (
        "street.csv",
        "96 of 15 minutes",
        "1 for all customers",
        "lowest 0.000, mean 0.495, highest 0.990",
    ):
        assert words in page.text
    assert len(list(page.by_id("load-profile").iter("svg"))) == 2
    assert "Nothing is uploaded: studies use the site's own, a clear June day." in page.text
    record = FeederRecord.objects.get(feeder_id="feeder_05")
    assert record.subject.profiles.load_pu.tolist() == DAY
    day = _page(owner, "/feeders/feeder_05/day/")
    assert "Profiles: load from street.csv, a day; PV from the site's own, a clear June day." in day.text
    quarters: Any = owner.get("/feeders/feeder_05/day.json").json()["quarter_hours"]
    total = sum(customer.peak_kw for customer in record.feeder.customers)
    assert [q["load_kw"] for q in quarters] == pytest.approx([total * value for value in DAY])


def test_a_year_is_drawn_with_its_months_and_the_day_that_studies_take(owner: Client) -> None:
    text = "\n".join(str(1 + (hour == 40 * 24 + 7)) for hour in range(8760))
    assert upload(owner, text, year="2023").status_code == 302
    page = _page(owner)
    assert "365, from 2023-01-01 to 2023-12-31" in page.text
    assert "2023-02-10, the day with the highest load" in page.text
    assert "months of 2023" in page.text


def test_a_week_is_drawn_by_its_days_and_gives_its_dates(owner: Client) -> None:
    text = "\n".join(str(0.5 + (step == 96 * 2 + 40) / 2) for step in range(672))
    assert upload(owner, text, year="2024-01-15").status_code == 302
    page = _page(owner)
    assert "7, from 2024-01-15 to 2024-01-21" in page.text
    assert "days from 2024-01-15 to 2024-01-21" in page.text
    assert "2024-01-17, the day with the highest load" in page.text
    assert "672 values without times: 7 days in intervals of 15 minutes." in page.text
    assert owner.get("/feeders/feeder_05/day/?date=2024-01-21").status_code == 200
    assert owner.get("/feeders/feeder_05/day/?date=2024-01-22").status_code == 422


def test_a_file_is_looked_at_before_it_is_stored(owner: Client) -> None:
    """A house's half-kilowatt on a feeder of some hundred is doubted; as a shape it is not."""
    text = "Meter 7\n\ntime;kW\n" + "".join(
        f"{n // 4:02d}:{n % 4 * 15:02d};0,{20 + n % 30}\n" for n in range(96)
    )
    answer = bring(owner, text, unit="kw")
    assert answer.headers["Location"] == f"{PAGE}look/"
    page = _page(owner, f"{PAGE}look/")
    assert "The numbers of street.csv are doubtful; look before you store it." in page.status
    assert "choose the unit shape" in page.status
    for words in (
        "The table begins at line 3; above it are 2 lines of words.",
        "a comma stands before decimals",
    ):
        assert words in page.text
    assert len(list(page.by_id("load-profile").iter("svg"))) == 2
    assert not ProfileSet.objects.exists()
    assert "street.csv waits to be looked at." in _page(owner).text
    fields = {"kind": "load", "unit": "shape", "year": "", "hours_ahead": "", "numbers": "", "column": ""}
    assert owner.post(f"{PAGE}look/", fields).status_code == 302
    page = _page(owner, f"{PAGE}look/")
    assert "street.csv can be read; it is not stored yet." in page.status
    assert store(owner).status_code == 302
    assert ProfileSet.objects.get().series.values[:, 0].max() == 1
    assert "What was done to the file" in _page(owner).text
    assert "Only the shape counts: the highest value is 1 per unit." in _page(owner).text
    assert not ProfileDraft.objects.exists()
    assert owner.get(f"{PAGE}look/").headers["Location"] == PAGE


def test_what_a_file_leaves_open_is_asked_on_the_page(owner: Client) -> None:
    assert bring(owner, "0,200\n0,210\n" * 48, unit="shape").status_code == 302
    page = _page(owner, f"{PAGE}look/")
    assert "street.csv can be read in more than one way. Nothing is stored yet: choose one." in page.status
    for words in ("line 1: 0,200 is 0 and 200", "line 1: 0,200 is 0.2", "line 2: 0,210 is 0.21"):
        assert words in page.text
    fields = {"kind": "load", "unit": "shape", "year": "", "hours_ahead": "", "numbers": "decimal-comma"}
    assert owner.post(f"{PAGE}look/", fields).status_code == 302
    assert store(owner).status_code == 302
    assert ProfileSet.objects.get().series.values[:2, 0].tolist() == pytest.approx([20 / 21, 1])


def test_a_year_without_dates_is_asked_for_and_a_file_may_go_again(owner: Client) -> None:
    assert bring(owner, "1\n" * 8760).status_code == 302
    assert (
        "Year: the file has no dates; enter its year, for example 2023."
        in _page(owner, f"{PAGE}look/").alerts
    )
    assert store(owner).headers["Location"] == f"{PAGE}look/"
    fields = {"kind": "load", "unit": "pu", "year": "23", "hours_ahead": "x"}
    answer = owner.post(f"{PAGE}look/", fields)
    assert answer.status_code == 422
    assert "Year or first day: enter a year" in Document(answer.content.decode()).alerts
    assert owner.post(f"{PAGE}look/", {"discard": "yes"}).headers["Location"] == PAGE
    assert "street.csv is gone; nothing was stored of it." in _page(owner).status
    assert not ProfileDraft.objects.exists()
    assert not ProfileSet.objects.exists()


def test_what_was_looked_at_is_what_is_stored(owner: Client) -> None:
    """Another file has come since the page was shown: the older page stores nothing."""
    bring(owner)
    first = ProfileDraft.objects.get().pk
    bring(owner, "1\n" * 96)
    answer = owner.post(f"{PAGE}look/", {"kind": "load", "unit": "pu", "store": str(first)})
    assert answer.headers["Location"] == f"{PAGE}look/"
    assert not ProfileSet.objects.exists()
    stranger = _signed_in(User.objects.create_user("ulf"))
    assert stranger.get(f"{PAGE}look/").status_code == 404
    assert staff().get(f"{PAGE}look/").status_code == 403


@pytest.mark.parametrize(
    ("text", "asked", "says"),
    [
        (TEXT.replace("0.5\n", "half\n"), {}, "street.csv: line 49 column 1: 'half' is not a number"),
        ("1\n" * 8760, {"year": "x"}, "Year or first day: enter a year from 1990 to 2100"),
        ("1\n" * 96, {"hours_ahead": "x"}, "Hours ahead of UTC: enter a number from -14 to 14"),
        (TEXT, {"kind": "wind"}, "Profile of: choose one of load, pv."),
        (TEXT, {"unit": "MW"}, "Unit: choose one of kw, w, kwh, pu, shape."),
        ("", {}, "File: choose a CSV file of at most 5 MB."),
        ("9999999\n" * 96, {"unit": "kw"}, "check the unit"),
    ],
)
def test_a_bad_upload_says_why_and_leaves_the_stored_one(
    owner: Client, text: str, asked: dict[str, str], says: str
) -> None:
    upload(owner)
    before = ProfileSet.objects.get().content_hash
    answer = upload(owner, text, **asked)
    page = Document(answer.content.decode())
    assert answer.status_code == 422
    assert says in page.alerts
    assert "what was there before still holds" in page.alerts
    assert ProfileSet.objects.get().content_hash == before


def test_a_form_without_a_file_is_refused(owner: Client) -> None:
    answer = owner.post(PAGE, {"kind": "load", "unit": "pu"})
    assert answer.status_code == 422
    assert "File: choose a CSV file" in answer.content.decode()


def test_a_file_s_name_cannot_write_into_the_page(owner: Client) -> None:
    file = SimpleUploadedFile("<script>alert(1)</script>.csv", TEXT.encode())
    owner.post(PAGE, {"kind": "load", "unit": "pu", "file": file})
    for address in (PAGE, "/feeders/feeder_05/day/", f"{PAGE}load/delete/"):
        assert "<script>alert" not in owner.get(address).content.decode()


@pytest.mark.parametrize("kind", ["load", "pv"])
def test_what_is_downloaded_uploads_as_the_same(owner: Client, kind: str) -> None:
    own = read_profiles()
    site = owner.get(f"{PAGE}{kind}.csv")
    assert site.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert upload(owner, site.content, kind=kind).status_code == 302
    profiles = FeederRecord.objects.get(feeder_id="feeder_05").subject.profiles
    assert (profiles.load_pu == own.load_pu).all()
    assert (profiles.pv_pu == own.pv_pu).all()
    assert owner.get(f"{PAGE}{kind}.csv").content == site.content


def test_deleting_asks_first(owner: Client) -> None:
    upload(owner)
    address = _page(owner).links["Delete load profile …"]
    assert "Delete street.csv, the load profile of feeder_05?" in _page(owner, address).text
    assert ProfileSet.objects.count() == 1
    answer = owner.post(address)
    assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)
    assert ProfileSet.objects.count() == 0
    assert "street.csv is deleted." in _page(owner).status
    assert owner.get(address).status_code == 404


def test_who_is_not_signed_in_is_asked_to_and_sees_no_tab(client: Client) -> None:
    for address in (PAGE, f"{PAGE}load.csv", f"{PAGE}load/delete/"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert f"next={address}" in answer.headers["Location"]
    assert upload(client).status_code == 302
    assert "Profiles" not in _page(client, "/feeders/feeder_05/").links
    assert ProfileSet.objects.count() == 0


def test_others_may_not_even_where_they_see_the_feeder(owner: Client) -> None:
    upload(owner)
    stranger = _signed_in(User.objects.create_user("ulf"))
    assert stranger.get(PAGE).status_code == 404
    FeederRecord.objects.filter(feeder_id="feeder_05").update(published=True)
    for address in (PAGE, f"{PAGE}load.csv", f"{PAGE}load/delete/"):
        assert stranger.get(address).status_code == 403
    assert stranger.post(f"{PAGE}load/delete/").status_code == 403
    assert upload(stranger, "1\n" * 96).status_code == 403
    assert ProfileSet.objects.get().series.values[1, 0] == DAY[1]
    page = _page(stranger, "/feeders/feeder_05/day/")
    assert "Profiles" not in page.links
    assert "load from street.csv" in page.text


def test_staff_may_for_feeders_of_the_site_and_look_at_those_of_people(owner: Client) -> None:
    upload(owner)
    colleague = staff()
    assert upload(colleague, page="/feeders/feeder_00/profiles/").status_code == 302
    assert "Profiles" in _page(colleague, "/feeders/feeder_05/").links
    page = _page(colleague)
    assert "street.csv" in page.text
    assert "Delete load profile …" not in page.links
    assert upload(colleague).status_code == 403
    assert colleague.post(f"{PAGE}load/delete/").status_code == 403
    assert ProfileSet.objects.count() == 2


def test_a_foreign_form_is_refused(owner: Client) -> None:
    upload(owner)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(username="olga"))
    assert upload(strict).status_code == 403
    assert strict.post(f"{PAGE}load/delete/").status_code == 403
    assert ProfileSet.objects.count() == 1


def test_other_methods_and_kinds_are_refused(owner: Client) -> None:
    assert owner.put(PAGE).status_code == 405
    assert owner.post(f"{PAGE}load.csv").status_code == 405
    assert owner.get(f"{PAGE}wind.csv").status_code == 404
