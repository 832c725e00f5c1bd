"""One request to LanguageTool, made through language-tool-python without what hurts in it.

The library knows LanguageTool's parameters and language codes.  As it comes (3.4.0) it also sends
documents through the environment's proxies, waits up to ten minutes for one answer, kills and
restarts a shared server at any I/O error, and leaves offsets in UTF-16 units.  So only its request
is replaced here, and its ``Match`` is not used at all.  The request is urllib3's own: a run makes some three thousand
for a million characters, and what ``requests`` does around each takes more than urllib3 itself does.

This module is imported where a client is made: with what the library needs for the network that takes longer than a
short text does without grammar.
"""

from __future__ import annotations

import json
from typing import Any, Literal
from urllib.parse import unquote, urlencode, urljoin

from language_tool_python import LanguageTool
from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3 import HTTPConnectionPool, Timeout, connection_from_url
from urllib3.exceptions import HTTPError, NewConnectionError, TimeoutError
from urllib3.util import Url, make_headers, parse_url

from mtclean.grammar.errors import (
    ConnectionLostError,
    DeadlineError,
    LanguageNotInstalled,
    RefusedError,
)
from mtclean.grammar.languagetool.asking import Asking
from mtclean.grammar.languagetool.lockfile import LANGUAGES

_WARM_UP = "This are a text to warm up with. He said that teh weather is nice, and they was glad."
_CONNECT = 5.0  # seconds; a server on this machine needs none
_OK = 200
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Client(LanguageTool):
    """LanguageTool asked one thing at one address, over one kept connection.

    One thread at a time may use a client: its connection and its deadline are its own.
    """

    def __init__(self, url: str, asking: Asking, deadline: float) -> None:
        """Connect to the server at *url* (its base address, without ``v2``).

        ``deadline`` is in seconds per request.
        Raises :class:`LanguageNotInstalled` and :class:`CheckError`.
        """
        self.deadline = deadline
        address = parse_url(url)
        # No proxy and no .netrc, of which urllib3 knows nothing: the text goes to *url* only.
        self._connection = _connection(address)
        self._headers = _FORM | make_headers(basic_auth=_unquoted(address.auth))
        try:
            super().__init__(language=asking.variant, remote_server=url, host="127.0.0.1")
        except ValueError as error:
            language = asking.language
            todo = f"`mtclean languages add {language}` gets them" if language in LANGUAGES else ""
            raise LanguageNotInstalled(
                f"LanguageTool has no rules for the language {language!r} here; "
                f"{todo or 'set another language, or use --no-grammar'}."
            ) from error
        if asking.only:
            self.enabled_rules = {asking.only}
            self.enabled_rules_only = True
        rules, categories = asking.left_out
        self.disabled_rules = set(rules)
        self.disabled_categories = set(categories)

    def warm_up(self) -> str:
        """Have a check made, for which the server builds all it needs for this language.

        On a fresh server this is the slow first one.  Returns LanguageTool's version.  Raises
        :class:`CheckError`.
        """
        answer = self._answer(_WARM_UP)
        return str(answer["software"]["version"])

    def matches(self, text: str) -> list[dict[str, Any]]:
        """The raw matches in *text*, with offsets in UTF-16 units.  Raises :class:`CheckError`."""
        found: list[dict[str, Any]] = self._answer(text)["matches"]
        return found

    def close(self) -> None:
        """Close the connection; the server stays."""
        self._connection.close()

    def _answer(self, text: str) -> dict[str, Any]:
        url = urljoin(self._url, "check")
        answer: dict[str, Any] = self._query_server(url, self._create_params(text), method="post")
        return answer

    def _create_params(self, text: str) -> dict[str, str]:
        """The library's parameters; lists in one order, for LanguageTool keeps a pipeline for each."""
        parameters: dict[str, str] = super()._create_params(text)
        return {
            name: value if name == "text" else ",".join(sorted(value.split(",")))
            for name, value in parameters.items()
        }

    def _query_server(
        self,
        url: str,
        params: dict[str, str] | None = None,
        num_tries: int = 1,
        method: Literal["get", "post"] = "get",
    ) -> Any:  # noqa: ANN401 -- the library's signature
        """Ask once, under the deadline; whether to ask again is decided by who knows the server."""
        asked = urlencode(params or {})
        path = parse_url(url).path
        try:
            answer = self._connection.urlopen(
                method.upper(),
                f"{path}?{asked}" if method == "get" and asked else str(path),
                body=asked if method == "post" else None,
                headers=self._headers,
                timeout=Timeout(connect=_CONNECT, read=self.deadline),
                retries=False,
                redirect=False,  # the text goes to *url* only
            )
        except NewConnectionError as error:
            raise ConnectionLostError(str(error)) from error
        except TimeoutError as error:
            raise DeadlineError(f"no answer within {self.deadline:.0f} s") from error
        except HTTPError as error:
            raise ConnectionLostError(str(error)) from error
        if answer.status != _OK:
            said = answer.data[:200].decode("utf-8", "replace")
            raise RefusedError(f"HTTP status {answer.status}: {said}")
        try:
            return json.loads(answer.data)
        except ValueError as error:
            raise RefusedError("the answer is not LanguageTool's") from error


def _connection(address: Url) -> HTTPConnectionPool:
    """A connection that is kept, made when it is first used."""
    if address.scheme == "https":
        return connection_from_url(address.url, maxsize=1, ca_certs=DEFAULT_CA_BUNDLE_PATH)
    return connection_from_url(address.url, maxsize=1)


def _unquoted(auth: str | None) -> str | None:
    """The user and password of an address as they are."""
    return auth and unquote(auth)
