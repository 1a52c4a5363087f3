"""What a model gives: its networks, what they are fed, and what each update minimises."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional as F


@dataclass
class Update:
    """`optimizer` holds what the spec writes there: lr, beta1, beta2."""

    network: str
    loss: Callable[[], torch.Tensor]
    optimizer: dict[str, float]


@dataclass
class Game:
    networks: dict[str, nn.Module]
    layers: dict[str, nn.Module]
    """Every layer that keeps something, by its path in the spec."""
    data: dict[str, torch.Tensor]
    """The batch, by the names of the program's inputs."""
    draws: dict[str, torch.Tensor]
    """Random numbers, by the place at which the spec draws them."""
    updates: list[Update]
    """In their order."""
    sample: Callable[[dict[str, torch.Tensor]], torch.Tensor]
    """What G makes of its inputs when it is sampled."""
    sample_inputs: dict[str, torch.Tensor]
    slow: tuple[str, ...] = ()
    """Layers that learn a hundred times slower than the rest."""


def bce(score, target):
    return F.binary_cross_entropy_with_logits(score, torch.full_like(score, target))
