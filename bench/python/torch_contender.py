"""PyTorch as a contender: `torch_contender.py MODEL --threads N [--channels-last] [--compile]`."""

import argparse

import torch
import torch._functorch.config
from torch_models import MODELS

from protocol import serve

arguments = argparse.ArgumentParser()
arguments.add_argument("model")
arguments.add_argument("--threads", type=int, required=True)
arguments.add_argument("--channels-last", action="store_true")
arguments.add_argument("--compile", action="store_true")
options = arguments.parse_args()


def start():
    torch.set_num_threads(options.threads)
    networks, step = MODELS[options.model](prepare, laid_out)
    weights = sum(weight.numel() for network in networks for weight in network.parameters())
    return {"weights": weights, "version": f"torch {torch.__version__}"}, {"step": step}


def prepare(network):
    """A network as this contender trains it."""
    network = laid_out(network)
    if options.compile:
        # Two losses share a forward pass, so what its backward pass needs has to outlive the first.
        torch._functorch.config.donated_buffer = False
        network.compile()
    return network


def laid_out(thing):
    """A network or a batch in this contender's memory format."""
    if not options.channels_last:
        return thing
    if isinstance(thing, torch.Tensor):
        layout = {4: torch.channels_last, 5: torch.channels_last_3d}.get(thing.dim())
        return thing.contiguous(memory_format=layout) if layout else thing
    return thing._apply(laid_out)


serve(start)
