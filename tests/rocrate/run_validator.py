"""Run by an interpreter that has bia-ro-crate-validator: check crates offline, print their issues as JSON.

``python run_validator.py RO_CRATE_CONTEXT CRATE_FOLDER...``

The checker asks for the context of RO-Crate 1.1 by three roads, all answered from the file named first; anything else
that it would open is refused. Its own report swallows exceptions, so the parser is called and its issues are read.
"""

import io
import json
import sys
import urllib.request
from email.message import Message
from pathlib import Path
from urllib.response import addinfourl

import pyld
import rdflib._networking
import requests
from rocrate_validator.utils.http import HttpRequester

ADDRESS = "https://w3id.org/ro/crate/1.1/context"
CONTEXT = Path(sys.argv[1]).read_bytes()


def known(url):
    if url.rstrip("/").removesuffix(".jsonld") != ADDRESS:
        msg = f"offline: {url}"
        raise OSError(msg)


def opened(request, *_args, **_named):
    url = request if isinstance(request, str) else request.full_url
    if url.startswith("file:"):
        return REAL_OPEN(request)
    known(url)
    head = Message()
    head["Content-Type"] = "application/ld+json"
    return addinfourl(io.BytesIO(CONTEXT), head, url, 200)


def got(_requester, url, **_named):
    known(url)
    response = requests.Response()
    response.status_code, response.url, response._content = 200, url, CONTEXT
    response.headers["Content-Type"] = "application/ld+json"
    return response


def loaded(url, _options=None):
    known(url)
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": json.loads(CONTEXT),
    }


REAL_OPEN = urllib.request.urlopen
urllib.request.urlopen = opened
rdflib._networking.urlopen = opened
HttpRequester.get = HttpRequester.head = got
pyld.jsonld.set_document_loader(loaded)

from bia_ro_crate.core.parser.ro_crate_parser import ROCrateParser  # noqa: E402 - it must find the replacements
from bia_ro_crate.models.ro_crate_generator_utils import generate_embeded_bia_context  # noqa: E402


def issues(folder):
    parser = ROCrateParser(folder)
    failed = None
    try:
        parser.parse()
    except ExceptionGroup:
        failed = "refused"
    except Exception as fault:  # noqa: BLE001 - whatever ends the checker is an issue of the crate
        failed = f"{type(fault).__name__}: {fault}"
    found = [f"{issue.severity}: {issue.format_message()}" for issue in parser.issues]
    return found + ([failed] if failed else [])


def main():
    found = {folder: issues(folder) for folder in sys.argv[2:]}
    json.dump({"context": generate_embeded_bia_context()["@context"], "crates": found}, sys.stdout)


if __name__ == "__main__":
    main()
