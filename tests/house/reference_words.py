"""The words of the field reference that only the docs say."""

from __future__ import annotations

from typing import Any

WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "this": "This page in English.",
        "colon": ":",
        "contents": "Contents",
        "field": "Field",
        "module": "Module",
        "rows_of": "Rows in",
        "path": "In the record",
        "record": "In the record",
        "kind": "Takes",
        "example": "Example",
        "avoid": "Better not",
        "use_required": "at least one is needed",
        "use_used": "asked for where there is one",
        "use_no": "not asked for",
        "made": "This page is made from the guide that the forms and checks are made from, by "
        "`python -m tests.house.reference`; a test holds that it is true.",
        "legend": "**required**: the target refuses a record without it. recommended: a curator would ask for it. "
        "optional: it helps others.\n"
        "In the BioImage Archive’s file lists only those columns are written in which files differ; what all images of "
        "an acquisition have in common stands in its attribute `Image data`.\n"
        "ISA-JSON holds what the ISA-Tab holds, under the same names. "
        "A field that is not in a target’s row is not written there. Sheets and columns of the workbook bear these "
        "labels in the language in which it is written. OMERO’s places are those in which these values are kept there.",
        "kinds": {
            "text": "a line of text",
            "long": "a text",
            "number": "a number",
            "quantity": "a number with its unit",
            "date": "a date, year-month-day",
            "choice": "one choice",
            "choices": "one or more choices",
            "flag": "yes or no",
            "texts": "one or more texts",
            "term": "a term of an ontology, or your own words",
            "terms": "one or more terms of an ontology, or your own words",
            "ref": "something described elsewhere in the record",
            "refs": "one or more things described elsewhere in the record",
            "rows": "rows of its own",
            "url": "an address that begins with https://",
            "email": "an e-mail address",
            "orcid": "an ORCID",
            "ror": "the ROR of an organisation",
            "doi": "a DOI",
        },
    },
    "fr": {
        "this": "Cette page en français.",
        "colon": " :",
        "contents": "Sommaire",
        "field": "Champ",
        "module": "Module",
        "rows_of": "Lignes de",
        "path": "Dans la fiche",
        "record": "Dans la fiche",
        "kind": "Accepte",
        "example": "Exemple",
        "avoid": "À éviter",
        "use_required": "il en faut au moins un",
        "use_used": "demandé s’il y en a",
        "use_no": "non demandé",
        "made": "Cette page est tirée du guide d’où viennent aussi les formulaires et les contrôles, par "
        "`python -m tests.house.reference` ; un test vérifie qu’elle dit vrai.",
        "legend": "**obligatoire** : la destination refuse une fiche qui ne l’a pas. recommandé : un curateur le "
        "demanderait. facultatif : il aide les autres.\n"
        "Dans les listes de fichiers de la BioImage Archive, seules les colonnes où les fichiers diffèrent sont "
        "écrites ; ce que toutes les images d’une acquisition ont en commun est dans son attribut `Image data`.\n"
        "ISA-JSON contient ce que contient l’ISA-Tab, sous les mêmes noms. "
        "Un champ sans ligne pour une destination n’y est pas écrit. Les feuilles et colonnes du classeur portent ces "
        "libellés, dans la langue où il est écrit. Pour OMERO, il s’agit des endroits où ces valeurs y sont rangées.",
        "kinds": {
            "text": "une ligne de texte",
            "long": "un texte",
            "number": "un nombre",
            "quantity": "un nombre avec son unité",
            "date": "une date, année-mois-jour",
            "choice": "un choix",
            "choices": "un ou plusieurs choix",
            "flag": "oui ou non",
            "texts": "un ou plusieurs textes",
            "term": "un terme d’une ontologie, ou vos propres mots",
            "terms": "un ou plusieurs termes d’une ontologie, ou vos propres mots",
            "ref": "une chose décrite ailleurs dans la fiche",
            "refs": "une ou plusieurs choses décrites ailleurs dans la fiche",
            "rows": "des lignes à part",
            "url": "une adresse qui commence par https://",
            "email": "une adresse e-mail",
            "orcid": "un ORCID",
            "ror": "le ROR d’une organisation",
            "doi": "un DOI",
        },
    },
}
"""Language to name to words; ``kinds`` tells what a field of each kind takes."""
