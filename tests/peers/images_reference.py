"""Arrays as NumPy writes them and a picture as Pillow writes and reads it, for the tests of NpyFile and JpegFile (Data/Reference/images.txt)."""
import base64
import io

import numpy as np
from PIL import Image


def npy(array):
    out = io.BytesIO()
    np.save(out, array)
    return base64.b64encode(out.getvalue()).decode()


for array in (np.arange(6, dtype=np.float32).reshape(2, 3) / 4, np.array([[-1, 3], [7, 2**40]]), np.array(2.5), np.zeros((0, 3), np.uint8),
              np.asfortranarray(np.ones((2, 3))), np.arange(3, dtype=np.complex64)):
    print(array.dtype.str, array.shape, npy(array))

# Slow waves of colour, so that what decoders do differently between the coarse samples of colour is small.
y, x = np.mgrid[0:13, 0:21]
picture = np.stack([128 + 90 * np.sin(x / 9), 128 + 90 * np.cos(y / 7), 100 + 4 * x + 2 * y], -1).astype(np.uint8)
for name, options, image in (("4:2:0", {"subsampling": 2}, Image.fromarray(picture)), ("4:4:4", {"subsampling": 0}, Image.fromarray(picture)),
                             ("progressive", {"progressive": True}, Image.fromarray(picture)), ("grey", {}, Image.fromarray(picture[..., 0]))):
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90, **options)
    back = np.asarray(Image.open(io.BytesIO(out.getvalue())).convert("RGB"))
    print(name, back.shape, base64.b64encode(out.getvalue()).decode(), back[3, 5].tolist(), back[10, 18].tolist(), back.mean((0, 1)).round(3).tolist())
