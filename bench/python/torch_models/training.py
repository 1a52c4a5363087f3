"""What the models train with."""

import torch
from torch.nn import functional as F


def adam(network, lr, betas=(0.9, 0.999)):
    return torch.optim.Adam(network.parameters(), lr=lr, betas=betas, fused=True)


def minimize(loss, network, optimizer, retain_graph=False):
    """Moves the weights of one network; the gradients of others are not computed."""
    differentiate(loss, network, retain_graph)
    optimizer.step()


def differentiate(loss, network, retain_graph=False):
    weights = list(network.parameters())
    gradients = torch.autograd.grad(loss, weights, retain_graph=retain_graph)
    for weight, gradient in zip(weights, gradients):
        weight.grad = gradient


def bce(score, target):
    return F.binary_cross_entropy_with_logits(score, torch.full_like(score, target))


class Average:
    """The moving average of a network's weights."""

    def __init__(self, network, decay):
        self.weights = list(network.parameters())
        self.values = [weight.detach().clone() for weight in self.weights]
        self.decay = decay

    @torch.no_grad()
    def update(self):
        torch._foreach_lerp_(self.values, self.weights, 1 - self.decay)
