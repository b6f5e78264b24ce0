"""From a frozen Document to one PDF file that is both PDF/A-2a and PDF/UA-1.

Lives here: what stands on the paper (`document`), how it is laid out (`sheet`, `blocks`, `glyphs`, `times`), and the
separate process that draws it (`press`, `child`, `pictures`, `pdfua`). The one door is `render.pdf`.
May import nothing of ours outside this package; it knows no row.
"""
