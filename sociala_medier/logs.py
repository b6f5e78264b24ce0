"""What is kept out of the log, whoever writes it."""

import logging
import re

# The link in a chef's letter is a key.
LINK = re.compile(r"(/hanvisning/)[^/\s'\"]+")


class WithoutLinks(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if "/hanvisning/" in said:
            record.msg, record.args = LINK.sub(r"\1…", said), None
        return True
