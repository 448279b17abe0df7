"""Tables of results as Markdown, and the means behind them."""
import sys


def progress(*parts):
    print("  " + " ".join(str(part) for part in parts), file=sys.stderr, flush=True)


def mean(values):
    values = [value for value in values if value is not None and value == value]
    return sum(values) / len(values) if values else float("nan")


def figure(value, digits=3):
    text = "-" if value is None or value != value else f"{value:.{digits}f}"
    return text[1:] if text.startswith("0.") else text


def table(head, rows):
    print("| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |")
    print(flush=True)
