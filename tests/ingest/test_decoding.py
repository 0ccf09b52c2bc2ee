"""Bytes become text by what says so, and never by a guess."""

import codecs

import pytest

from sources.ingest.decoding import ENCODINGS, decode
from sources.ingest.draft import Refusal

ARABIC = "فتح الجسر القديم"
TURKISH = "köprü açıldı, şimdi"


def page(declaration, text=ARABIC, encoding="utf-8"):
    return f"<html><head>{declaration}<title>{text}</title>".encode(encoding)


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        pytest.param(ARABIC.encode(), "utf-8", id="UTF-8 says itself"),
        pytest.param(b"plain", "utf-8", id="ASCII is UTF-8"),
        pytest.param(b"", "utf-8", id="nothing is too"),
        pytest.param(codecs.BOM_UTF8 + ARABIC.encode(), "utf-8", id="with its mark"),
        pytest.param(ARABIC.encode("utf-16"), "utf-16le", id="UTF-16 by its mark"),
        pytest.param(
            codecs.BOM_UTF16_BE + ARABIC.encode("utf-16-be"),
            "utf-16be",
            id="turned round",
        ),
    ],
)
def test_a_text_without_a_choice(content, encoding):
    decoded = decode(content)
    assert decoded.text in {ARABIC, "plain", ""}
    assert decoded.encoding == encoding


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_text_in_the_encoding_that_was_chosen(encoding):
    codec = ENCODINGS[encoding]
    text = next(
        text
        for text in (ARABIC, TURKISH, "мост открыт", "le pont coûte 5 €")
        if text.encode(codec, "replace").decode(codec) == text
    )
    assert decode(text.encode(codec), chosen=encoding) == (text, encoding)


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("cp1256", "windows-1256"),
        ("CP1256", "windows-1256"),
        ("windows_1256", "windows-1256"),
        ("arabic", "iso-8859-6"),
        ("utf8", "utf-8"),
    ],
)
def test_an_encoding_has_several_names(name, encoding):
    assert decode(b"a", chosen=name).encoding == encoding


@pytest.mark.parametrize(
    ("declaration", "encoding"),
    [
        ('<meta charset="windows-1256">', "windows-1256"),
        ("<META CHARSET=windows-1256>", "windows-1256"),
        (
            '<meta http-equiv="Content-Type" content="text/html; charset=windows-1256">',
            "windows-1256",
        ),
        ("<meta content='text/html;charset=iso-8859-6' http-equiv=x>", "iso-8859-6"),
        ('<?xml version="1.0" encoding="cp1256"?>', "windows-1256"),
    ],
)
def test_a_page_declares_its_encoding(declaration, encoding):
    content = page(declaration, encoding=ENCODINGS[encoding])
    decoded = decode(content, is_page=True)
    assert (ARABIC in decoded.text, decoded.encoding) == (True, encoding)


@pytest.mark.parametrize(
    ("label", "text", "encoding"),
    [
        ("iso-8859-1", "“open”", "windows-1252"),
        ("latin1", "“open”", "windows-1252"),
        ("us-ascii", "“open”", "windows-1252"),
        ("iso-8859-9", "“açık”", "windows-1254"),
    ],
)
def test_some_labels_mean_what_browsers_read(label, text, encoding):
    content = page(f'<meta charset="{label}">', text, ENCODINGS[encoding])
    decoded = decode(content, is_page=True)
    assert (text in decoded.text, decoded.encoding) == (True, encoding)


@pytest.mark.parametrize("label", ["utf-16", "UTF-16LE"])
def test_a_declaration_that_cannot_be_true_is_none(label):
    decoded = decode(page(f'<meta charset="{label}">'), is_page=True)
    assert decoded.encoding == "utf-8"


def test_only_a_page_declares():
    with pytest.raises(Refusal):
        decode(page('<meta charset="cp1256">', encoding="cp1256"))


def test_what_a_person_chose_stands_above_what_a_page_declares():
    content = page('<meta charset="windows-1252">', encoding="cp1256")
    assert ARABIC in decode(content, chosen="cp1256", is_page=True).text


