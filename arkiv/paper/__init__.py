"""From a frozen Document to one PDF file that is both PDF/A-2a and PDF/UA-1.

Lives here: what stands on the paper (`document`), how it is laid out (`sheet`, `blocks`, `glyphs`, `times`), and the
separate process that draws it (`press`, `child`, `pictures`, `pdfua`, `raster`). The doors are
`render.pdf` and, for its pages as pictures, `render.pictures`.
May import nothing of ours outside this package; it knows no row.
"""
