#!/usr/bin/python3
"""The peer: how an analyst of a marketing team would clean a base in an afternoon.

    peer_pandas.py CONTACTS(.csv|.xlsx) OPTOUTS.csv COMPLAINTS.csv CLEAN(.csv|.xlsx) DECISIONS.db

Reads the contacts, brings phones to E.164 (Russia by default), drops rows with no valid phone, repeated phones,
and phones that are on the opt-outs or complaints list, writes the rest, and keeps a table of what became of each row,
with the country and the type of its number and two indexes. It does much less than cleanbase: no consent, no links
between contacts, no evidence, nothing that could be proven.

Prints the seconds of each step, the whole, the peak of memory, and what became of the rows.
On Debian: apt-get install python3-pandas python3-openpyxl python3-xlsxwriter python3-phonenumbers
"""
import re
import os
import resource
import sqlite3
import sys
import time

import pandas as pd
import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

SEVERAL = re.compile(r"[,;/\n]+")
DECIMALS = re.compile(r"\.0+$")


class Clock:
    """Prints what each step took."""

    def __init__(self):
        self.begin = self.last = time.perf_counter()

    def step(self, name):
        now = time.perf_counter()
        print(f"{name:<12}{now - self.last:9.2f} s", flush=True)
        self.last = now

    def total(self):
        print(f"{'total':<12}{time.perf_counter() - self.begin:9.2f} s")
        print(f"{'peak memory':<12}{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:9.0f} MB")


def read_table(path):
    """Every cell as text, blank ones as nothing."""
    if path.lower().endswith(".xlsx"):
        return pd.read_excel(path, dtype=str, keep_default_na=False, engine="openpyxl")
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def read_number(cell):
    """The first valid number of a cell: E.164, country and type; or three times None."""
    for piece in SEVERAL.split(cell):
        piece = DECIMALS.sub("", piece.strip().lstrip("'"))
        if not piece:
            continue
        try:
            number = phonenumbers.parse(piece, "RU")
        except NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return (phonenumbers.format_number(number, PhoneNumberFormat.E164), phonenumbers.region_code_for_number(number),
                    PhoneNumberType.to_string(phonenumbers.number_type(number)))
    return None, None, None
    return None


def listed(path):
    """The phones of a suppression list."""
    return {e164 for e164, _, _ in read_table(path)["phone"].map(read_number) if e164}


def write_table(frame, path):
    if path.lower().endswith(".xlsx"):
        frame.to_excel(path, index=False, engine="xlsxwriter")
    else:
        frame.to_csv(path, index=False)


def keep_decisions(frame, e164, fate, path):
    """One row a record in a new SQLite file, found by phone and by fate."""
    if os.path.exists(path):
        os.remove(path)
    rows = pd.DataFrame({"row": range(2, len(frame) + 2), "id": frame["id"], "phone": frame["phone"], "e164": e164["e164"],
                         "country": e164["country"], "type": e164["type"], "fate": fate})
    with sqlite3.connect(path) as db:
        rows.to_sql("decision", db, index=False)
        db.execute("CREATE INDEX decision_e164 ON decision(e164)")
        db.execute("CREATE INDEX decision_fate ON decision(fate)")


def main(contacts, optouts, complaints, clean, decisions):
    clock = Clock()
    frame = read_table(contacts)
    clock.step("read")
    numbers = pd.DataFrame(frame["phone"].map(read_number).tolist(), columns=["e164", "country", "type"], index=frame.index)
    e164 = numbers["e164"]
    clock.step("phones")
    refused, complained = listed(optouts), listed(complaints)
    clock.step("lists")
    fate = pd.Series("clean", index=frame.index)
    fate[e164.duplicated()] = "duplicate"
    fate[e164.isin(refused)] = "opted out"
    fate[e164.isin(complained)] = "complained"
    fate[e164.isna()] = "no phone"
    clock.step("decide")
    keep = fate == "clean"
    write_table(frame[keep].assign(phone=e164[keep]), clean)
    clock.step("write")
    keep_decisions(frame, numbers, fate, decisions)
    clock.step("decisions")
    clock.total()
    print(", ".join(f"{name} {n}" for name, n in fate.value_counts().sort_index().items()))


if __name__ == "__main__":
    if len(sys.argv) != 6:
        sys.exit(__doc__)
    main(*sys.argv[1:])
