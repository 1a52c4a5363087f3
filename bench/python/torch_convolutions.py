"""Convolutions, each on its own, in PyTorch: `torch_convolutions.py LIST --threads N [--channels-last]`."""

import argparse
import json

import torch

from protocol import serve

arguments = argparse.ArgumentParser()
arguments.add_argument("list", type=json.loads)
arguments.add_argument("--threads", type=int, required=True)
arguments.add_argument("--channels-last", action="store_true")
options = arguments.parse_args()


def start():
    torch.set_num_threads(options.threads)
    bodies = {str(index): body(convolution) for index, convolution in enumerate(options.list)}
    return {"version": f"torch {torch.__version__}"}, bodies


def body(convolution):
    """Shapes come channels last, kernels as …IO; padding is made as large on both sides."""
    attributes = convolution["attributes"]
    first, second = convolution["inputs"]
    settings = [
        attributes["strides"],
        [max(sides) for sides in attributes["padding"]],
        attributes["dilations"],
        False,
        [0] * len(attributes["strides"]),
        attributes["groups"],
    ]
    if convolution["op"] == "conv":
        x, kernel, result = images(first), kernels(second), convolution["shape"]
    elif convolution["op"] == "conv_input_grad":
        x, kernel, result = images(convolution["shape"]), kernels(second), first
    else:
        x, kernel, result = images(first), kernels(convolution["shape"]), second
    dy = torch.ops.aten.convolution(x, kernel, None, *settings)
    if dy.shape != images(result).shape:
        raise ValueError(f"no padding makes {result} of {list(x.shape)}")
    if convolution["op"] == "conv":
        return lambda: torch.ops.aten.convolution(x, kernel, None, *settings)
    wanted = [convolution["op"] == "conv_input_grad", convolution["op"] == "conv_filter_grad", False]
    return lambda: torch.ops.aten.convolution_backward(dy, x, kernel, None, *settings, wanted)


def images(shape):
    return laid_out(torch.rand(shape).movedim(-1, 1))


def kernels(shape):
    return laid_out(torch.rand(shape).movedim([-1, -2], [0, 1]))


def laid_out(tensor):
    layouts = {4: torch.channels_last, 5: torch.channels_last_3d} if options.channels_last else {}
    return tensor.contiguous(memory_format=layouts.get(tensor.dim(), torch.contiguous_format))


serve(start)
