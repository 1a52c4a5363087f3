"""
Writes the fixtures of this folder with PyTorch: `python test/parity/make_fixtures.py [FOLDER]`.

For every spec here, the same networks in plain PyTorch: their weights before, what they are fed, what they give when sampled,
the losses of one training step, and all that the step leaves (weights, moving statistics, the slots of Adam). Everything
is computed in float64 from numbers that are exact in f32, and lies in the file as a spec lays it out.
"""

import sys
from pathlib import Path

import numpy as np
import torch
from torch.nn.utils import parametrize

from pytorch.layers import moving
from pytorch.layouts import entries
from pytorch.models import MODELS
from pytorch.safetensors import encode

SEED = 1


class Draw:
    """Random numbers that are exact in f32. NumPy keeps what this generator gives as it is, whatever its version."""

    def __init__(self, seed):
        self.state = np.random.RandomState(seed)

    def normal(self, *shape):
        return torch.from_numpy(self.state.standard_normal(shape).astype(np.float32)).double()

    def share(self, *shape):
        return torch.from_numpy(self.state.random_sample(shape).astype(np.float32)).double()

    def uniform(self, *shape):
        return torch.from_numpy(self.state.uniform(-1, 1, shape).astype(np.float32)).double()

    def label(self, classes, *shape):
        return torch.from_numpy(self.state.randint(classes, size=shape))


def first_state(path, shape, draw):
    """Weights that are no accident: scales near 1, shifts near 0, kernels that keep the size of what flows through."""
    name = path.split("/")[-1]
    if name == "moving_variance":
        return 0.5 + draw.share(*shape)
    if name in ("gamma", "affine_bias") and len(shape) == 1:
        return 1 + 0.25 * draw.normal(*shape)
    if name in ("bias", "beta", "gamma", "moving_mean", "strength"):
        return 0.25 * draw.normal(*shape)
    if name == "u" or "styled" in path or "colours" in path or "learned" in path:
        return draw.normal(*shape)
    return draw.normal(*shape) / np.prod(shape[1:]) ** 0.5


def stored(tensor):
    """As it lies in the file: channels last, f32 or i32."""
    values = tensor.detach()
    if values.dim() == 4:
        values = values.permute(0, 2, 3, 1)
    return values.numpy().astype(np.float32 if values.is_floating_point() else np.int32)


def fixture(model):
    draw = Draw(SEED)
    game = model(draw)
    kept = [entry for path, layer in game.layers.items() for entry in entries(path, layer)]
    with torch.no_grad():
        for entry in kept:
            values = first_state(entry.path, entry.tensor.shape, draw)
            entry.tensor.copy_(values.float().double())
    tensors = {}

    def store(prefix, values):
        for path, tensor in values.items():
            tensors[f"{prefix}/{path}"] = stored(tensor)

    def store_state(prefix):
        for entry in kept:
            tensors[f"{prefix}/{entry.path}"] = entry.laid_out(entry.tensor).detach().numpy().astype(np.float32)

    store_state("before")
    store("data", game.data)
    store("draw", game.draws)
    for network in game.networks.values():
        network.eval()
    store("sample", game.sample_inputs)
    with parametrize.cached():
        store("sample", {"G": game.sample(game.sample_inputs)})
    for network in game.networks.values():
        network.train()

    for update in game.updates:
        for name, network in game.networks.items():
            moving(network, name == update.network)
        trained = [entry for entry in kept if entry.path.startswith(f"{update.network}/") and entry.tensor.requires_grad]
        with parametrize.cached():
            # A kernel that is used several times in an update is normalized once.
            loss = update.loss()
            gradients = torch.autograd.grad(loss, [entry.tensor for entry in trained])
        tensors[f"loss/{update.network}"] = stored(loss)
        for entry, gradient in zip(trained, gradients):
            entry.tensor.grad = gradient
        step(trained, update.optimizer, game.slow, tensors)
    store_state("after")
    return tensors


def step(trained, options, slow, tensors):
    """One step of Adam, the first; what it keeps is stored under `after`."""
    beta1, beta2 = options["beta1"], options.get("beta2", 0.999)
    adam = torch.optim.Adam(
        [
            {"params": [entry.tensor], "lr": options["lr"] * (0.01 if entry.path.startswith(slow) else 1)}
            for entry in trained
        ],
        betas=(beta1, beta2),
    )
    adam.step()
    for entry in trained:
        slots = {"v": "exp_avg_sq", **({"m": "exp_avg"} if beta1 > 0 else {})}
        for slot, name in slots.items():
            values = entry.laid_out(adam.state[entry.tensor][name])
            tensors[f"after/adam/{entry.path}/{slot}"] = values.numpy().astype(np.float32)


def main(folder):
    torch.set_default_dtype(torch.float64)
    for name, model in MODELS.items():
        content = encode(fixture(model), {"made by": "test/parity/make_fixtures.py", "spec": f"{name}.gan"})
        (folder / f"{name}.safetensors").write_bytes(content)
        print(f"{name}: {len(content)} bytes", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
