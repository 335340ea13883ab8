"""Most tests of the door look at one row or one file: the rules between returns rest unless a module asks for them."""

import pytest

from throughline.door import checking


@pytest.fixture(autouse=True, scope="module")
def rules_between_returns_rest(request):
    """A lone row has no parent, and is not what these tests are about; RULES_BETWEEN_RETURNS = True wakes the rules."""
    with pytest.MonkeyPatch.context() as patch:
        if not getattr(request.module, "RULES_BETWEEN_RETURNS", False):
            patch.setattr(checking, "find_between_returns", lambda sent: {})
            patch.setattr(checking, "find_put_aside", lambda sent, accepted: {})
        yield
