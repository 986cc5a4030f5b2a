"""The text of a PDF, as it can be searched."""

import pypdfium2 as pdfium


def read_sheets(content: bytes) -> list[str]:
    """Return the text of each sheet, its words one space apart."""
    document = pdfium.PdfDocument(content)
    try:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()
