"""What the look costs the first time one comes."""

from dialog.ui import gallery, vendor, views
from tests.weight import cold_weight


def test_the_frame_of_a_page_leaves_half_of_the_budget_to_the_page(rf):
    page = views.accessibility(rf.get("/tilgjengelighet")).content.decode()

    weights = cold_weight(page)

    assert sum(weights.values()) < 50_000, weights


def test_even_every_component_at_once_is_within_the_budget(rf):
    page = gallery.gallery(rf.get("/galleri")).content.decode()

    weights = cold_weight(page)

    assert sum(weights.values()) < 100_000, weights


def test_the_design_system_comes_without_what_we_do_not_use(tmp_path):
    written = vendor.bring(vendor.NODE_MODULES, tmp_path)

    style = (tmp_path / "designsystemet.css").read_text()
    assert {path.name for path in written} == {path.name for path in tmp_path.iterdir()}
    assert ".ds-button" in style and ".ds-suggestion" not in style
    assert "--ds-color-brand1" not in style.split("ds.theme.color{")[0]
    assert style.count("{") == style.count("}")


def test_nothing_is_fetched_from_elsewhere(tmp_path):
    vendor.bring(vendor.NODE_MODULES, tmp_path)

    style = (tmp_path / "designsystemet.css").read_text()
    assert "@import" not in style and "url(http" not in style and 'url("http' not in style


def test_a_missing_package_is_told_in_one_line(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(vendor, "NODE_MODULES", tmp_path)

    ended = vendor.main()

    assert ended == 1
    assert capsys.readouterr().err.startswith("Run `npm ci --ignore-scripts` first")
