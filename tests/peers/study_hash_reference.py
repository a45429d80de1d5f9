"""The hash of plain values as studies know their cells by it, from its description: every text as its length (int64, little endian) and its UTF-8 bytes,
every number as int64; a value is the text of its kind and then its content."""
import hashlib
import struct

form = hashlib.sha256()


def number(value):
    form.update(struct.pack("<q", value))


def text(value):
    data = value.encode()
    number(len(data))
    form.update(data)


text("text")
text("text")
text("System.Int32")
text("3")
text("double")
form.update(struct.pack("<d", 2.5))
text("list")
number(2)
for truth in ("True", "False"):
    text("System.Boolean")
    text(truth)
text("Polytask.Activation")
text("GELU")
print(form.hexdigest().upper())
