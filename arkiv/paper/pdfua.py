"""The last touch on the PDF: what PDF/A-2a and PDF/UA-1 ask for and WeasyPrint does not write by itself."""

from typing import Any

from weasyprint import Document

# ISO 14289-1 5: the file says itself that it is PDF/UA-1; ISO 19005-2 6.6.2.3 wants the schema of such words described.
UA_SCHEMA = b"""<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"\
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description>\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description></rdf:RDF>"""


def finish(document: Document, pdf: Any) -> None:
    """WeasyPrint calls this when every object is made and none is written."""
    _declare_ua(pdf)
    for item in pdf.objects:
        dictionary = item if isinstance(item, dict) else getattr(item, "extra", None) or {}
        # Colour emoji are bitmaps that no style sheet reaches; ISO 19005-2 6.2.8 forbids smoothing them.
        if "Interpolate" in dictionary:
            dictionary["Interpolate"] = "false"
        # Every header cell of the paper heads its row.
        if dictionary.get("S") == "/TH" and "A" in dictionary:
            dictionary["A"]["Scope"] = "/Row"


def _declare_ua(pdf: Any) -> None:
    metadata: Any = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    written = b"".join(part if isinstance(part, bytes) else str(part).encode() for part in metadata.stream)
    metadata.stream = [written.replace(b"</rdf:RDF>", UA_SCHEMA, 1)]
