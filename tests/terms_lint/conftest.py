"""The vocabulary of these tests: only what comes with the package, whatever layers the machine has."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rembi_widgets.terms import _sources, forget
from rembi_widgets.terms._starter import StarterLayer


@pytest.fixture(autouse=True, scope="package")
def _package_only(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REMBI_CACHE", str(tmp_path_factory.mktemp("cache")))
        patch.setattr(_sources, "layers", lambda: (StarterLayer(),))
        forget()
        yield
    forget()
