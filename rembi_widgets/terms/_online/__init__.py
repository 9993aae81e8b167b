"""The online service (OLS4), which only adds to what is there: never waited for, and switched off by one setting."""

from __future__ import annotations

from rembi_widgets.terms._online._answers import OnlineTerm
from rembi_widgets.terms._online._client import Client, OnlineAnswer
from rembi_widgets.terms._online._settings import BASE, Settings
from rembi_widgets.terms._online._topup import TopUp, forget_shared, online, shared

__all__ = ["BASE", "Client", "OnlineAnswer", "OnlineTerm", "Settings", "TopUp", "forget_shared", "online", "shared"]
