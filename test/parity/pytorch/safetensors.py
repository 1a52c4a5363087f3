"""The safetensors format, as far as it is needed here: tensors of f32 and i32 by name."""

import json

import numpy as np

KINDS = {"F32": np.float32, "I32": np.int32}


def encode(tensors, metadata):
    """The bytes of a file; the same tensors give the same bytes."""
    header, data = {"__metadata__": metadata}, b""
    for name, values in sorted(tensors.items()):
        kind = next(kind for kind, dtype in KINDS.items() if values.dtype == dtype)
        begin = len(data)
        data += np.ascontiguousarray(values).tobytes()
        header[name] = {"dtype": kind, "shape": list(values.shape), "data_offsets": [begin, len(data)]}
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return len(text).to_bytes(8, "little") + text + data


def decode(content):
    """The tensors by name."""
    start = 8 + int.from_bytes(content[:8], "little")
    header = json.loads(content[8:start])
    return {
        name: np.frombuffer(content[start:][slice(*entry["data_offsets"])], KINDS[entry["dtype"]]).reshape(entry["shape"])
        for name, entry in header.items()
        if name != "__metadata__"
    }
