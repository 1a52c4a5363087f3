"""
From PyTorch's layouts to those of a spec: kernels end in their channels, tables and matrices are used from the left.

    Linear           [out, in]          -> kernel [in, out]
    Conv2d           [out, in, h, w]    -> kernel [h, w, in, out]
    ConvTranspose2d  [in, out, h, w]    -> kernel [h, w, out, in]
    pictures         [n, c, h, w]       -> [n, h, w, c]
"""

from dataclasses import dataclass

import torch
from torch import nn

from .layers import BatchNorm, ConditionalBatchNorm, ModulatedConv2d, SelfAttention


@dataclass
class Entry:
    """A tensor of PyTorch, where it lies in the state of a spec, and in which order its axes lie there."""

    path: str
    tensor: torch.Tensor
    axes: tuple[int, ...] | None = None

    def laid_out(self, tensor):
        return tensor if self.axes is None else tensor.permute(self.axes)


HWIO = (2, 3, 1, 0)


def entries(path, module):
    """What the layer at `path` keeps: its weights, and the statistics that move."""
    if isinstance(module, nn.Parameter):
        return [Entry(path, module)]
    if isinstance(module, SelfAttention):
        projections = [weight(f"{path}/{name}", getattr(module, name), HWIO) for name in ("theta", "phi", "g", "out")]
        return [*sum(projections, []), Entry(f"{path}/gamma", module.gamma)]
    if isinstance(module, ModulatedConv2d):
        affine = [*weight(f"{path}/affine", module.affine, (1, 0)), Entry(f"{path}/affine_bias", module.affine.bias)]
        return [*entries(path, module.conv), *affine]
    if isinstance(module, BatchNorm):
        if isinstance(module, ConditionalBatchNorm):
            scales = [("gamma", module.gamma_of.weight), ("beta", module.beta_of.weight)]
        else:
            scales = [("gamma", module.gamma), ("beta", module.beta)]
        statistics = [("moving_mean", module.moving_mean), ("moving_variance", module.moving_variance)]
        return [Entry(f"{path}/{name}", tensor) for name, tensor in [*scales, *statistics]]
    if isinstance(module, nn.Embedding):
        return weight(f"{path}/table", module, None)
    axes = (1, 0) if isinstance(module, nn.Linear) else HWIO
    bias = [] if module.bias is None else [Entry(f"{path}/bias", module.bias)]
    return [*weight(f"{path}/kernel", module, axes), *bias]


def weight(path, module, axes):
    """The weight of a module as it is trained, and the vector that its spectral norm keeps."""
    held = getattr(module, "parametrizations", None)
    if held is None:
        return [Entry(path, module.weight, axes)]
    u = getattr(held.weight[0], "u", None)
    kept = [] if u is None else [Entry(f"{path}/spectral_norm/u", u)]
    return [Entry(path, held.weight.original, axes), *kept]
