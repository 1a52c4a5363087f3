"""The models in PyTorch. Each gives its networks and one training step."""

import torch
from torch import nn
from torch.nn import functional as F


def dcgan(prepare, laid_out, batch=64):
    """The TensorFlow tutorial's: both gradients from one batch of fakes, then both updates."""
    G = prepare(
        nn.Sequential(
            nn.Linear(100, 7 * 7 * 256, bias=False),
            nn.BatchNorm1d(7 * 7 * 256),
            nn.LeakyReLU(0.3),
            nn.Unflatten(1, (256, 7, 7)),
            nn.ConvTranspose2d(256, 128, 5, stride=1, padding=2, bias=False),
            nn.BatchNorm2d(128),
            nn.LeakyReLU(0.3),
            nn.ConvTranspose2d(128, 64, 5, stride=2, padding=2, output_padding=1, bias=False),
            nn.BatchNorm2d(64),
            nn.LeakyReLU(0.3),
            nn.ConvTranspose2d(64, 1, 5, stride=2, padding=2, output_padding=1, bias=False),
            nn.Tanh(),
        )
    )
    D = prepare(
        nn.Sequential(
            nn.Conv2d(1, 64, 5, stride=2, padding=2),
            nn.LeakyReLU(0.3),
            nn.Dropout(0.3),
            nn.Conv2d(64, 128, 5, stride=2, padding=2),
            nn.LeakyReLU(0.3),
            nn.Dropout(0.3),
            nn.Flatten(),
            nn.Linear(7 * 7 * 128, 1),
        )
    )
    optimizers = [adam(D, 1e-4), adam(G, 1e-4)]
    images = laid_out(torch.rand(batch, 1, 28, 28) * 2 - 1)

    def step():
        fake = G(torch.randn(batch, 100))
        real_score, fake_score = D(images), D(fake)
        loss_of_D = bce(real_score, 1) + bce(fake_score, 0)
        loss_of_G = bce(fake_score, 1)
        set_gradients(D, torch.autograd.grad(loss_of_D, list(D.parameters()), retain_graph=True))
        set_gradients(G, torch.autograd.grad(loss_of_G, list(G.parameters())))
        for optimizer in optimizers:
            optimizer.step()

    return [G, D], step


def adam(network, lr, betas=(0.9, 0.999)):
    return torch.optim.Adam(network.parameters(), lr=lr, betas=betas, fused=True)


def bce(score, target):
    return F.binary_cross_entropy_with_logits(score, torch.full_like(score, target))


def set_gradients(network, gradients):
    for weight, gradient in zip(network.parameters(), gradients):
        weight.grad = gradient


MODELS = {"dcgan": dcgan}