BAD = [
    pytest.param(b"ab\n\ncd\xe4", "", 3, "0xE4 at offset 6 is not utf-8", id="a byte"),
    pytest.param(
        ARABIC.encode("cp1256"), "", 1, "windows-1256, iso-8859-6", id="offers"
    ),
    pytest.param(ARABIC.encode()[:-1], "", 1, "0xD9", id="half a letter"),
    pytest.param(b"a\r\n\xff", "", 2, "0xFF", id="no mark"),
    pytest.param(b"\xc0\x80", "", 1, "0xC0", id="an overlong form"),
    pytest.param(b"\xed\xa0\x80", "", 1, "0xED", id="half a surrogate pair"),
    pytest.param(b"\xf4\x90\x80\x80", "", 1, "0xF4", id="beyond Unicode"),
    pytest.param(codecs.BOM_UTF8 + b"a\n\xe4", "", 2, "offset 5", id="behind the mark"),
    pytest.param(b"a\n\0", "", 2, "U+0000", id="NUL"),
    pytest.param("نص".encode("utf-16-le"), "", 1, "U+0006", id="UTF-16 without a mark"),
    pytest.param("a\nb".encode("utf-16-be"), "", 1, "U+0000", id="Latin UTF-16"),
    pytest.param(codecs.BOM_UTF16_LE + b"a", "", 1, "utf-16le", id="half a unit"),
    pytest.param(codecs.BOM_UTF16_LE + b"\x00\xd8a\0", "", 1, "utf-16le", id="lonely"),
    pytest.param(codecs.BOM_UTF32_LE + b"a\0\0\0", "", 1, "U+0000", id="UTF-32"),
    pytest.param(
        b"a\n\xa1", "iso-8859-6", 2, "0xA1 at offset 2 is not iso", id="a gap"
    ),
    pytest.param(b"\x81", "windows-1252", 1, "0x81", id="another gap"),
    pytest.param(codecs.BOM_UTF8 + b"a", "cp1256", None, "mark of utf-8", id="mark 8"),
    pytest.param(codecs.BOM_UTF16_LE, "utf-8", None, "mark of utf-16le", id="mark 16"),
    pytest.param(b"a", "cp1265", None, "did you mean", id="misspelt"),
    pytest.param(b"a", "klingon", None, "did you mean", id="unknown"),
    pytest.param(b"a", "rot13", None, "did you mean", id="no encoding of text"),
    pytest.param(b"a", "zlib", None, "did you mean", id="a compression"),
    pytest.param(b"a", "idna", None, "did you mean", id="of host names"),
    pytest.param(b"a", "utf-16", None, "did you mean utf-16", id="which way round"),
    pytest.param(b"a", "x" * 1000, None, "did you mean", id="a long name"),
    pytest.param(b"a", "a\0b", None, "did you mean", id="NUL in a name"),
]


@pytest.mark.parametrize(("content", "chosen", "line", "reason"), BAD)
def test_bytes_that_do_not_fit_are_refused(content, chosen, line, reason):
    with pytest.raises(Refusal) as refused:
        decode(content, chosen=chosen)
    assert refused.value.field == "encoding"
    assert refused.value.place.line == line
    assert reason in refused.value.reason
    assert len(refused.value.reason) < 250


BAD_PAGES = [
    pytest.param(
        page('<meta charset="cp1256">'), "its bytes are UTF-8", id="saved anew"
    ),
    pytest.param(
        page('<meta charset="latin1">'), "its bytes are UTF-8", id="saved too"
    ),
    pytest.param(page('<meta charset="x-klingon">'), "did you mean", id="unknown"),
    pytest.param(page("", encoding="cp1256"), "is not utf-8", id="undeclared"),
    pytest.param(
        page('<meta charset="utf-8">', encoding="cp1256"), "is not utf-8", id="untrue"
    ),
    pytest.param(
        page("<!--" + "x" * 5000 + '--><meta charset="cp1256">', encoding="cp1256"),
        "is not utf-8",
        id="declared too late",
    ),
]


@pytest.mark.parametrize(("content", "reason"), BAD_PAGES)
def test_a_page_that_contradicts_itself_is_refused(content, reason):
    with pytest.raises(Refusal, match=reason):
        decode(content, is_page=True)
